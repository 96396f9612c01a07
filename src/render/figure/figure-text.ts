import type { StoredTable } from "../../artifact/column.ts"
import { cut, pad, plain, width, wrap } from "../monospace.ts"
import { significant } from "../numbers.ts"
import type { TextOptions } from "../table/printed-text.ts"
import { terminalStyle } from "../terminal-style.ts"
import { brailleCanvas } from "./braille.ts"
import { bySeries, extentOf, type FigureLayout, type FigurePanel, figureLayout, figureNotes, reach, ringsOf, tickLabel, ticksOf } from "./figure-layout.ts"

const keys = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
const short = (x: number): string => (Number.isInteger(x) ? tickLabel(x) : significant(x, 3))

type Place = readonly [x: number, y: number]
/** The straight lines that a mark with ranges is sketched by. */
const outlineOf = ({ mark, x, xHigh, xLow, y, yHigh, yLow }: FigurePanel["points"][number]): ReadonlyArray<readonly [Place, Place]> => {
  if (mark === "interval")
    return [
      ...(Number.isNaN(xLow)
        ? []
        : [
            [
              [xLow, y],
              [xHigh, y]
            ] as const
          ]),
      ...(Number.isNaN(yLow)
        ? []
        : [
            [
              [x, yLow],
              [x, yHigh]
            ] as const
          ])
    ]
  if (mark === "arrow")
    return [
      [
        [xLow, yLow],
        [x, y]
      ]
    ]
  if (mark !== "bar") return []
  const corners: ReadonlyArray<Place> = [
    [xLow, yLow],
    [xLow, yHigh],
    [xHigh, yHigh],
    [xHigh, yLow]
  ]
  return corners.map((corner, i) => [corner, corners[(i + 1) % 4]!])
}

/** Axes and a canvas of `columns` by `rows`; every line is `gutter + 1 + columns` wide, the y labels included. */
const panelLines = (panel: FigurePanel, layout: FigureLayout, columns: number, rows: number, lettered: boolean, options: TextOptions) => {
  const style = terminalStyle(options.colour)
  const [x0, x1] = extentOf(panel.points.flatMap((p) => reach(p, "x")))
  const [y0, y1] = extentOf(panel.points.flatMap((p) => reach(p, "y")))
  // Kilometres from somewhere say nothing of a map.
  const told = panel.points.some(({ mark }) => mark === "polygon") ? () => "" : short
  const high = told(y1)
  const low = told(y0)
  const names = ticksOf(layout, "y")
  const named = new Map([...names].map(([y, name]) => [y1 === y0 ? 0 : Math.round(((y1 - y) / (y1 - y0)) * (rows - 1)), plain(name)]))
  const gutter = Math.min(Math.floor(columns * 0.4), Math.max(...(names.size > 0 ? [...named.values()].map(width) : [width(high), width(low)])))
  const inner = Math.max(4, columns - gutter - 1)
  const canvas = brailleCanvas(inner, rows)
  const at = (x: number, y: number): readonly [number, number] => [
    Math.round(((x - x0) / (x1 - x0)) * (inner * 2 - 1)),
    Math.round((1 - (y - y0) / (y1 - y0)) * (rows * 4 - 1))
  ]
  const colour = (series: string) => layout.series.indexOf(series)
  for (const point of panel.points)
    if (point.mark === "rule") {
      if (!Number.isNaN(point.y)) canvas.line(at(x0, point.y), at(x1, point.y), colour(point.series), 4)
      if (!Number.isNaN(point.x)) canvas.line(at(point.x, y0), at(point.x, y1), colour(point.series), 4)
    } else if (point.mark === "point") canvas.dot(...at(point.x, point.y), colour(point.series))
    else for (const [from, to] of outlineOf(point)) canvas.line(at(...from), at(...to), colour(point.series))
  for (const ring of ringsOf(panel.points))
    ring.forEach((vertex, i) => {
      const next = ring[(i + 1) % ring.length]!
      canvas.line(at(vertex.x, vertex.y), at(next.x, next.y), colour(vertex.series))
    })
  for (const [series, bands] of bySeries(panel.points, "band"))
    for (const band of Map.groupBy(bands, ({ group }) => group).values())
      for (const side of ["yLow", "yHigh"] as const)
        band.slice(1).forEach((point, i) => {
          canvas.line(at(band[i]!.x, band[i]![side]), at(point.x, point[side]), colour(series), 3)
        })
  for (const [series, points] of bySeries(panel.points, "line")) {
    points.slice(1).forEach((point, i) => {
      canvas.line(at(points[i]!.x, points[i]!.y), at(point.x, point.y), colour(series))
    })
  }
  if (lettered)
    for (const [series, points] of bySeries(panel.points, "line")) {
      // A letter at the line's end; where another stands there, further to the left along the line.
      for (const point of [...points].reverse()) if (canvas.letter(...at(point.x, point.y), keys[colour(series) % keys.length]!, colour(series))) break
    }
  const paint = (text: string, series: number) => style.series(text, series)
  const drawn = canvas
    .lines(paint)
    .map((line, r) => `${pad(cut(names.size > 0 ? (named.get(r) ?? "") : r === 0 ? high : r === rows - 1 ? low : "", gutter), gutter, "right")}│${line}`)
  const left = told(x0)
  const right = told(x1)
  return [
    ...(panel.name === "" ? [] : [pad(plain(panel.name), gutter + 1 + inner, "centre")]),
    ...drawn,
    `${" ".repeat(gutter)}└${"─".repeat(inner)}`,
    `${" ".repeat(gutter + 1)}${pad(left, inner - width(right))}${right}`
  ]
}

/** Lines of one panel's sketch: fourteen, or so many that each of the names on its axis has its own. */
const rowsFor = (names: ReadonlyMap<number, string>): number => {
  if (names.size <= 14) return 14
  const places = [...names.keys()].sort((a, b) => a - b)
  const nearest = places.slice(1).reduce((least, y, i) => Math.min(least, y - places[i]!), Number.POSITIVE_INFINITY)
  return Math.min(60, Math.round((places.at(-1)! - places[0]!) / nearest) + 2)
}

/** A Figure as a sketch of braille dots: small, to see the shape; the SVG is the figure. Lines end in the letter that the legend explains. */
export const figureText = (table: StoredTable, options: TextOptions): string => {
  const style = terminalStyle(options.colour)
  const layout = figureLayout(table)
  const lineSeries = [...new Set(layout.panels.flatMap((panel) => [...bySeries(panel.points, "line").keys()]))].filter((series) => series !== "")
  const lettered = lineSeries.length > 1
  const many = layout.panels.length > 1
  const beside = many ? Math.max(1, Math.floor((options.width + 2) / 38)) : 1
  const columns = Math.min(many ? 36 : 72, options.width)
  const lines: Array<string> = wrap(layout.title, options.width).map(style.bold)
  if (layout.yLabel !== "") lines.push(cut(`↑ ${plain(layout.yLabel)}`, options.width))
  for (let first = 0; first < layout.panels.length; first += beside) {
    const row = layout.panels
      .slice(first, first + beside)
      .map((panel) => panelLines(panel, layout, columns, many ? 7 : rowsFor(ticksOf(layout, "y")), lettered, options))
    row[0]!.forEach((_, i) => {
      lines.push(
        row
          .map((panel) => panel[i]!)
          .join("  ")
          .trimEnd()
      )
    })
  }
  if (layout.xLabel !== "") {
    const label = cut(`${plain(layout.xLabel)} →`, options.width)
    lines.push(pad(label, Math.max(columns, width(label)), "right"))
  }
  if (lettered) {
    const legend = lineSeries.map((series) => {
      const index = layout.series.indexOf(series)
      return `${keys[index % keys.length]!} ${plain(series)}`
    })
    lines.push(...wrap(legend.map((entry) => entry.replaceAll(" ", "\u00a0")).join("  "), options.width).map((line) => line.replaceAll("\u00a0", " ")))
  }
  if (lineSeries.length === 1) lines.push(...wrap(`─ ${lineSeries[0]}`, options.width, 2))
  for (const note of figureNotes(layout)) lines.push(...wrap(note, options.width).map(style.dim))
  return `${lines.join("\n")}\n`
}
