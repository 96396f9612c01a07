import { type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { ellisonGlaeser } from "../src/econometrics/ellison-glaeser.ts"
import { employmentOf } from "./employment.ts"
import { failTogether } from "./fail-together.ts"
import { byEntityAndYear } from "./key-order.ts"
import { Panel, SubunitPanel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const EgParams = Schema.Struct({
  /** Column of employment in manufacturing. */
  manufacturing: VariableName,
  /** Columns of employment in the productive services, which are summed. */
  services: Schema.NonEmptyArray(VariableName)
})

/**
 * The Ellison-Glaeser index `eg` of manufacturing and productive services by entity and year, over the units inside the entity (eqs 21 and 22). An entity of
 * one unit, and one without either industry, has none: a fault.
 */
export const eg = Stage.make("eg", {
  inputs: { subunits: SubunitPanel },
  params: EgParams,
  output: Panel,
  run: ({ subunits }, params) =>
    Effect.gen(function* () {
      const { filled, manufacturing, services } = yield* employmentOf(subunits, params, "eg")
      const entity = subunits.column("entity").values
      const year = subunits.column("year").values
      const cells = new Map<string, { entity: string; year: number; rows: Array<number> }>()
      entity.forEach((name, row) => {
        const key = `${year[row]!} ${name}`
        const cell = cells.get(key)
        if (cell === undefined) cells.set(key, { entity: name, year: year[row]!, rows: [row] })
        else cell.rows.push(row)
      })
      const sorted = [...cells.values()].sort(byEntityAndYear)
      const faults: Array<Fault> = []
      const values = sorted.map(({ entity, rows, year }) => {
        const m = Float64Array.from(rows, (row) => manufacturing[row]!)
        const s = Float64Array.from(rows, (row) => services[row]!)
        const where = { entity, year }
        if (rows.length === 1) {
          const message = `${entity} has one unit in ${year}: over one unit the index does not exist: give its districts, or leave it out`
          faults.push({ code: "single-unit", message, where })
          return Number.NaN
        }
        const absent = [
          ["manufacturing", m],
          ["services", s]
        ].flatMap(([what, x]) => ((x as Float64Array).every((employment) => employment === 0) ? [what as string] : []))
        if (absent.length > 0) {
          const message = `${entity} has no employment in ${absent.join(" or ")} in ${year}: its share w is 0 and eq. 21 divides by 0: correct it, or leave it out`
          faults.push({ code: "absent-industry", message, where })
          return Number.NaN
        }
        return ellisonGlaeser(m, s)
      })
      yield* failTogether(faults)
      return {
        entity: sorted.map(({ entity }) => entity),
        year: Int32Array.from(sorted, ({ year }) => year),
        rest: new Map([
          [
            "eg",
            {
              values: Float64Array.from(values),
              filled: Uint8Array.from(sorted, ({ rows }) => (rows.some((row) => filled[row] === 1) ? 1 : 0)),
              unit: "index",
              description: "Ellison-Glaeser index of manufacturing and productive services (eq. 21)"
            }
          ]
        ])
      }
    })
})
