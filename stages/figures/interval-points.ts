import type { Fault } from "@sediment/sediment"
import { Schema } from "effect"
import type { FigurePoint } from "./figure-points.ts"

/** What every figure of estimates says of a row of it. */
export const intervalRow = {
  /** What stands on the axis; rows of one label stand together. The term without it. */
  label: Schema.optionalKey(Schema.String),
  /** What its colour stands for ("clustered", "iid"). */
  series: Schema.optionalKey(Schema.String),
  /** The facet that it stands in. */
  panel: Schema.optionalKey(Schema.String)
}

export interface IntervalRow {
  readonly label: string
  readonly series?: string | undefined
  readonly panel?: string | undefined
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** Room within a label's row that its series share. */
const spreadOfSeries = 0.36

/** Estimates with their intervals, a row a label from the top, series of one label a little apart, a line at zero. */
export const intervalPoints = (rows: ReadonlyArray<IntervalRow>): ReadonlyArray<FigurePoint> => {
  const labels = [...new Set(rows.map(({ label }) => label))]
  const series = [...new Set(rows.map((row) => row.series ?? ""))]
  const panels = [...new Set(rows.map((row) => row.panel ?? ""))]
  const step = spreadOfSeries / Math.max(1, series.length - 1)
  const offset = (name: string) => (series.length === 1 ? 0 : spreadOfSeries / 2 - series.indexOf(name) * step)
  return [
    ...panels.map((panel): FigurePoint => ({ mark: "rule", panel, x: 0 })),
    ...labels.map((label, i): FigurePoint => ({ mark: "tick", panel: panels[0]!, y: -i, label })),
    ...rows.map(
      ({ estimate, high, label, low, panel = "", series: of = "" }): FigurePoint => ({
        mark: "interval",
        panel,
        series: of,
        x: estimate,
        y: -labels.indexOf(label) + offset(of),
        ...(Number.isNaN(low) || Number.isNaN(high) ? {} : { xRange: [low, high] })
      })
    )
  ]
}

/** That a table has no such estimate, and which it has. */
export const noEstimate = (place: string, asked: string, present: ReadonlyArray<string>): Fault => ({
  code: "no-estimate",
  message: `${place} asks for ${asked}, and its table has ${present.map((name) => `"${name}"`).join(", ")}`,
  where: { parameter: place }
})
