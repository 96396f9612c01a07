import type { Fault, StageFailure, Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { integerRanges } from "../integer-ranges.ts"
import { entitiesOf } from "../spatial-weights-table.ts"
import type { Panel } from "../table-types.ts"
import { readDesign, type Sample } from "./design.ts"

/** A panel with a complete row for every entity in every year. */
export interface BalancedPanel {
  readonly entities: ReadonlyArray<string>
  readonly years: ReadonlyArray<number>
  /** A term's values, entity by entity: that of entity i in year t stands at i T + t. */
  readonly column: (term: string) => Float64Array
}

/**
 * Reads the named terms; a missing value is a fault, or its row is left out first, as the sample says. A year in which no entity is complete is left out (the first,
 * where a term is lagged) and told as `rows-dropped`; an entity without a complete row in a year that others have is a fault that names both, all together:
 * spatial lags need everybody's neighbours.
 */
export const readBalancedPanel = (panel: Tracked<typeof Panel>, terms: ReadonlyArray<string>, sample: Sample): Effect.Effect<BalancedPanel, StageFailure> =>
  Effect.gen(function* () {
    const design = yield* readDesign(panel, terms, sample, "leave these years or entities out with subset")
    const { index } = design
    const entities = entitiesOf(panel)
    const place = new Map(entities.map((entity, i) => [entity, i]))
    const periods = index.years.length
    /** The row of each entity and year, -1 where there is none. */
    const rowAt = new Int32Array(entities.length * periods).fill(-1)
    for (let row = 0; row < index.rows; row++) rowAt[place.get(index.entities[index.entity[row]!]!)! * periods + index.year[row]!] = row
    yield* failTogether(
      entities.flatMap((entity, i): ReadonlyArray<Fault> => {
        const lacking = index.years.filter((_, t) => rowAt[i * periods + t] === -1)
        if (lacking.length === 0) return []
        const message = `${entity} has no complete row in ${integerRanges(lacking)} (${terms.join(", ")}); spatial lags need a balanced panel: fill the values in, or choose years or entities that are complete`
        return [{ code: "unbalanced-panel", message, where: { entity, year: lacking[0]! } }]
      })
    )
    return {
      entities,
      years: index.years,
      column: (term) => {
        const { values } = design.variable(term)
        return Float64Array.from(rowAt, (row) => values[row]!)
      }
    }
  })
