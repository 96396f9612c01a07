import type { Fault } from "@sediment/sediment"
import { integerRanges } from "../integer-ranges.ts"
import { type Cells, type FilledVariable, shortly } from "./fill-variable.ts"
import type { Rule } from "./rules.ts"

type Done = ReadonlyMap<string, FilledVariable>

const places = (cells: ReadonlyArray<Cells>): string =>
  cells.map(({ entity, whole, years }) => `${entity} ${integerRanges(years)}${whole ? " (no value at all)" : ""}`).join("; ")
const placeOf = (name: string, { entity, years }: Cells) => ({ column: name, entity, year: years[0]! })

const staying = (code: string, name: string, cells: ReadonlyArray<Cells>, what: string, remedy: string): ReadonlyArray<Fault> =>
  cells.length === 0 ? [] : [{ code, message: `${name}: ${what}: ${places(cells)}; ${remedy}`, where: placeOf(name, cells[0]!) }]

/** A warning that counts the filled cells by variable, `where` they stood and `how` they were filled. */
const countWarning = (code: string, where: string, how: string, counts: ReadonlyMap<string, number>): Fault => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const cells = total === 1 ? `1 cell ${where} was` : `${total} cells ${where} were`
  return { code, message: `${cells} filled ${how}: ${[...counts].map(([name, count]) => `${name} ${count}`).join(", ")}` }
}

const HOW: Readonly<Record<string, string>> = {
  linear: "linearly",
  "log-linear": "with constant growth",
  spline: "by a natural cubic spline",
  monotone: "by a monotone cubic (Fritsch and Carlson)",
  pchip: "by a monotone cubic (PCHIP)",
  carry: "with the observation before",
  nearest: "(nearest)",
  "linear extrapolation": "(linear)",
  "log-linear extrapolation": "(linear in logarithms)"
}

/** How many cells were filled, by where they stood and how, each with its variables. */
export const filledWarnings = (done: Done): ReadonlyArray<Fault> =>
  (["interior", "ends"] as const).flatMap((place) => {
    const counts = new Map<string, Map<string, number>>()
    for (const [name, { fills }] of done)
      for (const { method, where } of fills) {
        if (where !== place) continue
        const own = counts.get(method) ?? new Map<string, number>()
        counts.set(method, own.set(name, (own.get(name) ?? 0) + 1))
      }
    const [code, cells] = place === "interior" ? (["interpolated", "between observations"] as const) : (["extrapolated", "at the ends of series"] as const)
    return [...counts].map(([method, own]) => countWarning(code, cells, HOW[method]!, own))
  })

const outsideWarning = (name: string, { fills }: FilledVariable, { clip, max, method, min }: Rule): ReadonlyArray<Fault> => {
  const outside = fills.filter((fill) => fill.outside !== undefined)
  const first = outside[0]
  if (first === undefined) return []
  const told = outside.map(({ entity, outside: value, year }) => `${entity} ${year} (${shortly(value!)})`).join(", ")
  const expected = min === Number.NEGATIVE_INFINITY ? `at most ${max}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `between ${min} and ${max}`
  const swings = method === "spline" ? 'method: "monotone" or "pchip" does not swing beyond the observations; ' : ""
  return [
    {
      code: clip ? "filled-clipped" : "filled-out-of-bounds",
      message: clip
        ? `${name}: filled values were set to their bound (${expected}): ${told}`
        : `${name}: filled values are not ${expected}: ${told}; ${swings}say clip: true to set them to the bound`,
      where: { column: name, entity: first.entity, year: first.year, value: shortly(first.outside!), expected }
    }
  ]
}

/** What stays missing and why, and what was filled out of bounds. */
export const leftWarnings = (done: Done, rules: ReadonlyMap<string, Rule>): ReadonlyArray<Fault> =>
  [...done].flatMap(([name, variable]) => {
    const rule = rules.get(name)!
    return [
      ...staying(
        "end-gap",
        name,
        variable.ends,
        "gaps at the end of a series stay missing",
        'a step that needs them will fail: supply the values, or say extrapolate: "linear" or "nearest"'
      ),
      ...staying(
        "long-gap",
        name,
        variable.long,
        `gaps of more than ${rule.maxGap} ${rule.maxGap === 1 ? "year" : "years"} stay missing`,
        "a step that needs them will fail: supply the values, or raise maxGap"
      ),
      ...staying(
        "no-related-value",
        name,
        variable.unrelated,
        `cells stay missing where ${rule.by}, which they are in proportion to, is missing too`,
        `fill ${rule.by} by an interpolation before this one`
      ),
      ...outsideWarning(name, variable, rule)
    ]
  })

/** Observations that leave constant growth without sense. */
export const growthFaults = (done: Done): ReadonlyArray<Fault> =>
  [...done].flatMap(([name, { notPositive }]) =>
    notPositive.map(({ entity, value, year }) => ({
      code: "not-positive",
      message: `${name}: ${entity} has ${shortly(value)} in ${year}, beside a gap: constant growth (log-linear) needs values above 0: correct it, or choose another method for ${name}`,
      where: { column: name, entity, year, value: shortly(value), expected: "a value above 0" }
    }))
  )

/** Values of the variable that others are in proportion to by which nothing can be divided. */
export const relatedFaults = (name: string, by: string, related: Float64Array, entity: ReadonlyArray<string>, year: Int32Array): ReadonlyArray<Fault> =>
  [...related.keys()]
    .filter((row) => related[row]! <= 0)
    .map((row) => ({
      code: "not-positive",
      message: `${by}: ${entity[row]} has ${shortly(related[row]!)} in ${year[row]}, and ${name} is filled in proportion to it: it must be above 0`,
      where: { column: by, entity: entity[row]!, year: year[row]!, value: shortly(related[row]!), expected: "a value above 0" }
    }))
