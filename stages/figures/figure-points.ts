import type { Out } from "@sediment/sediment"
import type { Figure } from "../table-types.ts"

export interface FigurePoint {
  readonly mark: "line" | "point" | "rule" | "text" | "band" | "interval" | "bar" | "polygon" | "arrow" | "tick"
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly xRange?: readonly [low: number, high: number] | undefined
  readonly yRange?: readonly [low: number, high: number] | undefined
  readonly group?: number | undefined
  readonly panel?: string
  readonly series?: string
  readonly label?: string | undefined
}
interface FigureHeading {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly notes?: ReadonlyArray<string>
  /** Which colours series have: told apart (default), from light to dark, from one end to another, or those of local Moran's clusters. */
  readonly palette?: "categorical" | "sequential" | "diverging" | "clusters"
}

/** Points as the table that src/render draws. */
export const figureTable = (
  { notes = [], palette = "categorical", title, xLabel, yLabel }: FigureHeading,
  points: ReadonlyArray<FigurePoint>
): Out<typeof Figure> => {
  const numbers = (of: (point: FigurePoint) => number | undefined) => Float64Array.from(points, (point) => of(point) ?? Number.NaN)
  const all = (text: string) => points.map(() => text)
  return {
    panel: points.map((point) => point.panel ?? ""),
    mark: points.map((point) => point.mark),
    series: points.map((point) => point.series ?? ""),
    x: numbers(({ x }) => x),
    y: numbers(({ y }) => y),
    x_low: numbers(({ xRange }) => xRange?.[0]),
    x_high: numbers(({ xRange }) => xRange?.[1]),
    y_low: numbers(({ yRange }) => yRange?.[0]),
    y_high: numbers(({ yRange }) => yRange?.[1]),
    group: {
      values: Int32Array.from(points, ({ group }) => group ?? 0),
      ...(points.every(({ group }) => group !== undefined) ? {} : { valid: Uint8Array.from(points, ({ group }) => (group === undefined ? 0 : 1)) })
    },
    label: points.map((point) => point.label ?? null),
    title: all(title),
    x_label: all(xLabel),
    y_label: all(yLabel),
    note: all(notes.join("\n")),
    palette: all(palette)
  }
}

/** The label of an axis: the one given, or the variable's name with its unit. */
export const axisLabel = (given: string | undefined, column: { readonly name: string; readonly unit: string }): string => {
  if (given !== undefined) return given
  const unit = column.unit
  return unit === "" ? column.name : `${column.name} (${unit})`
}
