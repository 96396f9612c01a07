/** Where things are in the picture of a specification curve, in pixels. */
import { type ScaleLinear, scaleLinear } from "d3-scale"
import { type Choice, type CurveData, type Kind, kindOf } from "./curve-data.ts"

export const CURVE_HEIGHT = 280
const ABOVE = 22
export const ROW = 18
const GAP = 14

export interface ChoiceRow {
  readonly choice: number
  /** Undefined for the row of its name. */
  readonly option: number | undefined
  readonly text: string
  /** Its upper edge. */
  readonly y: number
}

/** What is there or not needs one row: that of its presence. */
const presence = (options: ReadonlyArray<string>): number =>
  options.length === 2 && options.includes("yes") && options.includes("no") ? options.indexOf("yes") : -1

/** The rows below the curve: each choice's name, then its options. What is there or not (a control) is one row, after all others. */
export const choiceRows = (choices: ReadonlyArray<Choice>): { readonly rows: ReadonlyArray<ChoiceRow>; readonly height: number } => {
  const rows: Array<ChoiceRow> = []
  let y = CURVE_HEIGHT
  choices.forEach(({ choice: text, options }, choice) => {
    if (presence(options) !== -1) return
    y += GAP / 2
    rows.push({ choice, option: undefined, text, y })
    y += ROW + 4
    options.forEach((name, option) => {
      rows.push({ choice, option, text: name, y })
      y += ROW
    })
  })
  y += GAP
  choices.forEach(({ choice: text, options }, choice) => {
    const option = presence(options)
    if (option === -1) return
    rows.push({ choice, option, text, y })
    y += ROW
  })
  return { rows, height: y + 4 }
}

/** Estimates up and down. */
export const heights = ({ specifications }: CurveData, order: ReadonlyArray<number>): ScaleLinear<number, number> => {
  let [low, high] = [0, 0]
  for (const i of order) {
    const one = specifications[i]!
    low = Math.min(low, one.estimate, one.low ?? one.estimate)
    high = Math.max(high, one.estimate, one.high ?? one.estimate)
  }
  return scaleLinear()
    .domain(low < high ? [low, high] : [-1, 1])
    .nice(6)
    .range([CURVE_HEIGHT - 6, ABOVE])
}

export interface Paths {
  readonly intervals: string
  readonly points: string
  readonly marks: string
}

const disc = (x: number, y: number, r: number): string => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`
const round = (value: number): number => Math.round(value * 100) / 100

/** All of a kind as one path each for intervals, estimates and options: thousands of them are three elements. */
export const kindPaths = (
  data: CurveData,
  order: ReadonlyArray<number>,
  rows: ReadonlyArray<ChoiceRow>,
  y: (value: number) => number,
  step: number
): ReadonlyMap<Kind, Paths> => {
  const parts = new Map<Kind, { intervals: Array<string>; points: Array<string>; marks: Array<string> }>()
  const r = round(Math.min(3.5, Math.max(0.8, step * 0.42)))
  const w = round(Math.min(9, Math.max(0.5, step * 0.72)))
  const rowAt = new Map(rows.flatMap((row) => (row.option === undefined ? [] : [[`${row.choice} ${row.option}`, row.y] as const])))
  order.forEach((i, at) => {
    const one = data.specifications[i]!
    const kind = kindOf(one, data.significance)
    let own = parts.get(kind)
    if (own === undefined) parts.set(kind, (own = { intervals: [], points: [], marks: [] }))
    const x = round((at + 0.5) * step)
    if (one.low !== null && one.high !== null) own.intervals.push(`M${x},${round(y(one.low))}V${round(y(one.high))}`)
    own.points.push(disc(x, round(y(one.estimate)), r))
    one.options.forEach((option, choice) => {
      const top = rowAt.get(`${choice} ${option}`)
      if (top !== undefined) own.marks.push(`M${round(x - w / 2)},${top + 3}h${w}v${ROW - 6}h${-w}z`)
    })
  })
  return new Map(
    [...parts].map(([kind, { intervals, marks, points }]) => [kind, { intervals: intervals.join(""), points: points.join(""), marks: marks.join("") }])
  )
}
