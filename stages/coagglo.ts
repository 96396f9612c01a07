import { type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { coagglomeration } from "../src/econometrics/coagglomeration.ts"
import { locationQuotients } from "../src/econometrics/location-quotient.ts"
import { employmentOf } from "./employment.ts"
import { failTogether } from "./fail-together.ts"
import { gather, rowGroups } from "./row-groups.ts"
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
      const { filled, manufacturing, services, total } = yield* employmentOf(panel, params, "coagglo")
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const years = rowGroups("by-year", entity, year)
      const faults: Array<Fault> = []
      entity.forEach((name, row) => {
        const at = { entity: name, year: year[row]! }
        if (total[row] === 0)
          faults.push({
            code: "zero-denominator",
            message: `${params.total}: 0 for ${name} in ${year[row]!}; a location quotient divides by total employment: correct it, or leave the row out with subset`,
            where: { ...at, column: params.total, value: "0" }
          })
        else if (manufacturing[row] === 0 && services[row] === 0)
          faults.push({
            code: "zero-denominator",
            message: `${name} has neither manufacturing nor services in ${year[row]!}: eq. 20 divides by M + S: correct the employment, or leave the row out with subset`,
            where: { ...at, value: "0" }
          })
      })
      for (const group of years)
        for (const [what, values] of [
          ["manufacturing", manufacturing],
          ["services", services]
        ] as const)
          if (gather(values, group).every((x) => x === 0))
            faults.push({
              code: "zero-denominator",
              message: `no entity has employment in ${what} in ${group.label}: a location quotient divides by the national total: correct it, or leave the year out`,
              where: { year: Number(group.label), value: "0" }
            })
      yield* failTogether(faults)
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
