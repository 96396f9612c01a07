import type { StoredTable } from "../../artifact/column.ts"
import { numbersOf, textsOf } from "../stored.ts"

/** A figure's points by facet: what its renderings start from. */
export interface FigureLayout {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
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
export interface FigurePoint {
  readonly mark: "line" | "point" | "rule" | "text"
  readonly series: string
  readonly x: number
  readonly y: number
  readonly label: string
}

const isMark = (mark: string | undefined): mark is FigurePoint["mark"] => mark === "line" || mark === "point" || mark === "rule" || mark === "text"

export const figureLayout = (table: StoredTable): FigureLayout => {
  const panel = textsOf(table, "panel")
  const mark = textsOf(table, "mark")
  const series = textsOf(table, "series")
  const x = numbersOf(table, "x")
  const y = numbersOf(table, "y")
  const label = textsOf(table, "label")
  const panels = new Map<string, Array<FigurePoint>>()
  for (let i = 0; i < table.rows; i++) {
    const drawn = mark[i]
    if (!isMark(drawn)) throw new Error(`row ${i} of the figure has the mark "${drawn}"; the marks are line, point, rule and text`)
    const name = panel[i] ?? ""
    const points = panels.get(name) ?? []
    points.push({ mark: drawn, series: series[i] ?? "", x: x[i]!, y: y[i]!, label: label[i] ?? "" })
    panels.set(name, points)
  }
  const first = (name: string) => textsOf(table, name)[0] ?? ""
  return {
    title: first("title"),
    xLabel: first("x_label"),
    yLabel: first("y_label"),
    series: [...new Set([...panels.values()].flat().map((point) => point.series))],
    panels: [...panels].map(([name, points]) => ({ name, points })),
    sourceNotes: table.notes
  }
}

/** Points of one mark by series, in order. */
export const bySeries = (points: ReadonlyArray<FigurePoint>, mark: FigurePoint["mark"]): ReadonlyMap<string, ReadonlyArray<FigurePoint>> => {
  const groups = new Map<string, Array<FigurePoint>>()
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
