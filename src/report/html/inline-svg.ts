/** An SVG file as a part of an HTML page: pictures beside each other must not have an id, or a rule of style, in common. */

const RULE = /([^{}]*)\{/g

/** Sets a scope before every selector of a stylesheet; of rules inside of `@media` too, not of `@keyframes` and `@font-face`. */
const scopedStyle = (css: string, scope: string): string => {
  let keyframes = 0
  let depth = 0
  let out = ""
  let from = 0
  for (const match of css.matchAll(RULE)) {
    const skipped = css.slice(from, match.index)
    out += skipped
    depth -= skipped.split("}").length - 1
    if (depth < keyframes) keyframes = 0
    const [whole, head = ""] = match
    const selector = head.trim()
    if (/^@(-\w+-)?keyframes|^@font-face/.test(selector)) keyframes = depth + 1
    const scoped = selector
      .split(",")
      .map((one) => `${scope} ${one.trim()}`)
      .join(",")
    // Paper is light, whatever the screen is.
    const onScreen = whole.replace(/@media\s*\(prefers-color-scheme:\s*dark\)/, "@media screen and (prefers-color-scheme:dark)")
    out += selector.startsWith("@") || keyframes > 0 ? onScreen : `${scoped}{`
    depth++
    from = match.index + whole.length
  }
  return out + css.slice(from)
}

const TAG = /<[a-zA-Z][^\s>/]*(?:\s+[^\s=>/]+="[^"]*")*\s*\/?>/g

/** One opening tag: its own id and those that it refers to; and nothing that a screen reader would say of it, since the picture has its words. */
const scopedTag = (tag: string, prefix: string): string =>
  tag
    .replace(/\sid="([^"]+)"/g, ` id="${prefix}-$1"`)
    .replace(/url\((&quot;|')?#([^)'&]+)(&quot;|')?\)/g, (_, open = "", id: string, close = "") => `url(${open}#${prefix}-${id}${close})`)
    .replace(/\s((?:xlink:)?href)="#([^"]+)"/g, ` $1="#${prefix}-$2"`)
    .replace(/\s(?:role|aria-[a-z]+)="[^"]*"/g, "")

/** The `svg` element of a file: its ids and the references to them with `prefix` before them, its style for what stands in the element with the id `prefix` alone. */
export const inlineSvg = (svg: string, prefix: string): string =>
  svg
    .replace(/^\s*<\?xml[^>]*\?>/, "")
    .replace(/<!DOCTYPE[^>]*>/i, "")
    .replace(TAG, (tag) => scopedTag(tag, prefix))
    .replace(/<style>([\s\S]*?)<\/style>/g, (_, css: string) => `<style>${scopedStyle(css, `#${prefix}`)}</style>`)
    .replace(/^\s*<svg/, '<svg aria-hidden="true"')
    .trim()
