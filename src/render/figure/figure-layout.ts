import type { StoredTable } from "../../artifact/column.ts"
import { numbersOf, textsOf } from "../stored.ts"
import { isPalette, type Palette } from "./palette.ts"

/** A figure's points by facet: what its renderings start from. */
export interface FigureLayout {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  /** What is to be said under it. */
  readonly notes: ReadonlyArray<string>
  readonly palette: Palette
  /** All series in the order of their first point; "" is a mark without one. */
  readonly series: ReadonlyArray<string>
  readonly panels: ReadonlyArray<FigurePanel>
  /** What the sources carry ("synthetic replica"): under every figure, always. */
  readonly sourceNotes: ReadonlyArray<string>
}
export interface FigurePanel {
  readonly name: string
  readonly points: ReadonlyArray<FigurePoint>
}
const marks = ["line", "point", "rule", "text", "band", "interval", "bar", "polygon", "arrow", "tick"] as const
export type Mark = (typeof marks)[number]

/** A number is NaN where the mark has none. */
export interface FigurePoint {
  readonly mark: Mark
  readonly series: string
  readonly x: number
  readonly y: number
  readonly xLow: number
  readonly xHigh: number
  readonly yLow: number
  readonly yHigh: number
  /** Which ring a vertex belongs to. */
  readonly group: number
  readonly label: string
}

const isMark = (mark: string | undefined): mark is Mark => marks.some((one) => one === mark)

export const figureLayout = (table: StoredTable): FigureLayout => {
  // Figures of before had fewer columns.
  const has = (name: string) => table.columns.some((column) => column.name === name)
  const numbers = (name: string): ReadonlyArray<number> => (has(name) ? numbersOf(table, name) : new Array<number>(table.rows).fill(Number.NaN))
  const panel = textsOf(table, "panel")
  const mark = textsOf(table, "mark")
  const series = textsOf(table, "series")
  const [x, y, xLow, xHigh, yLow, yHigh, group] = ["x", "y", "x_low", "x_high", "y_low", "y_high", "group"].map(numbers)
  const label = textsOf(table, "label")
  const panels = new Map<string, Array<FigurePoint>>()
  for (let i = 0; i < table.rows; i++) {
    const drawn = mark[i]
    if (!isMark(drawn)) throw new Error(`row ${i} of the figure has the mark "${drawn}"; the marks are ${marks.join(", ")}`)
    const name = panel[i] ?? ""
    const points = panels.get(name) ?? []
    points.push({
      mark: drawn,
      series: series[i] ?? "",
      x: x![i]!,
      y: y![i]!,
      xLow: xLow![i]!,
      xHigh: xHigh![i]!,
      yLow: yLow![i]!,
      yHigh: yHigh![i]!,
      group: group![i]!,
      label: label[i] ?? ""
    })
    panels.set(name, points)
  }
  const first = (name: string) => (has(name) ? (textsOf(table, name)[0] ?? "") : "")
  const palette = first("palette")
  return {
    title: first("title"),
    xLabel: first("x_label"),
    yLabel: first("y_label"),
    notes: first("note")
      .split("\n")
      .filter((note) => note !== ""),
    palette: isPalette(palette) ? palette : "categorical",
    series: [...new Set([...panels.values()].flat().map((point) => point.series))],
    panels: [...panels].map(([name, points]) => ({ name, points })),
    sourceNotes: table.notes
  }
}

/** How many of so many panels stand beside each other. */
export const panelsAcross = (count: number): number => (count > 1 ? Math.min(4, Math.ceil(Math.sqrt(count))) : 1)

/** What a point reaches along an axis: its place and the ends of its ranges, those that it has. */
export const reach = ({ x, xHigh, xLow, y, yHigh, yLow }: FigurePoint, axis: "x" | "y"): ReadonlyArray<number> =>
  (axis === "x" ? [x, xLow, xHigh] : [y, yLow, yHigh]).filter((value) => !Number.isNaN(value))

/** Names on an axis in the place of numbers, by where they stand; empty where it has numbers. */
export const ticksOf = (layout: FigureLayout, axis: "x" | "y"): ReadonlyMap<number, string> => {
  const other = axis === "x" ? "y" : "x"
  const ticks = layout.panels.flatMap(({ points }) =>
    points.filter((point) => point.mark === "tick" && !Number.isNaN(point[axis]) && Number.isNaN(point[other]))
  )
  return new Map(ticks.map((point) => [point[axis], point.label]))
}

/** The rings of a figure's polygons, each its vertices in order. */
export const ringsOf = <P extends FigurePoint>(points: ReadonlyArray<P>): ReadonlyArray<ReadonlyArray<P>> => [
  ...Map.groupBy(
    points.filter(({ mark }) => mark === "polygon"),
    ({ group }) => group
  ).values()
]

/** Points of one mark by series, in order. */
export const bySeries = <P extends FigurePoint>(points: ReadonlyArray<P>, mark: Mark): ReadonlyMap<string, ReadonlyArray<P>> => {
  const groups = new Map<string, Array<P>>()
  for (const point of points) {
    if (point.mark !== mark) continue
    const group = groups.get(point.series) ?? []
    group.push(point)
    groups.set(point.series, group)
  }
  return groups
}

/** From the least to the largest; where there is but one value, one unit around it. */
export const extentOf = (values: ReadonlyArray<number>): readonly [number, number] => {
  const low = values.reduce((min, v) => Math.min(min, v), Number.POSITIVE_INFINITY)
  const high = values.reduce((max, v) => Math.max(max, v), Number.NEGATIVE_INFINITY)
  if (!(low <= high)) return [0, 1]
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

/** A tick of an axis: no separators, so that a year reads as one. */
export const tickLabel = (x: number): string => (Number.isInteger(x) ? String(x) : String(Number.parseFloat(x.toPrecision(6))))

/** The notes as they are printed: the figure's own, then what its data are. */
export const figureNotes = ({ notes, sourceNotes }: Pick<FigureLayout, "notes" | "sourceNotes">): ReadonlyArray<string> => [
  ...notes,
  ...sourceNotes.map((note) => `Data: ${note}`)
]
