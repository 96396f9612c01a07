import { type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { passOn, variablesOf } from "./panel-columns.ts"
import { Entities, Panel } from "./table-types.ts"

const KEYS = ["latitude", "longitude"] as const

/** A panel with the latitude and longitude of each row's entity as variables: what Conley's variance needs. An entity without them is a fault. */
export const locate = Stage.make("locate", {
  inputs: { panel: Panel, entities: Entities },
  params: Schema.Struct({}),
  output: Panel,
  run: ({ entities, panel }) =>
    Effect.gen(function* () {
      const entity = panel.column("entity").values
      const rowOf = new Map(entities.column("entity").values.map((name, row) => [name, row]))
      const taken = KEYS.filter((key) => panel.has(key)).map(
        (key): Fault => ({
          code: "duplicate-variable",
          message: `the panel has a variable "${key}" already: ingest it under another name`,
          where: { column: key }
        })
      )
      const places = KEYS.map((key) => entities.column(key))
      const lost = [...new Set(entity)].flatMap((name): ReadonlyArray<Fault> => {
        const row = rowOf.get(name)
        const why =
          row === undefined
            ? "is not in the dictionary of entities"
            : places.some(({ values }) => Number.isNaN(values[row]!))
              ? "has no coordinates there"
              : undefined
        return why === undefined
          ? []
          : [
              {
                code: "missing-coordinates",
                message: `${name} of the panel ${why}: give its latitude and longitude, or leave it out with subset`,
                where: { entity: name }
              }
            ]
      })
      yield* failTogether([...taken, ...lost])
      return {
        entity,
        year: panel.column("year").values,
        rest: new Map([
          ...variablesOf(panel).map((name) => [name, passOn(panel, name)] as const),
          ...KEYS.map((key, i) => {
            const { description, unit, values } = places[i]!
            return [key, { values: Float64Array.from(entity, (name) => values[rowOf.get(name)!]!), unit, description }] as const
          })
        ])
      }
    })
})
