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
  /** The ends of an interval of a lower level, drawn thick inside the other. */
  readonly inner?: readonly [low: number, high: number] | undefined
}

/** Room within a label's row that its series share. */
const spreadOfSeries = 0.36

/** Estimates with their intervals, a row a label from the top, series of one label a little apart, a line at zero. */
export const intervalPoints = (rows: ReadonlyArray<IntervalRow>): ReadonlyArray<FigurePoint> => {
  const labels = [...new Set(rows.map(({ label }) => label))]
  const panels = [...new Set(rows.map((row) => row.panel ?? ""))]
  const order = [...new Set(rows.map((row) => row.series ?? ""))]
  const seriesOf = new Map(
    [...Map.groupBy(rows, ({ label }) => label)].map(([label, own]) => {
      const named = new Set(own.map((row) => row.series ?? ""))
      return [label, order.filter((name) => named.has(name))]
    })
  )
  const offset = (label: string, name: string) => {
    const own = seriesOf.get(label)!
    return own.length === 1 ? 0 : spreadOfSeries / 2 - (own.indexOf(name) * spreadOfSeries) / (own.length - 1)
  }
  return [
    ...panels.map((panel): FigurePoint => ({ mark: "rule", panel, x: 0 })),
    ...labels.map((label, i): FigurePoint => ({ mark: "tick", panel: panels[0]!, y: -i, label })),
    ...rows.flatMap(({ estimate, high, inner, label, low, panel = "", series: of = "" }): ReadonlyArray<FigurePoint> => {
      const place = { mark: "interval", panel, series: of, y: -labels.indexOf(label) + offset(label, of) } as const
      return [
        { ...place, x: estimate, ...(Number.isNaN(low) || Number.isNaN(high) ? {} : { xRange: [low, high] }) },
        ...(inner === undefined ? [] : [{ ...place, xRange: inner }])
      ]
    })
  ]
}

/** That a table has no such estimate, and which it has. */
export const noEstimate = (place: string, asked: string, present: ReadonlyArray<string>): Fault => ({
  code: "no-estimate",
  message: `${place} asks for ${asked}, and its table has ${present.map((name) => `"${name}"`).join(", ")}`,
  where: { parameter: place }
})
