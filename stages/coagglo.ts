import { type Fault, Stage, type Where } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { coagglomeration } from "../src/econometrics/measurement/coagglomeration.ts"
import { locationQuotients } from "../src/econometrics/measurement/location-quotient.ts"
import { type Employment, employmentOf } from "./employment.ts"
import { failTogether } from "./fail-together.ts"
import { integerRanges } from "./integer-ranges.ts"
import { gather, type RowGroup, rowGroups } from "./row-groups.ts"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const CoaggloParams = Schema.Struct({
  /** Column of employment in manufacturing. */
  manufacturing: VariableName,
  /** Columns of employment in the productive services, which are summed. */
  services: Schema.NonEmptyArray(VariableName),
  /** Column of total employment. */
  total: VariableName
})

/** A fault for each denominator of eqs 18 to 20 that is zero. */
const zeroDenominators = (
  { manufacturing, services, total }: Employment,
  totalName: string,
  entity: ReadonlyArray<string>,
  year: Int32Array,
  years: ReadonlyArray<RowGroup>
): ReadonlyArray<Fault> => {
  const zero = (message: string, where: Where): Fault => ({ code: "zero-denominator", message, where: { ...where, value: "0" } })
  const ofRows = entity.flatMap((name, row) => {
    const where = { entity: name, year: year[row]! }
    const remedy = "correct it, or leave the row out with subset"
    if (total[row] === 0)
      return [zero(`${totalName}: 0 for ${name} in ${where.year}; a location quotient divides by total employment: ${remedy}`, { ...where, column: totalName })]
    if (manufacturing[row] === 0 && services[row] === 0)
      return [zero(`${name} has neither manufacturing nor services in ${where.year}; eq. 20 divides by M + S: ${remedy}`, where)]
    return []
  })
  const ofYears = Object.entries({ manufacturing, services }).flatMap(([what, values]) => {
    const empty = years.filter((group) => !gather(values, group).some((x) => x > 0)).map(({ label }) => Number(label))
    if (empty.length === 0) return []
    const message = `no entity has employment in ${what} in ${integerRanges(empty)}; a location quotient divides by the national total: correct it, or leave these years out with subset`
    return [zero(message, { year: empty[0]! })]
  })
  return [...ofRows, ...ofYears]
}

/**
 * Industrial synergy agglomeration by entity and year (eqs 18 to 20): `lq_manufacturing`, `lq_services`, `coagglo`. National totals are the sums of the
 * entities in that year (`unbalanced-totals` where years have different numbers of entities). A zero denominator, or both industries absent, is a fault.
 */
export const coagglo = Stage.make("coagglo", {
  inputs: { panel: Panel },
  params: CoaggloParams,
  output: Panel,
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const employment = yield* employmentOf(panel, params, "coagglo")
      const { filled, manufacturing, services, total } = employment
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const years = rowGroups("by-year", entity, year)
      yield* failTogether(zeroDenominators(employment, params.total, entity, year, years))
      const most = Math.max(...years.map(({ rows }) => rows.length))
      const short = years.filter(({ rows }) => rows.length < most)
      if (short.length > 0)
        yield* Stage.warn({
          code: "unbalanced-totals",
          message: `national totals are sums of the entities, and these years have fewer than ${most}: ${short.map(({ label, rows }) => `${label} (${rows.length})`).join(", ")}`
        })
      const beyond = entity.flatMap((name, row) => (manufacturing[row]! + services[row]! > total[row]! * (1 + 1e-9) ? [`${name} ${year[row]!}`] : []))
      if (beyond.length > 0)
        yield* Stage.warn({
          code: "parts-exceed-total",
          message: `manufacturing and services together exceed total employment in ${beyond.length} rows: ${beyond.slice(0, 5).join(", ")}${beyond.length > 5 ? ", …" : ""}`,
          where: { column: params.total }
        })
      const quotients = (industry: Float64Array): Float64Array => {
        const values = new Float64Array(entity.length)
        for (const group of years)
          locationQuotients(gather(industry, group), gather(total, group)).forEach((quotient, i) => {
            values[group.rows[i]!] = quotient
          })
        return values
      }
      const m = quotients(manufacturing)
      const s = quotients(services)
      return {
        entity,
        year,
        rest: new Map([
          ["lq_manufacturing", { values: m, filled, unit: "ratio", description: "location quotient of manufacturing employment (eq. 18)" }],
          ["lq_services", { values: s, filled, unit: "ratio", description: "location quotient of productive services employment (eq. 19)" }],
          [
            "coagglo",
            { values: m.map((x, row) => coagglomeration(x, s[row]!)), filled, unit: "index", description: "industrial synergy agglomeration (eq. 20)" }
          ]
        ])
      }
    })
})
