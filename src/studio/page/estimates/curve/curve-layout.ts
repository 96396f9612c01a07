/** Where things are in the picture of a specification curve, in pixels. */
import { type ScaleLinear, scaleLinear } from "d3-scale"
import { type Choice, type CurveData, type Kind, kindOf, type Specification } from "./curve-data.ts"

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

interface Paths {
  readonly intervals: string
  readonly points: string
  readonly marks: string
}

const disc = (x: number, y: number, r: number): string => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`
const round = (value: number): number => Math.round(value * 100) / 100
const rectangle = (x: number, y: number, width: number): string => `M${round(x)},${y}h${round(width)}v${ROW - 6}h${-round(width)}z`

/** What is drawn of the specifications of a kind in one pixel: their intervals as a whole, and from the smallest to the largest of their estimates. */
interface Pixel {
  low: number
  high: number
  least: number
  most: number
}

/** Intervals and estimates of a kind: each by itself or, where a pixel has several, by pixel. */
const estimatePaths = (some: ReadonlyArray<readonly [at: number, one: Specification]>, y: (value: number) => number, step: number): Omit<Paths, "marks"> => {
  const line = (x: number, from: number, to: number) => `M${x},${round(y(from))}V${round(y(to))}`
  if (step >= 1) {
    const r = round(Math.min(3.5, Math.max(0.8, step * 0.42)))
    const x = (at: number) => round((at + 0.5) * step)
    return {
      intervals: some.map(([at, { high, low }]) => (low === null || high === null ? "" : line(x(at), low, high))).join(""),
      points: some.map(([at, { estimate }]) => disc(x(at), round(y(estimate)), r)).join("")
    }
  }
  const pixels = new Map<number, Pixel>()
  for (const [at, { estimate, high, low }] of some) {
    const x = Math.floor((at + 0.5) * step)
    const own = pixels.get(x) ?? { low: estimate, high: estimate, least: estimate, most: estimate }
    own.low = Math.min(own.low, low ?? estimate)
    own.high = Math.max(own.high, high ?? estimate)
    own.least = Math.min(own.least, estimate)
    own.most = Math.max(own.most, estimate)
    pixels.set(x, own)
  }
  return {
    intervals: [...pixels].map(([x, { high, low }]) => line(x + 0.5, low, high)).join(""),
    points: [...pixels].map(([x, { least, most }]) => `M${x},${round(y(most) - 0.8)}h1V${round(y(least) + 0.8)}h-1z`).join("")
  }
}

/** The marks of a kind: those that touch are one. */
const markPaths = (some: ReadonlyArray<readonly [at: number, one: Specification]>, tops: ReadonlyMap<string, number>, step: number): string => {
  const apart = step >= 2.5
  const width = apart ? Math.min(9, step * 0.72) : step
  const parts: Array<string> = []
  const runs = new Map<number, { option: number; from: number; to: number }>()
  const end = (choice: number) => {
    const run = runs.get(choice)
    const top = run && tops.get(`${choice} ${run.option}`)
    if (run !== undefined && top !== undefined)
      parts.push(rectangle((run.from + 0.5) * step - width / 2, top + 3, Math.max(0.5, (run.to - run.from) * step + width)))
    runs.delete(choice)
  }
  for (const [at, { options }] of some)
    options.forEach((option, choice) => {
      const run = runs.get(choice)
      if (!apart && run?.option === option && run.to === at - 1) run.to = at
      else {
        end(choice)
        runs.set(choice, { option, from: at, to: at })
      }
    })
  for (const choice of [...runs.keys()]) end(choice)
  return parts.join("")
}

/** All of a kind as one path each for intervals, estimates and options: thousands of them are three elements. */
export const kindPaths = (
  data: CurveData,
  order: ReadonlyArray<number>,
  rows: ReadonlyArray<ChoiceRow>,
  y: (value: number) => number,
  step: number
): ReadonlyMap<Kind, Paths> => {
  const tops = new Map(rows.flatMap((row) => (row.option === undefined ? [] : [[`${row.choice} ${row.option}`, row.y] as const])))
  const placed = order.map((i, at) => [at, data.specifications[i]!] as const)
  return new Map(
    [...Map.groupBy(placed, ([, one]) => kindOf(one, data.significance))].map(([kind, some]) => [
      kind,
      { ...estimatePaths(some, y, step), marks: markPaths(some, tops, step) }
    ])
  )
}
