import { withoutControlCharacters } from "./control-characters.ts"
import { dark, light } from "./page-colours.ts"
/** What every SVG of Sediment shares: fonts and colours that hold on light and on dark pages, real text, and the same bytes for the same input. */

/** Text or an attribute's value inside SVG. Control characters, which XML forbids, are dropped. */
export const escapeXml = (text: string): string =>
  withoutControlCharacters(text).replace(/[&<>"]/g, (character) =>
    character === "&" ? "&amp;" : character === "<" ? "&lt;" : character === ">" ? "&gt;" : "&quot;"
  )

/** A coordinate: two decimals are a hundredth of a pixel. */
export const px = (x: number): string => String(Math.round(x * 100) / 100 + 0)

export const fontFamily = "Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"

// The page's colour scheme decides; the background is painted, so that the text keeps its contrast wherever the file is shown.
const classes = ({ hair, ink, page, quiet }: typeof light) =>
  `.sd-page{fill:${page}}.sd-ink{fill:${ink}}.sd-quiet{fill:${quiet}}.sd-rule{stroke:${ink}}.sd-hair{stroke:${hair}}.sd-root{color:${ink}}`
const style = `text{font-family:${fontFamily};font-variant-numeric:tabular-nums}
${classes(light)}
@media (prefers-color-scheme:dark){${classes(dark)}}`

const FOR_DARK = /@media \(prefers-color-scheme:dark\)\{((?:[^{}]*\{[^{}]*\})*)\}/g
/** An SVG of ours as a dark page has it, whatever the reader's scheme. */
export const darkened = (svg: string): string => svg.replace(FOR_DARK, "$1")
/** The same as a light page has it. */
export const lightened = (svg: string): string => svg.replace(FOR_DARK, "")

/** A whole SVG file with a painted background; `label` is what a screen reader says. */
export const svgDocument = (size: { readonly width: number; readonly height: number }, label: string, body: ReadonlyArray<string>, extraStyle = ""): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sd-root" width="${px(size.width)}" height="${px(size.height)}" viewBox="0 0 ${px(size.width)} ${px(size.height)}" role="img">`,
    `<title>${escapeXml(label)}</title>`,
    `<style>${style}${extraStyle}</style>`,
    `<rect class="sd-page" width="100%" height="100%"/>`,
    ...body,
    "</svg>",
    ""
  ].join("\n")

interface TextAt {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly anchor?: "start" | "middle" | "end"
  readonly tone?: "ink" | "quiet"
  readonly weight?: "bold"
}
export const svgText = (content: string, at: TextAt): string =>
  content === ""
    ? ""
    : `<text class="sd-${at.tone ?? "ink"}" x="${px(at.x)}" y="${px(at.y)}" font-size="${at.size}"${at.anchor === undefined || at.anchor === "start" ? "" : ` text-anchor="${at.anchor}"`}${at.weight === undefined ? "" : ` font-weight="${at.weight}"`}>${escapeXml(content)}</text>`

export const svgLine = (from: readonly [number, number], to: readonly [number, number], weight: number, tone: "rule" | "hair" = "rule"): string =>
  `<line class="sd-${tone}" x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" stroke-width="${weight}"/>`
