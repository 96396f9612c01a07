import { type Data, didYouMean, type Fault, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
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
      const rowOf = new Map(wanted.length === 0 ? [] : entities.column("entity").values.map((name, i) => [name, i]))
      const tests = wanted.flatMap(([column, values]) => {
        if (!entities.has(column)) {
          const message = `where: the dictionary has no column "${column}"; ${didYouMean(column, entities.names)}its columns are: ${entities.names.join(", ")}`
          faults.push({ code: "unknown-group-column", message, where: { parameter: "where", column } })
          return []
        }
        const group = (entities.column(column) as { readonly values: ReadonlyArray<string | number> }).values
        const known = [...new Set(Array.from(group, String))].filter((text) => text !== "").sort()
        for (const value of values)
          if (!known.includes(value)) {
            const message = `where.${column}: no entity has "${value}"; ${didYouMean(value, known)}its values are: ${known.join(", ")}`
            faults.push({ code: "unknown-group", message, where: { parameter: "where", column, value } })
          }
        return [(i: number) => values.includes(String(group[i]!))]
      })
      const strangers = wanted.length === 0 ? [] : [...new Set(entity)].filter((name) => !rowOf.has(name))
      for (const name of strangers)
        faults.push({ code: "unknown-entity", message: `"${name}" of the panel is not in the dictionary: add it, with its groups`, where: { entity: name } })
      yield* failTogether(faults)
      const chosen = entity.flatMap((name, row) => {
        const inYears = years === undefined || (year[row]! >= years.from && year[row]! <= years.to)
        return inYears && tests.every((test) => test(rowOf.get(name)!)) ? [row] : []
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
