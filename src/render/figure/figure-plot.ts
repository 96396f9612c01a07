import * as Plot from "@observablehq/plot"
import { parseHTML } from "linkedom"
import { fontFamily, px } from "../svg.ts"
import { textExtent, wrapToExtent } from "../text-extent.ts"
import { namedPlaces, nameLines, namesBelow, slanted } from "./axis-names.ts"
import { bySeries, extentOf, type FigureLayout, type FigurePoint, panelsAcross, reach, tickLabel, ticksOf } from "./figure-layout.ts"
import { type Drawn, plotMarks } from "./figure-marks.ts"
import { namesOnMap } from "./names-on-map.ts"
import type { SeriesStroke } from "./palette.ts"
import { placeLabels } from "./place-labels.ts"
import { spread } from "./spread.ts"

const fontSize = 12.5
/** From a line's end to its label. */
const leader = 14

const labelSize = 10
/** Between facets, as a share of their step; one alone takes all. */
const gapAmong = (count: number, gap: number): number => (count > 1 ? gap : 0)
/** Pixels that a year or a number needs on an axis, more or less. */
const TICK_ROOM = 45

/** A facet's part of the width or height that `count` of them share. */
const facetShare = (count: number, gap: number): number => (1 - gap) / (count - gap)

/** How the facets are laid out: a single panel is no facet. */
const facetsOf = (layout: FigureLayout) => {
  const count = layout.panels.length
  const across = panelsAcross(count)
  return { many: count > 1, across, down: Math.max(1, Math.ceil(count / across)) }
}

const padded = ([low, high]: readonly [number, number], share: number): [number, number] => [low - (high - low) * share, high + (high - low) * share]

// Plot's coordinates carry the last bits of its arithmetic; a hundredth of a pixel is enough.
const rounded = (svg: string): string =>
  svg.replace(/ (?:transform|d|x|y|x1|x2|y1|y2|cx|cy|width|height)="[^"]*"/g, (attribute) => attribute.replace(/-?\d+\.\d+/g, (x) => px(Number(x))))

/** A label's leader: from a line's end, in pixels from the plot's top left corner. */
interface Leader {
  readonly series: string
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
}
interface DrawnPlot {
  /** The plot as an SVG element whose top left corner stands there. */
  readonly svgAt: (x: number, y: number) => string
  readonly height: number
  readonly leaders: ReadonlyArray<Leader>
}

/**
 * The plot of a figure, `width` pixels wide, without title or notes: axes, marks, one facet a panel. Several lines in one panel are labelled at their
 * ends, and the leaders from end to label are given back to be drawn.
 */
export const drawPlot = (layout: FigureLayout, stroke: (series: string) => SeriesStroke, width: number): DrawnPlot => {
  const { across, down, many } = facetsOf(layout)
  const drawn: ReadonlyArray<Drawn> = layout.panels.flatMap((panel, i) =>
    panel.points.map((point) => ({ ...point, fx: i % across, fy: Math.floor(i / across) }))
  )
  const lineNames = [...bySeries(drawn, "line").keys()].filter((series) => series !== "")
  const endLabels = !many && lineNames.length > 1 && drawn.every((point) => point.mark === "line" || point.mark === "rule")
  const onlyLines = drawn.every((point) => point.mark === "line")
  const map = drawn.some((point) => point.mark === "polygon")
  const names = { x: ticksOf(layout, "x"), y: ticksOf(layout, "y") }
  const reached = { x: drawn.flatMap((point) => reach(point, "x")), y: drawn.flatMap((point) => reach(point, "y")) }
  // A bar stands on its axis; rows with names have half a row around them.
  const bars = drawn.some((point) => point.mark === "bar")
  const named = (axis: "x" | "y", extent: readonly [number, number], share: number): [number, number] =>
    names[axis].size > 0 ? [extent[0] - 0.5, extent[1] + 0.5] : padded(extent, share)
  const x = named("x", extentOf(reached.x), onlyLines || map || bars ? 0 : 0.03)
  const onAxis = bars && names.y.size === 0 && Math.min(...reached.y) === 0
  const y = named("y", extentOf(reached.y), map || (bars && names.y.size > 0) ? 0 : 0.04)
  if (onAxis) y[0] = 0
  if (bars && names.y.size > 0) [y[0], y[1]] = extentOf(reached.y)
  if (bars && names.x.size > 0) [x[0], x[1]] = extentOf(reached.x)
  const top = map ? (many ? 28 : 6) : many ? 46 : 30
  const yNames = new Map([...names.y].map(([at, name]) => [at, nameLines(name, fontSize, width * (bars ? 0.56 : 0.42), bars ? 1 : 3)]))
  const linesOfName = Math.max(1, ...[...yNames.values()].map((lines) => lines.length))
  const rowHeight = bars ? 17 : Math.max(linesOfName > 1 ? 10 + 14 * linesOfName : 24, 11 * layout.series.filter((series) => series !== "").length)
  const left = map
    ? 0
    : names.y.size > 0
      ? 16 + Math.max(...[...yNames.values()].flat().map((line) => textExtent(line, fontSize)))
      : 20 + Math.max(...[...y, (y[0] + y[1]) / 3].map((tick) => textExtent(tickLabel(Number(tick.toPrecision(3))), fontSize)))
  const right = map ? 0 : endLabels ? leader + 8 + Math.max(...lineNames.map((name) => textExtent(name, fontSize))) : 14
  const gap = { x: gapAmong(across, map ? 0.04 : 0.1), y: gapAmong(down, map ? 0.12 : 0.22) }
  const facetWidth = (width - left - right) * facetShare(across, gap.x)
  // The label stands under the middle of the axis; one that would reach beyond the picture is broken.
  const middle = (left + width - right) / 2
  const xLabel = wrapToExtent(layout.xLabel, fontSize, 2 * Math.min(middle, width - middle))
  const bottom = map ? 6 : (names.x.size > 0 ? namesBelow(names.x, fontSize, facetWidth) : 44) + Math.max(0, xLabel.length - 1) * fontSize
  const height = map
    ? top + bottom + (facetWidth * (y[1] - y[0])) / (x[1] - x[0]) / facetShare(down, gap.y)
    : names.y.size > 0
      ? top + bottom + down * Math.max(90, names.y.size * rowHeight)
      : many
        ? 66 + down * (across <= 2 ? 195 : 140)
        : Math.max(380, endLabels ? top + bottom + lineNames.length * (fontSize + 2) : 0)
  const pixel = (value: number) => top + ((y[1] - value) / (y[1] - y[0])) * (height - top - bottom)
  const ends = endLabels ? lineNames.map((name) => bySeries(drawn, "line").get(name)!.at(-1)!) : []
  const endAt = spread(
    ends.map((point) => pixel(point.y)),
    fontSize + 2,
    top,
    height - bottom
  )
  const facet = many ? ({ fx: "fx", fy: "fy" } as const) : {}
  const place = { x: "x", y: "y", ...facet } as const
  // A facet's own pixels, near enough to see where labels would cover each other.
  const frame = { width: facetWidth, height: (height - top - bottom) * facetShare(down, gap.y) }
  const labelled = layout.panels.flatMap((panel, i) => {
    const inPanel = drawn.filter((point) => point.label !== "" && point.mark !== "tick" && point.fx === i % across && point.fy === Math.floor(i / across))
    const at = (point: FigurePoint) => ({ x: ((point.x - x[0]) / (x[1] - x[0])) * frame.width, y: ((y[1] - point.y) / (y[1] - y[0])) * frame.height })
    const boxes = inPanel.map((point) => ({ ...at(point), width: textExtent(point.label, labelSize) }))
    if (map) {
      const rooms = inPanel.map(({ xHigh, xLow }) => ((xHigh - xLow) / (x[1] - x[0])) * frame.width)
      const written = namesOnMap(
        boxes.map((box, k) => ({ ...box, room: rooms[k]! })),
        labelSize
      )
      return inPanel.flatMap((point, k) => (written[k] ? [{ point, place: { dx: 0, dy: 0, anchor: "middle" as const } }] : []))
    }
    const dots = panel.points.filter(({ mark }) => mark === "point").map(at)
    const places = placeLabels(boxes, labelSize + 2, frame, dots)
    return inPanel.map((point, k) => ({ point, place: places[k]! }))
  })
  const { document } = parseHTML("<!doctype html><html><body></body></html>")
  const plot = Plot.plot({
    document,
    className: "sd-figure",
    width,
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: left,
    marginRight: right,
    style: { fontFamily, fontSize: `${fontSize}px`, background: "none", overflow: "visible", ...(map ? { fillRule: "evenodd" } : {}) },
    x: {
      domain: x,
      label: xLabel.join("\n"),
      labelAnchor: "center",
      labelArrow: "none",
      ...(map
        ? { axis: null }
        : names.x.size > 0
          ? {
              ticks: namedPlaces(names.x, fontSize, facetWidth),
              tickFormat: (at: number) => names.x.get(at)!,
              tickSize: 0,
              ...(slanted(names.x, fontSize, facetWidth) ? { tickRotate: -45 } : {})
            }
          : { ticks: Math.max(2, Math.min(many ? 3 : 7, Math.floor(facetWidth / TICK_ROOM))), tickFormat: tickLabel, grid: names.y.size > 0 && !bars })
    },
    y: {
      domain: y,
      label: layout.yLabel,
      labelArrow: "none",
      ...(map
        ? { axis: null }
        : names.y.size > 0
          ? { ticks: [...names.y.keys()], tickFormat: (at: number) => yNames.get(at)!.join("\n"), tickSize: 0 }
          : { ticks: many ? 3 : 6, tickFormat: tickLabel, grid: true })
    },
    ...(many ? { fx: { axis: null, paddingInner: gap.x, paddingOuter: 0 }, fy: { axis: null, paddingInner: gap.y, paddingOuter: 0 } } : {}),
    marks: [
      ...(many && !map ? [Plot.frame({ stroke: "currentColor", strokeOpacity: 0.25 })] : []),
      ...plotMarks(drawn, stroke, many),
      ...labelled.map(({ place: at, point }) =>
        Plot.text([point], { ...place, text: "label", dx: at.dx, dy: at.dy, textAnchor: at.anchor, fontSize: labelSize, className: "sd-halo" })
      ),
      ...(many
        ? [
            Plot.text(layout.panels, {
              fx: layout.panels.map((_, i) => i % across),
              fy: layout.panels.map((_, i) => Math.floor(i / across)),
              text: "name",
              frameAnchor: "top",
              dy: -14,
              fontSize: 11.5,
              fontWeight: "bold"
            })
          ]
        : []),
      ...ends.map((point, i) => Plot.text([point], { x: "x", y: "y", text: "series", textAnchor: "start", dx: leader + 4, dy: endAt[i]! - pixel(point.y) }))
    ]
  })
  // Plot's own style sheet would reach the whole page that the file is put into.
  plot.querySelector("style")?.remove()
  const leaders = ends.map((point, i): Leader => {
    const at = left + ((point.x - x[0]) / (x[1] - x[0])) * (width - left - right)
    return { series: point.series, from: [at + 1, pixel(point.y)], to: [at + leader, endAt[i]!] }
  })
  const svgAt = (px0: number, py0: number): string => {
    plot.setAttribute("x", px(px0))
    plot.setAttribute("y", px(py0))
    return rounded(plot.outerHTML)
  }
  return { svgAt, height, leaders }
}
