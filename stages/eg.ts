import { type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { ellisonGlaeser } from "../src/econometrics/measurement/ellison-glaeser.ts"
import { employmentOf } from "./employment.ts"
import { failTogether } from "./fail-together.ts"
import { integerRanges } from "./integer-ranges.ts"
import { byEntityAndYear } from "./key-order.ts"
import { Panel, SubunitPanel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const EgParams = Schema.Struct({
  /** Column of employment in manufacturing. */
  manufacturing: VariableName,
  /** Columns of employment in the productive services, which are summed. */
  services: Schema.NonEmptyArray(VariableName)
})

interface Cell {
  readonly entity: string
  readonly year: number
  readonly units: number
  readonly manufacturing: Float64Array
  readonly services: Float64Array
}

/** Why an entity has no index in some years: a fault for each reason, which names the years. */
const undefinedYears = (cells: ReadonlyArray<Cell>): ReadonlyArray<Fault> => {
  const { entity } = cells[0]!
  const fault = (code: string, found: (years: string) => string, within: ReadonlyArray<Cell>): ReadonlyArray<Fault> =>
    within.length === 0 ? [] : [{ code, message: found(integerRanges(within.map(({ year }) => year))), where: { entity, year: within[0]!.year } }]
  const several = cells.filter(({ units }) => units > 1)
  return [
    ...fault(
      "single-unit",
      (years) => `${entity} has one unit in ${years}: over one unit the index does not exist: give its districts, or leave it out of the file`,
      cells.filter(({ units }) => units === 1)
    ),
    ...(["manufacturing", "services"] as const).flatMap((industry) =>
      fault(
        "absent-industry",
        (years) =>
          `${entity} has no employment in ${industry} in ${years}: its share w is 0 and eq. 21 divides by 0: correct it, or leave these rows out of the file`,
        several.filter((cell) => cell[industry].every((employment) => employment === 0))
      )
    )
  ]
}

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
      const { filled, manufacturing, services } = yield* employmentOf(subunits, params, "eg", subunits.column("unit").values)
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
      const employed = sorted.map(({ rows, ...key }) => ({
        ...key,
        units: rows.length,
        manufacturing: Float64Array.from(rows, (row) => manufacturing[row]!),
        services: Float64Array.from(rows, (row) => services[row]!)
      }))
      yield* failTogether([...new Set(sorted.map(({ entity }) => entity))].flatMap((name) => undefinedYears(employed.filter(({ entity }) => entity === name))))
      const values = employed.map((cell) => ellisonGlaeser(cell.manufacturing, cell.services))
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
