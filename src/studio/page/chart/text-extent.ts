/** How wide a text of a chart is, in pixels: what margins are made to fit. */
export const CHART_TEXT = 12
/** The height of a line of it. */
export const LINE = 16

let context: CanvasRenderingContext2D | null | undefined
const widths = new Map<string, number>()

export const textWidth = (text: string, size = CHART_TEXT): number => {
  const key = `${size} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  context ??= document.createElement("canvas").getContext("2d")
  if (context) context.font = `${size}px ${getComputedStyle(document.documentElement).fontFamily}`
  const width = context?.measureText(text).width ?? text.length * size * 0.6
  if (widths.size > 20_000) widths.clear()
  widths.set(key, width)
  return width
}

export const widest = (texts: ReadonlyArray<string>, size = CHART_TEXT): number => texts.reduce((width, text) => Math.max(width, textWidth(text, size)), 0)

/** A text that is no wider than so much: its beginning and an ellipsis where it is. */
export const cutToFit = (text: string, width: number, size = CHART_TEXT): string => {
  if (textWidth(text, size) <= width) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (textWidth(`${text.slice(0, middle)}…`, size) <= width) low = middle
    else high = middle - 1
  }
  return low === 0 ? "" : `${text.slice(0, low).trimEnd()}…`
}
