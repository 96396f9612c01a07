import { type Data, type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { byEntityAndYear } from "./key-order.ts"
import { passOn, variablesOf } from "./panel-columns.ts"
import { Panel } from "./table-types.ts"

interface Row {
  readonly entity: string
  readonly year: number
}
const id = ({ entity, year }: Row): string => `${year} ${entity}`

/** Puts a column into the rows of the joined panel: missing where its own panel has no such row. */
const spread = (data: Data<"number">, target: Int32Array, rows: number): Data<"number"> => {
  const values = new Float64Array(rows).fill(Number.NaN)
  target.forEach((row, i) => {
    values[row] = data.values[i]!
  })
  if (data.filled === undefined) return { ...data, values }
  const filled = new Uint8Array(rows)
  target.forEach((row, i) => {
    filled[row] = data.filled![i]!
  })
  return { ...data, values, filled }
}

/**
 * One panel of several, joined on (entity, year): a row for each pair that any of them has, sorted, with units and masks kept. A variable in two panels is a
 * fault. A panel without some of the pairs is told by the warning `incomplete-panel`: its variables are missing there.
 */
export const assemble = Stage.make("assemble", {
  inputs: { panels: many(Panel) },
  params: Schema.Struct({}),
  output: Panel,
  run: ({ panels }) =>
    Effect.gen(function* () {
      const keys = panels.map((panel): ReadonlyArray<Row> => {
        const year = panel.column("year").values
        return panel.column("entity").values.map((entity, i) => ({ entity, year: year[i]! }))
      })
      const joined = [...new Map(keys.flat().map((row) => [id(row), row])).values()].sort(byEntityAndYear)
      const rowOf = new Map(joined.map((row, i) => [id(row), i]))
      const owner = new Map<string, number>()
      const faults: Array<Fault> = []
      const rest = new Map<string, Data<"number">>()
      for (const [p, panel] of panels.entries()) {
        const target = Int32Array.from(keys[p]!, (row) => rowOf.get(id(row))!)
        const names = variablesOf(panel)
        for (const name of names) {
          const first = owner.get(name)
          if (first !== undefined) {
            const message = `"${name}" is in panels ${first + 1} and ${p + 1} of the list: leave one out, ingest it under another name, or put panels of other years or entities together with the stage append`
            faults.push({ code: "duplicate-variable", message, where: { column: name } })
            continue
          }
          owner.set(name, p)
          rest.set(name, spread(passOn(panel, name), target, joined.length))
        }
        if (target.length < joined.length) {
          const message = `panel ${p + 1} of the list (${names.join(", ")}) has ${target.length} of the ${joined.length} (entity, year) pairs: its variables are missing in the others`
          yield* Stage.warn({ code: "incomplete-panel", message })
        }
      }
      yield* failTogether(faults)
      return { entity: joined.map(({ entity }) => entity), year: Int32Array.from(joined, ({ year }) => year), rest }
    })
})
