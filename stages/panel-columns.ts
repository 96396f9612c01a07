import type { Data, Fault, StageFailure, Tracked } from "@sediment/sediment"
import { didYouMean } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "./fail-together.ts"
import { integerRanges } from "./integer-ranges.ts"
import type { NormalizedPanel, Panel, SubunitPanel } from "./table-types.ts"

type AnyPanel = Tracked<typeof Panel> | Tracked<typeof NormalizedPanel> | Tracked<typeof SubunitPanel>

/** The names of a panel's variables. */
export const variablesOf = (panel: AnyPanel): ReadonlyArray<string> => panel.names.filter((name) => name !== "entity" && name !== "year" && name !== "unit")

/** A variable as it is, for the output: with its mask, unit and description. */
export const passOn = (panel: Tracked<typeof Panel>, name: string): Data<"number"> => {
  const { description, filled, unit, values } = panel.column(name)
  return { values, filled, unit, description }
}

/** Fails with each variable that a parameter names and the panel lacks; the first fault tells which there are, and where others would come from. */
export const requireVariables = (panel: AnyPanel, names: ReadonlyArray<string>, parameter: string): Effect.Effect<void, StageFailure> =>
  Effect.suspend(() => {
    const absent = [...new Set(names)].filter((name) => !panel.has(name))
    if (absent.length === 0) return Effect.void
    const present = variablesOf(panel)
    return failTogether(
      absent.map((name, i): Fault => {
        const near = didYouMean(name, present)
        const there =
          i > 0
            ? ""
            : `${near === "" ? "i" : "I"}ts variables are: ${present.join(", ")}. Of a file, ingest keeps only the columns that its parameter "variables" declares`
        const told = `${near}${there}`.trimEnd()
        const message = `${parameter}: the panel has no variable "${name}"${told === "" ? "" : `; ${told}`}`
        return { code: "missing-variable", message, where: { parameter, column: name } }
      })
    )
  })

/** A fault for each entity that lacks values of a variable that must be complete. Rows are sorted by entity and year. */
export const missingValues = (
  name: string,
  values: Float64Array,
  entity: ReadonlyArray<string>,
  year: Int32Array,
  what: string,
  remedy = "interpolate it (with extrapolate for the ends of a series), supply the values, or leave these rows out with subset"
): ReadonlyArray<Fault> => {
  const years = new Map<string, Set<number>>()
  values.forEach((value, row) => {
    if (Number.isNaN(value)) years.set(entity[row]!, (years.get(entity[row]!) ?? new Set()).add(year[row]!))
  })
  return [...years].map(([who, missing]): Fault => {
    const ordered = [...missing].sort((a, b) => a - b)
    return {
      code: "missing-value",
      message: `${name}: ${who} has no value for ${integerRanges(ordered)}; ${what} needs complete data: ${remedy}`,
      where: { column: name, entity: who, year: ordered[0]! }
    }
  })
}
