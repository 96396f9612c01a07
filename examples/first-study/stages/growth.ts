/** A stage of one's own: one file, named for what it does. */
import { Stage } from "@sediment/sediment"
import { Panel } from "@sediment/sediment/stages/table-types.ts"
import { Effect, Schema } from "effect"

/** The yearly growth of a variable in percent of the year before; missing where the year before is. */
export const growth = Stage.make("growth", {
  inputs: { panel: Panel },
  params: Schema.Struct({ variable: Schema.String }),
  output: Panel,
  run: ({ panel }, { variable }) =>
    Effect.sync(() => {
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const { values } = panel.column(variable) // a missing number is NaN
      const rowOf = new Map(entity.map((name, row) => [`${name} ${year[row]}`, row]))
      const grown = values.map((value, row) => {
        const before = rowOf.get(`${entity[row]} ${year[row]! - 1}`)
        return before === undefined ? Number.NaN : 100 * (value / values[before]! - 1)
      })
      return { entity, year, rest: new Map([[`${variable}_growth`, { values: grown, unit: "%", description: `yearly growth of ${variable}` }]]) }
    })
})
