import fc from "fast-check"
import { parseHTML } from "linkedom"
import { describe, expect, it } from "vitest"
import { compose } from "../../src/report/compose.ts"
import { type Block, type Document, grid } from "../../src/report/document.ts"
import { inlineSvg } from "../../src/report/html/inline-svg.ts"
import { writeHtml } from "../../src/report/html/write-html.ts"
import { writeMarkdown } from "../../src/report/write-markdown.ts"
import { awkward, baseline, printed, scatter } from "../render/tables.ts"
import { facts, node } from "./made-up-facts.ts"

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><style>.a{fill:red}</style><rect class="a"/></svg>'

/** A document that has every block, each with this text wherever a study's text may stand. */
const saying = (text: string): Document => {
  const blocks: ReadonlyArray<Block> = [
    { block: "paragraph", text: [text, { code: text }, { strong: text }, { to: "x", words: text }] },
    { block: "source", text },
    { block: "banner", tone: "synthetic", title: text, lines: [text] },
    { block: "list", items: [text] },
    { block: "facts", facts: [[text, text]] },
    ...grid(text, [text, text], [[text, text]]),
    {
      block: "printed",
      table: printed({ title: text, columns: [{ label: text, group: text }], rows: [{ label: text, cells: [{ text }] }], notes: [text] }, [text])
    },
    { block: "picture", name: "p", svg, alt: text, caption: text, notes: [text] },
    { block: "folded", summary: text, blocks: [{ block: "paragraph", text }] }
  ]
  const section = { id: "x", title: text, blocks, parts: [{ id: "y", title: text, blocks: [] }] }
  return { title: text, lead: [text], opening: blocks.slice(0, -2), first: [], sections: [section], closing: text }
}

const ELEMENTS = new Set(
  "html head meta title style body a header h1 h2 h3 p div main section nav ul li dl dt dd table caption thead tbody tr th td figure figcaption details summary code strong br svg rect span footer".split(
    " "
  )
)
const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "]]></style><script>x</script>",
  "javascript:alert(1)",
  "&lt;b&gt;",
  "</details></table>"
]

describe("HTML", () => {
  it.each(HOSTILE)("says a study's text as it is: %s", (text) => {
    const html = writeHtml(saying(text))
    const { document } = parseHTML(html)
    const all = [...document.querySelectorAll("*")]
    expect(all.map(({ tagName }) => tagName.toLowerCase()).filter((name) => !ELEMENTS.has(name))).toEqual([])
    expect(all.flatMap((one) => [...one.attributes].map(({ name }) => name)).filter((name) => name.startsWith("on"))).toEqual([])
    expect(document.querySelector("h1")!.textContent).toBe(text)
    expect(document.querySelector("td")!.textContent).toBe(text)
  })
  it("of any text has no element that is not the report's own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const { document } = parseHTML(writeHtml(saying(`x${text}`)))
        return [...document.querySelectorAll("*")].every(({ tagName }) => ELEMENTS.has(tagName.toLowerCase()))
      }),
      { numRuns: 60 }
    )
  })

  const whole = writeHtml(
    compose(
      facts([node("t[a b]", "PrintedTable"), node("t[a-b]", "PrintedTable"), node("gone", "PrintedTable")], {
        "t[a b]": baseline,
        "t[a-b]": awkward,
        gone: "its artifact is no longer in the store"
      })
    )
  )
  const { document } = parseHTML(whole)
  it("loads nothing and runs nothing", () => {
    expect(whole).not.toMatch(/<script|<link|@import|@font-face|\bsrc=|url\((?!#)/)
    expect([...document.querySelectorAll("a")].map((one) => one.getAttribute("href")).every((href) => href!.startsWith("#"))).toBe(true)
    expect(document.querySelector("meta[http-equiv]")!.getAttribute("content")).toContain("default-src 'none'")
  })
  it("has no id twice, and no link to nowhere", () => {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...document.querySelectorAll("a")].map((one) => one.getAttribute("href")!.slice(1)).filter((to) => !ids.includes(to))).toEqual([])
  })
  it("has landmarks, one h1, headings in order, a language, and headings of rows and columns", () => {
    expect(["header", "main", "nav", "footer"].map((name) => document.querySelectorAll(name).length)).toEqual([1, 1, 1, 1])
    const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map(({ tagName }) => Number(tagName[1]))
    expect(levels.filter((level) => level === 1)).toEqual([1])
    expect(levels.every((level, i) => i === 0 || level <= levels[i - 1]! + 1)).toBe(true)
    expect(document.documentElement.getAttribute("lang")).toBe("en")
    expect([...document.querySelectorAll("th")].every((th) => th.hasAttribute("scope"))).toBe(true)
  })
  it("says why an artifact cannot be shown", () => {
    expect(document.querySelector("main")!.textContent).toContain("It cannot be shown: its artifact is no longer in the store.")
  })
})

describe("pictures in a page", () => {
  it("are drawn twice, for a page and for a phone, each with its words; the notes are heard", () => {
    const { document } = parseHTML(writeHtml(compose(facts([node("f", "Figure")], { f: scatter }))))
    const drawings = [...document.querySelectorAll("#result-f ~ .picture [role=img]")]
    expect(drawings.map((one) => one.className)).toEqual(["for-page", "for-phone"])
    expect(drawings.map((one) => one.querySelector("svg")!.getAttribute("width"))).toEqual(["620", "330"])
    expect(drawings.every((one) => one.getAttribute("aria-label")!.startsWith("Figure 3. Correlation"))).toBe(true)
    expect(document.querySelector("figcaption.heard")!.textContent).toContain("Data: synthetic replica")
  })
  it("share no id and no rule of style", () => {
    const one = inlineSvg(
      '<?xml version="1.0"?><svg role="img"><title>t</title><style>text,.a{x:1}@media (prefers-color-scheme:dark){.a{x:2}}@keyframes k{from{x:1}}.b{x:3}</style><clipPath id="c"/><g clip-path="url(#c)" aria-label="line"><use href="#c"/><text>id="c" url(#c)</text></g></svg>',
      "p1"
    )
    expect(one).toBe(
      '<svg aria-hidden="true"><title>t</title><style>#p1 text,#p1 .a{x:1}@media screen and (prefers-color-scheme:dark){#p1 .a{x:2}}@keyframes k{from{x:1}}#p1 .b{x:3}</style><clipPath id="p1-c"/><g clip-path="url(#p1-c)"><use href="#p1-c"/><text>id="c" url(#c)</text></g></svg>'
    )
  })
})

describe("Markdown", () => {
  it.each(HOSTILE)("says a study's text as it is: %s", (text) => {
    const { text: markdown } = writeMarkdown(saying(text), "report_files")
    const outside = markdown.replace(/`+[^`]*`+/g, "").replace(/<\/?(?:details|summary)>|<a id="[\w-]+"><\/a>|<br>|\(<report_files\/p\.svg>\)/g, "")
    expect(outside).not.toMatch(/<[a-z/!]/i)
  })
  it("has pictures as files beside it", () => {
    const { pictures, text } = writeMarkdown(saying("T"), "report_files")
    expect([...pictures]).toEqual([["report_files/p.svg", svg]])
    expect(text).toContain("![T](<report_files/p.svg>)")
  })
  it("has what begins a list or a heading as text, pipes in cells, backticks in code", () => {
    const document: Document = {
      ...saying("x"),
      opening: [
        { block: "paragraph", text: "1. not a list" },
        { block: "paragraph", text: "# not a heading" },
        { block: "paragraph", text: "- no item" },
        { block: "paragraph", text: [{ code: "a`b" }] },
        ...grid("c", ["n"], [[[{ code: "a|b" }]]])
      ]
    }
    const { text } = writeMarkdown(document, "f")
    for (const line of ["1\\. not a list", "\\# not a heading", "\\- no item", "`` a`b ``", "| `a\\|b` |"]) expect(text.split("\n")).toContain(line)
  })
})
