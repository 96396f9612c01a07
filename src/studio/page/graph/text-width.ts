/** How wide text is in the page's own font, so that boxes fit their names before anything is drawn. */
const known = new Map<string, number>()
let context: CanvasRenderingContext2D | null | undefined

/** Pixels; `style` as CSS writes it: `600 13px`. */
export const textWidth = (text: string, style: string): number => {
  const key = `${style} ${text}`
  let width = known.get(key)
  if (width === undefined) {
    if (context === undefined) context = document.createElement("canvas").getContext("2d")
    if (context) context.font = `${style} ${getComputedStyle(document.body).fontFamily}`
    known.set(key, (width = context?.measureText(text).width ?? text.length * 7))
  }
  return width
}
