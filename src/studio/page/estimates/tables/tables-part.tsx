import { addressOf, goTo, type Route } from "../../route.ts"
import type { Outline } from "../outline.ts"
import { useNarrow } from "../use-narrow.ts"
import { TableList, TableSelect } from "./table-list.tsx"
import { TablePage } from "./table-page.tsx"
import { TallyBar, TallySentence } from "./tally.tsx"

interface TablesProps {
  readonly study: string
  readonly route: Route
  readonly outline: Outline
}

/** All of the study's printed tables, one of them open. */
export const TablesPart = ({ outline, route, study }: TablesProps) => {
  const narrow = useNarrow()
  const { published, tables } = outline
  const wanted = route.rest[0] ?? (tables.find(({ tally }) => tally !== null) ?? tables.find(({ made }) => made) ?? tables[0])?.node
  const kept = route.query["only"] === undefined ? {} : { only: route.query["only"] }
  if (wanted === undefined) return <p class="card">This study prints no tables: a stage that makes a PrintedTable (model-table, tidy-table, describe) does.</p>
  return (
    <>
      {published === null || (narrow && route.rest[0] !== undefined) ? null : (
        <section class="estimates-summary card" aria-label="the run against what is published">
          <TallySentence tally={published.tally} explained={published.explained} />
          <TallyBar tally={published.tally} />
          {published.state === "fresh" ? null : (
            <p class="estimates-state estimates-stale">The comparison with what is published is not up to date: these counts are of the artifacts of before.</p>
          )}
          <p class="soft">
            Rounding is an interval: a number that would be printed as the published one does not differ.{" "}
            <a href={addressOf(study, "node", [published.node], { output: "numbers" })}>every number</a>
          </p>
        </section>
      )}
      <div class="estimates-tables">
        {narrow ? (
          <TableSelect tables={tables} current={wanted} onChoose={(node) => goTo(addressOf(study, "estimates", [node], kept))} />
        ) : (
          <TableList study={study} tables={tables} current={wanted} query={kept} />
        )}
        <TablePage key={wanted} study={study} node={wanted} query={route.query} />
      </div>
    </>
  )
}
