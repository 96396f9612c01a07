import type { StoredTable } from "../../artifact/column.ts"
import { escapeXml, px, svgDocument, svgText } from "../svg.ts"
import { textExtent, wrapToExtent } from "../text-extent.ts"
import { figureLayout, figureNotes } from "./figure-layout.ts"
import { drawPlot } from "./figure-plot.ts"
import { blue, missingPattern, missingSeries, notSignificant, type SeriesStroke, strokesOf } from "./palette.ts"

/** As wide as a printed page's text, in pixels. */
const PAGE = 620
/** As wide as a column of a journal: at 85 mm its smallest letters, of 10 pixels, are 7 points high. */
export const columnPixels = 340
const margin = 16
const small = 11.5

// The blue is too dark on a dark page: a tint of it stands in there.
const darkBlue = `.sd-root [fill="${blue}"]{fill:#4fa3d8}.sd-root [stroke="${blue}"]{stroke:#4fa3d8}`
// Grey that says "not significant" recedes on a dark page too.
const mapStyle = `
@media (prefers-color-scheme:dark){.sd-root [fill="${notSignificant}"]{fill:#343b45}}`
// Labels over points and lines keep a rim of the page's colour.
const style = `.sd-halo{paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}
@media (prefers-color-scheme:dark){.sd-halo{stroke:#0d1117}${darkBlue}}`

const svgLeader = (from: readonly [number, number], to: readonly [number, number], colour: string): string =>
  `<line x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" stroke="${colour}" stroke-width="1"/>`

/** A Figure as SVG, so many pixels wide, drawn by Observable Plot into a document that never meets a browser. The same table gives the same bytes. Letters are as large in a narrow one; without `titled` the title is left to a caption. */
export const figureSvg = (table: StoredTable, width = PAGE, titled = true): string => {
  const inner = width - 2 * margin
  const layout = figureLayout(table)
  const points = layout.panels.flatMap((panel) => panel.points)
  const carries = (point: (typeof points)[number]) => point.mark !== "rule" && point.mark !== "tick"
  const named = [...new Set(points.filter((point) => point.series !== "" && carries(point)).map((point) => point.series))]
  // Marks without a series come first where there are any, so that a fitted line differs from its points.
  const offset = points.some((point) => point.series === "" && carries(point) && point.mark !== "text") ? 1 : 0
  const stroke: (series: string) => SeriesStroke = strokesOf(layout.palette, named, offset)
  // Every class of a map is an area, also one that no entity is in.
  const map = points.some(({ mark }) => mark === "polygon")
  const filled = new Set(points.filter(({ mark }) => map || mark === "bar").map(({ series }) => series))
  const { height, leaders, svgAt } = drawPlot(layout, stroke, inner)
  const body: Array<string> = named.includes(missingSeries) ? [`<defs>${missingPattern}</defs>`] : []
  let y = margin
  for (const line of titled ? wrapToExtent(layout.title, 14 * 1.06, inner) : [])
    body.push(svgText(line, { x: margin, y: (y += 18) - 4, size: 14, weight: "bold" }))
  let x = margin
  y += 6
  const legend = named.filter((series) => leaders.every((label) => label.series !== series))
  legend.forEach((series, i) => {
    const { colour, dash } = stroke(series)
    const lines = wrapToExtent(series, small, inner - 28)
    const extent = 30 + Math.max(...lines.map((line) => textExtent(line, small)))
    if (i === 0 || x + extent > width - margin) {
      x = margin
      y += 17
    }
    body.push(
      filled.has(series)
        ? `<rect x="${px(x)}" y="${px(y - 10)}" width="22" height="12" fill="${colour}" stroke="#7b8490" stroke-width="0.5"/>`
        : `<line x1="${px(x)}" y1="${px(y - 4)}" x2="${px(x + 22)}" y2="${px(y - 4)}" stroke="${colour}" stroke-width="2.5"${dash === "" ? "" : ` stroke-dasharray="${escapeXml(dash)}"`}/>`
    )
    lines.forEach((line, l) => {
      if (l > 0) y += 15
      body.push(svgText(line, { x: x + 28, y, size: small }))
    })
    x += extent + 20
  })
  const top = y + (legend.length > 0 ? 12 : 4)
  body.push(svgAt(margin, top))
  for (const { from, series, to } of leaders) body.push(svgLeader([margin + from[0], top + from[1]], [margin + to[0], top + to[1]], stroke(series).colour))
  y = top + height
  for (const note of figureNotes(layout))
    for (const line of wrapToExtent(note, small, inner)) body.push(svgText(line, { x: margin, y: (y += 16), size: small, tone: "quiet" }))
  return svgDocument({ width, height: y + margin }, layout.title, body, map ? style + mapStyle : style)
}
