import { MOST_LINKS, type Source, type WeightsGrid } from "../../../messages/results.ts"
import { numberText, percentText } from "../../chart/number-text.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { Facts } from "../../shell/facts.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Choice, Segments, SourceChoice } from "../choices.tsx"
import { MapNote } from "../map/map-note.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource, nameOf } from "../pictures.ts"
import type { Query } from "../query.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"
import { LinkMap } from "./link-map.tsx"
import { MatrixCanvas } from "./matrix-canvas.tsx"
import { namesOf, zoomedIn, zoomedOut } from "./matrix-cells.ts"
import { Neighbours } from "./neighbours.tsx"

const between = (low: number, high: number): string => {
  const [from, to] = [numberText(low), numberText(high)]
  return from === to ? from : `${from} to ${to}`
}

/** What the whole matrix is like. */
const Summary = ({ standardize, summary }: WeightsGrid) => {
  const { density, entities, islands, links, neighbours, rho, rowSums, symmetric } = summary
  const facts: ReadonlyArray<readonly [string, string]> = [
    ["entities", numberText(entities)],
    ["links", `${numberText(links)} (${percentText(density)} of pairs)`],
    ["neighbours", `${between(neighbours.least, neighbours.most)}, mean ${numberText(neighbours.mean)}`],
    ["row sums", between(Number(rowSums.least.toPrecision(8)), Number(rowSums.most.toPrecision(8)))],
    ["standardised", standardize],
    ...(entities > 400 ? [] : ([["symmetric", symmetric ? "yes" : "no"]] as const)),
    ...(rho === null ? [] : ([["rho", `from ${numberText(rho.lower)} to ${numberText(rho.upper)}`]] as const)),
    ["islands", islands.length === 0 ? "none" : `${islands.length}: ${islands.slice(0, 10).join(", ")}${islands.length > 10 ? ", …" : ""}`]
  ]
  return <Facts class="results-facts" facts={facts} />
}

interface ShownProps {
  readonly study: string
  readonly query: Query
  readonly source: Source
  readonly chosen: string | undefined
  readonly onPick: (entity: string) => void
}

/** Where this share of pairs is linked at the most, all links are seen at first; else the strongest. */
const SPARSE = 0.2
const STRONGEST = 300

const Links = ({ chosen, onPick, query, source, study }: ShownProps) => {
  const table = { study, node: source.node, output: source.output }
  const { answer: links, failure } = useAnswer("weightsLinks", { ...table, most: MOST_LINKS })
  const { answer: shapes, failure: noShapes } = useAnswer("mapShapes", table)
  const wrong = failure ?? noShapes
  if (wrong !== undefined) return <FailureNote failure={wrong} />
  if (links === undefined || shapes === undefined) return <Reading />
  const all = links.from.length
  const dense = links.pairs > (SPARSE * links.entities.length * (links.entities.length - 1)) / 2
  const most = Math.min(all, Number(query.get("most")) || (dense ? STRONGEST : MOST_LINKS))
  const fewer = [100, STRONGEST, 1000, 3000].filter((one) => one < all)
  return (
    <div>
      {fewer.length === 0 ? null : (
        <Choice
          label="Pairs"
          value={String(most)}
          options={[
            ...fewer.map((one) => ({ value: String(one), text: `the strongest ${numberText(one)}` })),
            { value: String(all), text: all < links.pairs ? `the strongest ${numberText(all)}` : `all ${numberText(all)}` }
          ]}
          onChoose={(one) => query.set({ most: one })}
        />
      )}
      <LinkMap shapes={shapes} links={links} most={most} chosen={chosen} onPick={onPick} />
      <MapNote study={study} shapes={shapes} />
    </div>
  )
}

/** The way around in a matrix that is larger than can be drawn. */
const Window = ({ grid, onWindow }: { readonly grid: WeightsGrid; readonly onWindow: (from: number, to: number) => void }) => {
  const whole = grid.to - grid.from === grid.entities.length
  const closer = zoomedIn(grid, (grid.from + grid.to) / 2)
  return (
    <p class="weights-window">
      <button type="button" disabled={closer === undefined} onClick={() => closer !== undefined && onWindow(...closer)}>
        closer
      </button>
      <button type="button" disabled={whole} onClick={() => onWindow(...zoomedOut(grid))}>
        wider
      </button>
      <button type="button" disabled={whole} onClick={() => onWindow(0, grid.entities.length)}>
        all
      </button>
      <span class="soft">
        {whole ? `all ${numberText(grid.entities.length)} entities` : `entities ${grid.from + 1} to ${grid.to} of ${numberText(grid.entities.length)}`}
        {grid.block === 1 ? "" : `; a cell is the mean of ${grid.block} × ${grid.block} weights`}
      </span>
    </p>
  )
}

const Matrix = ({ chosen, grid, onPick, query }: ShownProps & { readonly grid: WeightsGrid }) => {
  const onWindow = (from: number, to: number) => query.set({ from: String(from), to: String(to) })
  return (
    <div>
      {grid.entities.length <= 40 ? null : <Window grid={grid} onWindow={onWindow} />}
      <MatrixCanvas
        grid={grid}
        chosen={chosen}
        onCell={({ row }) => {
          const place = grid.from + row * grid.block
          const closer = grid.block === 1 ? undefined : zoomedIn(grid, place + grid.block / 2)
          if (closer === undefined) onPick(grid.entities[place]!)
          else onWindow(...closer)
        }}
      />
    </div>
  )
}

const wholeNumber = (text: string | undefined): number | undefined => (text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined)

/** A spatial weights matrix: as a heat map, or as links on the map; and the neighbours of one entity. */
export const WeightsPicture = ({ query, sources, study }: PictureProps) => {
  const source = chosenSource(sources, query.get("table"))!
  const [from, to] = [wholeNumber(query.get("from")), wholeNumber(query.get("to"))]
  const order = query.get("by")
  const { answer: grid, failure } = useAnswer("weightsGrid", {
    study,
    node: source.node,
    output: source.output,
    ...(order === undefined ? {} : { order }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to })
  })
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (grid === undefined) return <Reading />
  const chosen = grid.entities.includes(query.get("entity") ?? "") ? query.get("entity") : undefined
  const shared = { study, query, source, chosen, onPick: (entity: string) => query.set({ entity: entity === chosen ? undefined : entity }) }
  const as = query.get("as") === "links" ? "links" : "matrix"
  return (
    <section aria-label="weights matrix">
      <div class="results-controls">
        <SourceChoice sources={sources} source={source} onChoose={(table) => query.set({ table, from: undefined, to: undefined })} />
        <Segments
          label="Shown as"
          value={as}
          options={[
            { value: "matrix", text: "a matrix" },
            { value: "links", text: "links on the map" }
          ]}
          onChoose={(as) => query.set({ as })}
        />
        {as === "links" ? null : (
          <Choice
            label="Order"
            value={grid.order}
            options={grid.orders.map((value) => ({ value, text: `by ${value}` }))}
            onChoose={(by) => query.set({ by })}
          />
        )}
        <Choice
          label="Neighbours of"
          value={chosen ?? ""}
          options={[{ value: "", text: "nobody" }, ...grid.entities.map((value) => ({ value, text: value }))]}
          onChoose={(entity) => query.set({ entity: entity === "" ? undefined : entity })}
        />
      </div>
      <h2 class="results-title">
        Weights {nameOf(source)} <span class="soft">{grid.kind}</span>
      </h2>
      <Summary {...grid} />
      <div class="map-beside">
        {as === "links" ? <Links {...shared} /> : <Matrix {...shared} grid={grid} />}
        {chosen === undefined ? (
          <p class="soft">Choose an entity to see its neighbours.</p>
        ) : (
          <Neighbours study={study} source={source} entity={chosen} onPick={shared.onPick} />
        )}
      </div>
      <SameNumbers
        caption="The cells that are drawn"
        columns={["row", "column", grid.block === 1 ? "weight" : "mean weight"]}
        rows={() => grid.row.map((row, i) => [namesOf(grid, row), namesOf(grid, grid.column[i]!), grid.weight[i]!])}
      />
      <SourceNote study={study} source={grid.source} notes={grid.notes} />
    </section>
  )
}
