import { escapeHtml, htmlDocument } from "../../render/html.ts"
import { printedHtml, printedHtmlStyle } from "../../render/table/printed-html.ts"
import { type Block, type Document, type Grid, type Piece, plainText, type Section, type Text } from "../document.ts"
import { inlineSvg } from "./inline-svg.ts"
import { reportStyle } from "./style.ts"

const piece = (one: Piece): string => {
  if (typeof one === "string") return escapeHtml(one)
  if ("line" in one) return "<br>"
  if ("code" in one) return `<code>${escapeHtml(one.code)}</code>`
  if ("strong" in one) return `<strong>${escapeHtml(one.strong)}</strong>`
  return `<a href="#${escapeHtml(one.to)}">${escapeHtml(one.words)}</a>`
}
const inline = (text: Text): string => (typeof text === "string" ? escapeHtml(text) : text.map(piece).join(""))

/** A box of its own for what may be wider than the page; the keyboard reaches it. */
const scrolling = (label: string, content: string): string =>
  `<div class="sd-scroll" role="group" tabindex="0" aria-label="${escapeHtml(label)}">\n${content}\n</div>`

/** Texts of a column longer than this get room to stand in few lines. */
const LONG = 40

const gridHtml = ({ caption, columns, rows }: Grid): string => {
  const classes = columns.map(({ align, whole }, c) => {
    if (align === "right") return ' class="right"'
    if (whole) return ' class="whole"'
    return rows.some((row) => plainText(row[c]!).length > LONG) ? ' class="long"' : ""
  })
  const head = columns.map(({ label }, c) => `<th scope="col"${classes[c]}>${escapeHtml(label)}</th>`).join("")
  const body = rows.map((row) => {
    const cells = row.map((cell, c) => (c === 0 ? `<th scope="row"${classes[c]}>${inline(cell)}</th>` : `<td${classes[c]}>${inline(cell)}</td>`))
    return `<tr>${cells.join("")}</tr>`
  })
  return scrolling(
    caption,
    `<table class="plain">\n<caption>${escapeHtml(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`
  )
}

/** What a picture says to a screen reader stands on the element that holds it; what is inside is drawing. Of two drawings the page shows the one that fits. */
const pictureHtml = ({ alt, caption, name, narrow, notes, svg, wide }: Extract<Block, { block: "picture" }>): string => {
  const drawing = (id: string, one: string, shown: string) => `<div id="${id}" role="img"${shown} aria-label="${escapeHtml(alt)}">${inlineSvg(one, id)}</div>`
  const drawings =
    narrow === undefined
      ? drawing(`picture-${name}`, svg, "")
      : `${drawing(`picture-${name}`, svg, ' class="for-page"')}\n${drawing(`narrow-${name}`, narrow, ' class="for-phone"')}`
  const said = [...(caption === "" ? [] : [caption]), ...notes]
  // Where there is no caption, the notes are drawn in the picture: here they are for whoever does not see it.
  const under = said.length === 0 ? "" : `\n<figcaption${caption === "" ? ' class="heard"' : ""}>${said.map(escapeHtml).join("<br>")}</figcaption>`
  return `<figure class="picture">\n${wide === true ? scrolling(caption, drawings) : drawings}${under}\n</figure>`
}

const TONES = { synthetic: "Note", stale: "Attention", failed: "Attention", ok: "State" } as const

const blockHtml = (block: Block): string => {
  switch (block.block) {
    case "paragraph":
      return `<p>${inline(block.text)}</p>`
    case "source":
      return `<p class="source">${inline(block.text)}</p>`
    case "banner": {
      const lines = block.lines.map((line) => `<p>${inline(line)}</p>`).join("\n")
      return `<div class="banner ${block.tone}" role="note" aria-label="${TONES[block.tone]}: ${escapeHtml(block.title)}">\n<p class="name">${escapeHtml(block.title)}</p>\n${lines}\n</div>`
    }
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${inline(item)}</li>`).join("\n")}\n</ul>`
    case "facts":
      return `<dl>\n${block.facts.map(([term, text]) => `<dt>${escapeHtml(term)}</dt><dd>${inline(text)}</dd>`).join("\n")}\n</dl>`
    case "grid":
      return gridHtml(block)
    case "printed":
      return printedHtml(block.table).trimEnd()
    case "picture":
      return pictureHtml(block)
    case "folded":
      return `<details>\n<summary>${escapeHtml(block.summary)}</summary>\n${block.blocks.map(blockHtml).join("\n")}\n</details>`
  }
}

/** Headings below h3 are none that a reader of a phone would tell apart: parts stand in sections, and nothing in parts. */
const partHtml = ({ blocks, id, title }: Section): string =>
  `<div class="part">\n<h3 id="${id}">${escapeHtml(title)}</h3>\n${blocks.map(blockHtml).join("\n")}\n</div>`

const sectionHtml = ({ blocks, id, parts = [], title }: Section): string =>
  `<section aria-labelledby="${id}">\n<h2 id="${id}">${escapeHtml(title)}</h2>\n${[...blocks.map(blockHtml), ...parts.map(partHtml)].join("\n")}\n<p class="top"><a href="#contents">Back to the contents</a></p>\n</section>`

/** Parts of a section that its contents name at once. */
const SHORT = 6

const contents = (sections: ReadonlyArray<Section>): string => {
  const link = ({ id, title }: Section) => `<a href="#${id}">${escapeHtml(title)}</a>`
  const item = (section: Section) => {
    const parts = (section.parts ?? []).map((part) => `<li>${link(part)}</li>`)
    const list = parts.length === 0 ? "" : `<ul>${parts.join("")}</ul>`
    return `<li>${link(section)}${parts.length <= SHORT ? list : `<details><summary>${parts.length} of them</summary>${list}</details>`}</li>`
  }
  return `<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ul>\n${sections.map(item).join("\n")}\n</ul>\n</nav>`
}

/** A report as one HTML file that needs nothing but itself: no network, no script, no font. */
export const writeHtml = ({ closing, first, lead, opening, sections, title }: Document): string =>
  htmlDocument(
    `${title}: report`,
    `${printedHtmlStyle}${reportStyle}`,
    [
      '<a class="skip" href="#main">Skip to the results</a>',
      "<header>",
      `<h1>${escapeHtml(title)}</h1>`,
      ...lead.map((text) => `<p class="lead">${inline(text)}</p>`),
      ...opening.map(blockHtml),
      "</header>",
      '<main id="main">',
      ...first.map(sectionHtml),
      contents(sections),
      ...sections.map(sectionHtml),
      "</main>",
      `<footer><p>${inline(closing)}</p></footer>`
    ].join("\n")
  )
