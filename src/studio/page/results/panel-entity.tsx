import type { PanelSeries } from "../../messages/results.ts"
import { numberText } from "../chart/number-text.ts"
import { EntityCard } from "./entity-card.tsx"
import { ranksOf, seriesOf, yearOf } from "./panel.ts"

interface PanelEntityProps {
  readonly study: string
  readonly panel: PanelSeries
  readonly entity: number
  readonly year: number
  /** What another table tells of it. */
  readonly more?: ReadonlyArray<readonly [name: string, value: string]>
  readonly onClose: () => void
}

/** What a panel tells of a chosen entity in a year: its value, its rank, and how it changed. */
export const PanelEntity = ({ entity, more = [], onClose, panel, study, year }: PanelEntityProps) => {
  const { entities, filled, rows, source, variable, years } = panel
  const values = yearOf(panel, year)
  const value = values[entity] ?? null
  const rank = ranksOf(values)[entity]
  const ranked = values.filter((one) => one !== null).length
  const series = seriesOf(panel, entity)
  const first = series.findIndex((one) => one !== null)
  const place = entity * years.length + years.indexOf(year)
  const change = value === null || first < 0 || years[first]! >= year ? undefined : value - series[first]!
  const facts: ReadonlyArray<readonly [string, string]> = [
    [`${variable.name} in ${year}`, value === null ? "no value" : `${numberText(value)}${filled.includes(place) ? " (filled in)" : ""}`],
    ...(rank === null || rank === undefined ? [] : ([["rank", `${rank} of ${ranked}`]] as const)),
    ...(change === undefined ? [] : ([[`since ${years[first]}`, `${change > 0 ? "+" : ""}${numberText(change)}`]] as const)),
    ...more
  ]
  return (
    <EntityCard
      study={study}
      name={entities[entity]!}
      facts={facts}
      cell={{ node: source.node, output: source.output, row: rows[place] ?? -1, column: variable.name }}
      traced={year}
      onClose={onClose}
    />
  )
}
