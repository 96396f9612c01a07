import type { Fault } from "@sediment/sediment"
import { integerRanges } from "../integer-ranges.ts"

/** A variable that a model reads, and the rows of its sample in which the model needs it and the panel has no value. */
export interface Gap {
  readonly variable: string
  readonly rows: ReadonlyArray<number>
}

/** Of more entities than this with the same gap, the message counts the others. */
const listed = 5

/** The years of the sample to which it could be restricted, where they are one range: those without a gap. */
const restricted = (sample: ReadonlyArray<number>, year: Int32Array, gaps: ReadonlyArray<Gap>): string => {
  const lacking = new Set(gaps.flatMap(({ rows }) => rows.map((row) => year[row]!)))
  const complete = [...new Set(sample.map((row) => year[row]!))].filter((at) => !lacking.has(at)).sort((a, b) => a - b)
  const [from, to] = [complete[0], complete.at(-1)]
  return from === undefined || to === undefined || to - from + 1 !== complete.length
    ? "restrict the sample with years"
    : `restrict the sample (years: { from: ${from}, to: ${to} })`
}

/**
 * A fault for each variable and years without a value, with the entities that lack them: a model would otherwise rest on other rows than its sample says.
 * `otherwise` is what the reader may do beside filling the gap in or restricting the years.
 */
export const missingValueFaults = (
  gaps: ReadonlyArray<Gap>,
  sample: ReadonlyArray<number>,
  entity: ReadonlyArray<string>,
  year: Int32Array,
  otherwise: string
): ReadonlyArray<Fault> => {
  const entities = new Set(sample.map((row) => entity[row]!)).size
  const remedy = `interpolate it (with extrapolate for the ends of a series), ${restricted(sample, year, gaps)}, or ${otherwise}`
  return gaps.flatMap(({ rows, variable }) => {
    const years = new Map<string, Array<number>>()
    for (const row of rows) {
      const name = entity[row]!
      const known = years.get(name)
      if (known === undefined) years.set(name, [year[row]!])
      else known.push(year[row]!)
    }
    const alike = new Map<string, { readonly first: number; readonly names: Array<string> }>()
    for (const [name, lacking] of years) {
      const ordered = lacking.sort((a, b) => a - b)
      const range = integerRanges(ordered)
      const group = alike.get(range)
      if (group === undefined) alike.set(range, { first: ordered[0]!, names: [name] })
      else group.names.push(name)
    }
    return [...alike].map(([range, { first, names }]): Fault => {
      const shown = names.slice(0, listed).join(", ")
      const who =
        names.length === entities && entities > 1
          ? `none of the ${entities} entities has a value`
          : names.length === 1
            ? `${shown} has no value`
            : `${names.length > listed ? `${shown} and ${names.length - listed} more` : shown} have no value`
      return {
        code: "missing-value",
        message: `${variable}: ${who} for ${range}, and the model needs it: ${remedy}`,
        where: { column: variable, entity: names[0]!, year: first }
      }
    })
  })
}
