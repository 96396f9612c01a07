import * as Plot from "@observablehq/plot"
import { bySeries, type FigurePoint, ringsOf } from "./figure-layout.ts"
import type { SeriesStroke } from "./palette.ts"

/** A point in its facet. */
export type Drawn = FigurePoint & { readonly fx: number; readonly fy: number }

const held = (drawn: ReadonlyArray<Drawn>, mark: FigurePoint["mark"]): ReadonlyArray<Drawn> => drawn.filter((point) => point.mark === mark)
const facetOf = (point: Drawn): string => `${point.fx} ${point.fy}`
/** A band that stands alone: those of one facet and series are told apart by their group. */
const bandOf = (point: Drawn): string => `${facetOf(point)} ${point.group}`

/**
 * The marks of a figure for Observable Plot, from the back to the front: polygons, bars, bands, rules, points, intervals, arrows, lines. `many`: there are facets.
 */
export const plotMarks = (drawn: ReadonlyArray<Drawn>, stroke: (series: string) => SeriesStroke, many: boolean): ReadonlyArray<Plot.Markish> => {
  const facet = many ? ({ fx: "fx", fy: "fy" } as const) : {}
  const colour = (point: Drawn) => stroke(point.series).colour
  const bars = held(drawn, "bar")
  const points = held(drawn, "point")
  const rules = held(drawn, "rule")
  const intervals = held(drawn, "interval")
  const arrows = held(drawn, "arrow")
  const upright = intervals.filter(({ yLow }) => !Number.isNaN(yLow))
  const lying = intervals.filter(({ xLow }) => !Number.isNaN(xLow))
  const rule = { ...facet, stroke: "currentColor", strokeOpacity: 0.55, strokeDasharray: "3 3" }
  const bar = { ...facet, stroke: colour }
  // The inner of two intervals has no point of its own, and is thick.
  const isInner = (point: Drawn) => Number.isNaN(point.x) || Number.isNaN(point.y)
  const thick = intervals.some(isInner) ? ([1.8, 4.8] as const) : ([1.8] as const)
  return [
    ...[...bySeries(drawn, "polygon")].map(([series, vertices]) => {
      // Rings of a series in one path each facet; a vertex that is none lifts the pen between them.
      const pens = [...Map.groupBy(vertices, facetOf).values()].flatMap((within) =>
        ringsOf(within).flatMap((ring): ReadonlyArray<Drawn | undefined> => [...ring, ring[0]!, undefined])
      )
      const at = (of: (point: Drawn) => number) => pens.map((point) => (point === undefined ? Number.NaN : of(point)))
      const last = (of: (point: Drawn) => number) => pens.map((point, i) => of(point ?? pens[i - 1]!))
      return Plot.line(pens, {
        x: at(({ x }) => x),
        y: at(({ y }) => y),
        ...(many ? { fx: last(({ fx }) => fx), fy: last(({ fy }) => fy), z: last(({ fx, fy }) => fx * 1000 + fy) } : { z: null }),
        fill: stroke(series).colour,
        stroke: "#7b8490",
        strokeWidth: 0.5
      })
    }),
    Plot.rect(bars, { ...facet, x1: "xLow", x2: "xHigh", y1: "yLow", y2: "yHigh", fill: colour, fillOpacity: 0.85, inset: 0.4 }),
    ...[...bySeries(drawn, "band")].map(([series, band]) =>
      Plot.areaY(band, { ...facet, x: "x", y1: "yLow", y2: "yHigh", z: bandOf, fill: stroke(series).colour, fillOpacity: 0.22 })
    ),
    Plot.ruleX(
      rules.filter(({ x }) => !Number.isNaN(x)),
      { x: "x", ...rule }
    ),
    Plot.ruleY(
      rules.filter(({ y }) => !Number.isNaN(y)),
      { y: "y", ...rule }
    ),
    ...thick.flatMap((strokeWidth, inner) => {
      const line = { ...bar, strokeWidth, ...(inner === 1 ? { strokeOpacity: 0.45 } : {}) }
      return [
        Plot.link(
          upright.filter((point) => isInner(point) === (inner === 1)),
          { ...line, x1: "x", x2: "x", y1: "yLow", y2: "yHigh" }
        ),
        Plot.link(
          lying.filter((point) => isInner(point) === (inner === 1)),
          { ...line, x1: "xLow", x2: "xHigh", y1: "y", y2: "y" }
        )
      ]
    }),
    Plot.dot(
      intervals.filter(({ x, y }) => !Number.isNaN(x) && !Number.isNaN(y)),
      { ...facet, x: "x", y: "y", r: 3.4, fill: colour }
    ),
    Plot.dot(points, { ...facet, x: "x", y: "y", r: many ? 2.2 : 2.8, fill: colour, fillOpacity: points.length > 300 ? 0.45 : 0.75 }),
    Plot.arrow(arrows, { ...facet, x1: "xLow", y1: "yLow", x2: "x", y2: "y", stroke: colour, strokeWidth: 1.6, headLength: 7, inset: 1 }),
    ...[...bySeries(drawn, "line")].map(([series, line]) => {
      const { colour: of, dash } = stroke(series)
      return Plot.line(line, {
        ...facet,
        x: "x",
        y: "y",
        z: many ? facetOf : null,
        stroke: of,
        strokeWidth: 2,
        ...(dash === "" ? {} : { strokeDasharray: dash })
      })
    })
  ]
}
