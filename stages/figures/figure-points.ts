import type { Out } from "@sediment/sediment"
import type { Figure } from "../table-types.ts"

export interface FigurePoint {
  readonly mark: "line" | "point" | "rule" | "text"
  readonly x: number
  readonly y: number
  readonly panel?: string
  readonly series?: string
  readonly label?: string | undefined
}
interface FigureHeading {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
}

/** Points as the table that src/render draws. */
export const figureTable = ({ title, xLabel, yLabel }: FigureHeading, points: ReadonlyArray<FigurePoint>): Out<typeof Figure> => ({
  panel: points.map((point) => point.panel ?? ""),
  mark: points.map((point) => point.mark),
  series: points.map((point) => point.series ?? ""),
  x: Float64Array.from(points, (point) => point.x),
  y: Float64Array.from(points, (point) => point.y),
  label: points.map((point) => point.label ?? null),
  title: points.map(() => title),
  x_label: points.map(() => xLabel),
  y_label: points.map(() => yLabel)
})

/** The label of an axis: the one given, or the variable's name with its unit. */
export const axisLabel = (given: string | undefined, column: { readonly name: string; readonly unit: string }): string => {
  if (given !== undefined) return given
  const unit = column.unit
  return unit === "" ? column.name : `${column.name} (${unit})`
}
