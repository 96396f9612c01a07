import type { SqlRun } from "../../messages/sql.ts"
import { addressOf, goTo } from "../route.ts"
import { moment } from "../wording.ts"

/** Whose artifacts are asked about: today's, or those of a run. */
export const RunChoice = ({
  query,
  run,
  runs,
  study
}: {
  readonly study: string
  readonly run: string | null
  readonly runs: ReadonlyArray<SqlRun>
  readonly query: string
}) => (
  <label class="sql-run">
    <span>Artifacts</span>
    <select
      value={run ?? ""}
      onChange={({ currentTarget: { value } }) =>
        goTo(addressOf(study, "sql", [], { ...(query === "" ? {} : { query }), ...(value === "" ? {} : { run: value }) }))
      }
    >
      <option value="">of today</option>
      {run !== null && runs.every((one) => one.run !== run) ? <option value={run}>of {run}</option> : null}
      {runs.map(({ at, outcome, run: name, tag }) => (
        <option key={name} value={name}>
          of {tag ?? moment(at)}
          {tag === null ? "" : ` (${moment(at)})`}
          {outcome === "ok" ? "" : `, ${outcome}`}
        </option>
      ))}
    </select>
  </label>
)
