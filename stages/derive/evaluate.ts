import { laggedRows } from "../../src/econometrics/sample/lag.ts"
import { deflate } from "./deflate.ts"
import type { Expression } from "./expression.ts"
import { either, faultAt, type Scene, type Series } from "./series.ts"

const combine = (parts: ReadonlyArray<Series>, unit: string, of: (a: number, b: number) => number): Series => ({
  ...parts.reduce((a, b) => ({ values: a.values.map((x, row) => of(x, b.values[row]!)), filled: either(a.filled, b.filled), unit })),
  unit
})

/** The unit that all parts share; parts in different units are a fault. A part without a unit is taken to fit. */
const sharedUnit = (scene: Scene, op: string, parts: ReadonlyArray<Series>): string => {
  const units = [...new Set(parts.map(({ unit }) => unit).filter((unit) => unit !== ""))]
  if (units.length > 1) {
    const message = `${scene.name}: a ${op} of different units (${units.map((unit) => `"${unit}"`).join(", ")}): bring them to one with scale in a variable of its own`
    scene.faults.push({ code: "unit-mismatch", message, where: { column: scene.name } })
  }
  return units[0] ?? ""
}

/** ln x, or ln(1 + x) by its own name; of a value without a logarithm it is a fault. */
const logarithm = (scene: Scene, { filled, unit, values }: Series, op: "ln" | "ln1p"): Series => {
  const bound = op === "ln" ? 0 : -1
  const remedy = op === "ln" ? "it needs values above 0: correct the source, or use ln1p by name" : "it needs values above -1: correct the source"
  values.forEach((x, row) => {
    if (x <= bound) faultAt(scene, row, "log-of-nonpositive", `${op} of ${x}`, x, remedy)
  })
  const log = op === "ln" ? Math.log : Math.log1p
  return { values: values.map((x) => (x <= bound ? Number.NaN : log(x))), filled, unit: unit === "" ? "" : `${op} ${unit}` }
}

const ratio = (scene: Scene, a: Series, b: Series): Series => {
  b.values.forEach((x, row) => {
    if (x === 0) faultAt(scene, row, "zero-denominator", "a denominator of 0", 0, "correct the source, or leave the row out with subset")
  })
  return combine([a, b], a.unit !== "" && b.unit !== "" && a.unit !== b.unit ? `${a.unit} / ${b.unit}` : "", (x, y) => (y === 0 ? Number.NaN : x / y))
}

const scale = ({ filled, values }: Series, factor: number): Series => ({ values: values.map((x) => x * factor), filled, unit: "" })

/** The value `years` before, within the entity: missing where the panel has no such year. */
const lag = (scene: Scene, { filled, unit, values }: Series, years: number): Series => {
  const source = laggedRows(scene.entity, scene.year, years)
  return {
    values: Float64Array.from(source, (row) => values[row] ?? Number.NaN),
    filled: Uint8Array.from(source, (row) => filled[row] ?? 0),
    unit
  }
}

/**
 * Evaluates an expression over the rows of a panel: missing where any part is missing, filled where any part is. Faults go to the scene's list; a cell with
 * a fault counts as missing, so that what is made of it adds none.
 */
export const evaluate = (expression: Expression, scene: Scene): Series => {
  const of = (part: Expression): Series => evaluate(part, scene)
  if (typeof expression === "string") return scene.variable(expression)
  if ("ln" in expression) return logarithm(scene, of(expression.ln), "ln")
  if ("ln1p" in expression) return logarithm(scene, of(expression.ln1p), "ln1p")
  if ("ratio" in expression) return ratio(scene, of(expression.ratio[0]), of(expression.ratio[1]))
  if ("product" in expression) return combine(expression.product.map(of), "", (a, b) => a * b)
  if ("lag" in expression) return lag(scene, of(expression.lag[0]), expression.lag[1])
  if ("scale" in expression) return scale(of(expression.scale[0]), expression.scale[1])
  if ("deflate" in expression) {
    const { base, index, indexIs = "level", value } = expression.deflate
    return deflate(scene, of(value), of(index), base, indexIs)
  }
  const additive = "sum" in expression ? expression.sum.map(of) : expression.difference.map(of)
  const op = "sum" in expression ? "sum" : "difference"
  return combine(additive, sharedUnit(scene, op, additive), op === "sum" ? (a, b) => a + b : (a, b) => a - b)
}

/** The variables that an expression names. */
export const variablesIn = (expression: Expression): ReadonlyArray<string> => {
  if (typeof expression === "string") return [expression]
  if ("ln" in expression) return variablesIn(expression.ln)
  if ("ln1p" in expression) return variablesIn(expression.ln1p)
  if ("ratio" in expression) return expression.ratio.flatMap(variablesIn)
  if ("product" in expression) return expression.product.flatMap(variablesIn)
  if ("sum" in expression) return expression.sum.flatMap(variablesIn)
  if ("difference" in expression) return expression.difference.flatMap(variablesIn)
  if ("scale" in expression) return variablesIn(expression.scale[0])
  if ("lag" in expression) return variablesIn(expression.lag[0])
  return [...variablesIn(expression.deflate.value), ...variablesIn(expression.deflate.index)]
}
