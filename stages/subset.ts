import { type Data, type Fault, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { readGroupColumn, strangers, unknownGroups } from "./group-column.ts"
import { passOn, variablesOf } from "./panel-columns.ts"
import { Entities, Panel } from "./table-types.ts"
import { Years } from "./years.ts"

export const SubsetParams = Schema.Struct({
  /** Columns of the Entities table and the values that pick an entity; of several columns, all must. `{ region: ["Eastern", "Central"] }` */
  where: Schema.Record(Schema.String, Schema.NonEmptyArray(Schema.String)).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  years: Schema.optionalKey(Years)
})

/** The rows of a panel whose entity is in the named groups and whose year is in the range. An unknown group is a fault, and so is an empty result. */
export const subset = Stage.make("subset", {
  inputs: { panel: Panel, entities: Entities },
  params: SubsetParams,
  output: Panel,
  run: ({ entities, panel }, { where, years }) =>
    Effect.gen(function* () {
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const faults: Array<Fault> = []
      const wanted = Object.entries(where)
      const tests = wanted.flatMap(([name, values]) => {
        const column = readGroupColumn(entities, name, "where", faults)
        if (column === undefined) return []
        faults.push(...unknownGroups(column, values, `where.${name}`, { parameter: "where", column: name }))
        return [(who: string) => values.includes(column.groupOf(who))]
      })
      if (wanted.length > 0) faults.push(...strangers(entities, entity))
      yield* failTogether(faults)
      const chosen = entity.flatMap((name, row) => {
        const inYears = years === undefined || (year[row]! >= years.from && year[row]! <= years.to)
        return inYears && tests.every((test) => test(name)) ? [row] : []
      })
      if (chosen.length === 0)
        return yield* StageFailure.of("empty-subset", `no row of the panel is left by ${JSON.stringify({ where, years })}: widen the groups or the years`, {
          parameter: "where"
        })
      const pick = (name: string): Data<"number"> => {
        const column = passOn(panel, name)
        const { filled } = column
        return {
          ...column,
          values: Float64Array.from(chosen, (row) => column.values[row]!),
          filled: filled === undefined ? undefined : Uint8Array.from(chosen, (row) => filled[row]!)
        }
      }
      return {
        entity: chosen.map((row) => entity[row]!),
        year: Int32Array.from(chosen, (row) => year[row]!),
        rest: new Map(variablesOf(panel).map((name) => [name, pick(name)]))
      }
    })
})
