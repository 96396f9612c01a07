import type { Data } from "@sediment/sediment"
import { type Filled, interpolateSeries } from "../../src/econometrics/measurement/interpolation.ts"
import { gather, type RowGroup } from "../row-groups.ts"
import type { Rule } from "./rules.ts"

/** One cell that was filled. */
export interface Fill {
  readonly row: number
  readonly entity: string
  readonly year: number
  readonly value: number
  readonly where: "interior" | "ends"
  readonly method: string
  readonly note: string
  /** The value before it was clipped, or that is outside of the bounds. */
  readonly outside: number | undefined
}

/** Years of an entity. */
export interface Cells {
  readonly entity: string
  readonly years: ReadonlyArray<number>
  /** Whether these are all its years. */
  readonly whole: boolean
}

export interface FilledVariable {
  readonly data: Data<"number">
  readonly fills: ReadonlyArray<Fill>
  /** By entity, the years that stay missing: at the ends of a series; in gaps longer than maxGap; for want of the variable that it is in proportion to. */
  readonly ends: ReadonlyArray<Cells>
  readonly long: ReadonlyArray<Cells>
  readonly unrelated: ReadonlyArray<Cells>
  /** Observations that constant growth cannot start from or lead to. */
  readonly notPositive: ReadonlyArray<{ readonly entity: string; readonly year: number; readonly value: number }>
}

/** A number as a note tells it. */
export const shortly = (value: number): string => String(Number(value.toPrecision(6)))

const methodOf = ({ extrapolate, method }: Rule, end: boolean): string =>
  !end ? method : extrapolate === "nearest" ? "nearest" : method === "log-linear" ? "log-linear extrapolation" : "linear extrapolation"

const fromWhich = ({ after, before }: Filled, i: number, years: Int32Array): string => {
  const [a, b] = [before[i]!, after[i]!]
  if (a === -1) return `before ${years[b]}`
  return b === -1 ? `after ${years[a]}` : `between ${years[a]} and ${years[b]}`
}

/** Fills a variable by its rule; `related` are the values that it is in proportion to. */
export const fillVariable = (
  data: Data<"number">,
  groups: ReadonlyArray<RowGroup>,
  year: Int32Array,
  rule: Rule,
  related: Float64Array | undefined
): FilledVariable => {
  const values = Float64Array.from(data.values)
  const filled = data.filled === undefined ? new Uint8Array(values.length) : Uint8Array.from(data.filled)
  const fills: Array<Fill> = []
  const [ends, long, unrelated]: [Array<Cells>, Array<Cells>, Array<Cells>] = [[], [], []]
  const notPositive: Array<{ readonly entity: string; readonly year: number; readonly value: number }> = []
  const options = { method: rule.method, extrapolation: rule.extrapolate, maxGap: rule.maxGap }
  const bounded = (value: number): number => Math.min(Math.max(value, rule.min), rule.max)
  for (const group of groups) {
    const years = Int32Array.from(group.rows, (row) => year[row]!)
    const own = gather(values, group)
    const scale = related === undefined ? undefined : gather(related, group)
    const series = interpolateSeries(years, scale === undefined ? own : own.map((value, i) => value / scale[i]!), options)
    const left: Record<"ends" | "long" | "unrelated", Array<number>> = { ends: [], long: [], unrelated: [] }
    group.rows.forEach((row, i) => {
      if (!Number.isNaN(own[i]!)) return
      const made = series.values[i]! * (scale?.[i] ?? 1)
      if (Number.isNaN(made)) {
        const without = scale !== undefined && Number.isNaN(scale[i]!)
        const inside = series.before[i] !== -1 && series.after[i] !== -1
        if (without) left.unrelated.push(years[i]!)
        else if (series.long[i] === 1) left.long.push(years[i]!)
        // A gap inside that is not long stays only beside an observation that is refused, which is a fault of its own.
        else if (!inside) left.ends.push(years[i]!)
        return
      }
      const whole = rule.round ? Math.round(made) : made
      const outside = bounded(whole) !== whole
      const value = rule.clip ? bounded(whole) : whole
      const end = series.ends[i] === 1
      values[row] = value
      filled[row] = 1
      fills.push({
        row,
        entity: group.label,
        year: years[i]!,
        value,
        where: end ? "ends" : "interior",
        method: methodOf(rule, end),
        note: [
          fromWhich(series, i, years),
          ...(rule.by === undefined ? [] : [`in proportion to ${rule.by}`]),
          ...(rule.round && whole !== made ? [`rounded from ${shortly(made)}`] : []),
          ...(outside ? [rule.clip ? `clipped from ${shortly(whole)}` : "outside of the bounds"] : [])
        ].join(", "),
        outside: outside ? whole : undefined
      })
    })
    for (const [kind, into] of [
      ["ends", ends],
      ["long", long],
      ["unrelated", unrelated]
    ] as const)
      if (left[kind].length > 0) into.push({ entity: group.label, years: left[kind], whole: left[kind].length === years.length })
    for (const i of series.notPositive) notPositive.push({ entity: group.label, year: years[i]!, value: own[i]! })
  }
  return { data: { ...data, values, filled }, fills, ends, long, unrelated, notPositive }
}
