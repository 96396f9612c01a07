import type { Fault, StageFailure, Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "./fail-together.ts"
import { missingValues, requireVariables } from "./panel-columns.ts"
import type { Panel, SubunitPanel } from "./table-types.ts"

export interface Employment {
  readonly manufacturing: Float64Array
  /** The sum of the services' columns. */
  readonly services: Float64Array
  /** Total employment; empty where no such column was named. */
  readonly total: Float64Array
  /** 1 where any of the columns was filled in. */
  readonly filled: Uint8Array
}

/** Employment by industry, row by row: complete, not negative, and in one unit where units are given; all faults together. `unit`: each row's city or district. */
export const employmentOf = (
  panel: Tracked<typeof Panel> | Tracked<typeof SubunitPanel>,
  names: { readonly manufacturing: string; readonly services: ReadonlyArray<string>; readonly total?: string },
  what: string,
  unit?: ReadonlyArray<string>
): Effect.Effect<Employment, StageFailure> =>
  Effect.gen(function* () {
    const { manufacturing, services, total } = names
    const all = [manufacturing, ...services, ...(total === undefined ? [] : [total])]
    yield* requireVariables(panel, all, "columns of employment")
    const entity = panel.column("entity").values
    const year = panel.column("year").values
    const columns = all.map((name) => panel.column(name))
    const place = unit === undefined ? entity : entity.map((name, row) => `${name}, ${unit[row]!}`)
    const remedy = unit === undefined ? undefined : "supply the values"
    const faults: Array<Fault> = columns.flatMap(({ name, values }) => missingValues(name, values, place, year, what, remedy))
    for (const { name, values } of columns)
      values.forEach((x, row) => {
        if (!(x < 0)) return
        const message = `${name}: ${x} for ${place[row]!} in ${year[row]!}; employment is not negative: correct it`
        faults.push({ code: "negative-value", message, where: { column: name, entity: place[row]!, year: year[row]!, value: String(x) } })
      })
    const units = [...new Set(columns.map(({ unit }) => unit).filter((unit) => unit !== ""))]
    if (units.length > 1) {
      const told = columns.map(({ name, unit }) => `${name} "${unit}"`).join(", ")
      faults.push({ code: "unit-mismatch", message: `employment is in several units (${told}): bring it to one with derive` })
    }
    yield* failTogether(faults)
    const masks = columns.flatMap((column) => column.filled ?? [])
    return {
      manufacturing: columns[0]!.values,
      services: Float64Array.from(entity, (_, row) => columns.slice(1, 1 + services.length).reduce((sum, { values }) => sum + values[row]!, 0)),
      total: total === undefined ? new Float64Array() : columns.at(-1)!.values,
      filled: Uint8Array.from(entity, (_, row) => (masks.some((mask) => mask[row] === 1) ? 1 : 0))
    }
  })
