import type { PanelSeries } from "../../messages/results.ts"
import { numberText } from "../chart/number-text.ts"
import { addressOf } from "../route.ts"
import { ranksOf, seriesOf, yearOf } from "./panel.ts"

interface EntityFactsProps {
  readonly study: string
  readonly panel: PanelSeries
  readonly entity: number
  readonly year: number
  /** What else is told of it. */
  readonly facts?: ReadonlyArray<readonly [name: string, value: string]>
  readonly onClose: () => void
}

/** What is known of a chosen entity in a year, with the ways to its row and to where its value comes from. */
export const EntityFacts = ({ entity, facts = [], onClose, panel, study, year }: EntityFactsProps) => {
  const { entities, filled, rows, source, variable, years } = panel
  const name = entities[entity]!
  const values = yearOf(panel, year)
  const value = values[entity] ?? null
  const rank = ranksOf(values)[entity]
  const ranked = values.filter((one) => one !== null).length
  const series = seriesOf(panel, entity)
  const first = series.findIndex((one) => one !== null)
  const place = entity * years.length + years.indexOf(year)
  const row = rows[place] ?? -1
  const change = value === null || first < 0 || years[first]! >= year ? undefined : value - series[first]!
  const all: ReadonlyArray<readonly [string, string]> = [
    [`${variable.name} in ${year}`, value === null ? "no value" : `${numberText(value)}${filled.includes(place) ? " (filled in)" : ""}`],
    ...(rank === null || rank === undefined ? [] : ([["rank", `${rank} of ${ranked}`]] as const)),
    ...(change === undefined ? [] : ([[`since ${years[first]}`, `${change > 0 ? "+" : ""}${numberText(change)}`]] as const)),
    ...facts
  ]
  return (
    <section class="results-entity" aria-label={`about ${name}`}>
      <h2>{name}</h2>
      <dl>
        {all.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        {row < 0 ? null : <a href={addressOf(study, "node", [source.node], { output: source.output, row: String(row), column: variable.name })}>its row</a>}
        {row < 0 ? null : (
          <a href={addressOf(study, "runs", ["trace"], { node: source.node, entity: name, year: String(year), column: variable.name })}>where it comes from</a>
        )}
        <button type="button" onClick={onClose}>
          let go
        </button>
      </p>
    </section>
  )
}
