import fc from "fast-check"
import { parseHTML } from "linkedom"
import { describe, expect, it } from "vitest"
import { width } from "../../../src/render/monospace.ts"
import { printedHtml } from "../../../src/render/table/printed-html.ts"
import { printedMarkdown } from "../../../src/render/table/printed-markdown.ts"
import { printedSvg } from "../../../src/render/table/printed-svg.ts"
import { printedText } from "../../../src/render/table/printed-text.ts"
import { awkward, baseline, printed, weights } from "../tables.ts"

const tables = { baseline, awkward, weights, empty: printed({ title: "Nothing", columns: [], rows: [], notes: [] }) }

describe("printed table", () => {
  it.each([
    ["baseline", 100],
    ["baseline", 60],
    ["baseline", 30],
    ["awkward", 60],
    ["weights", 80],
    ["empty", 60]
  ] as const)("%s reads in a terminal of %i columns", async (name, columns) => {
    await expect(printedText(tables[name], { width: columns, colour: false })).toMatchFileSnapshot(`expected/${name}-${columns}.txt`)
  })

  it.each(["baseline", "awkward", "weights", "empty"] as const)("%s is Markdown", async (name) => {
    await expect(printedMarkdown(tables[name])).toMatchFileSnapshot(`expected/${name}.md`)
  })

  it("has no text that GitHub takes for mathematics", () => {
    const priced = printedMarkdown(printed({ title: "From $5 to $6", columns: [], rows: [], notes: ["$x_1$"] }))
    expect(priced).toContain("From \\$5 to \\$6")
    expect(priced).toContain("\\$x\\_1\\$")
  })

  it("has notes that begin no list, and no control characters", () => {
    const notes = ["- 5 is the minimum", "3. quartile", "-0.5 and 1.5 stay", "a\u0000\u001b[31mb"]
    expect(
      printedMarkdown(printed({ title: "", columns: [], rows: [], notes }))
        .split("\n\n")
        .slice(1)
        .join("\n")
    ).toBe("\\- 5 is the minimum\n3\\. quartile\n-0.5 and 1.5 stay\na\\[31mb\n")
  })

  it.each(["baseline", "awkward", "weights", "empty"] as const)("%s is SVG with real text", async (name) => {
    await expect(printedSvg(tables[name])).toMatchFileSnapshot(`expected/${name}.svg`)
  })

  it.each(["baseline", "awkward", "weights", "empty"] as const)("%s is an HTML fragment that says what heads what", async (name) => {
    await expect(printedHtml(tables[name])).toMatchFileSnapshot(`expected/${name}.html`)
  })

  it("has the paper's columns in HTML only where they are asked for", () => {
    expect(printedHtml(baseline)).toContain("0.767***")
    expect(printedHtml(baseline, { published: false })).not.toContain("0.767***")
  })

  it("every line of an HTML table has as many cells as the table has columns, spans counted", () => {
    for (const table of Object.values(tables)) {
      const { document } = parseHTML(`<html><body>${printedHtml(table)}</body></html>`)
      const lines = [...document.querySelectorAll("tr")]
      let carried = 0
      const widths = lines.map((line) => {
        const cells = [...line.children]
        const spans = cells.reduce((sum, cell) => sum + Number(cell.getAttribute("colspan") ?? 1), 0)
        const whole = spans + (carried > 0 ? 1 : 0)
        carried = Math.max(carried - 1, 0, ...cells.map((cell) => Number(cell.getAttribute("rowspan") ?? 1) - 1))
        return whole
      })
      expect(new Set(widths).size).toBe(1)
    }
  })

  it("has no line wider than the terminal, however narrow", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 130 }), fc.constantFrom(baseline, awkward), (columns, table) => {
        for (const line of printedText(table, { width: columns, colour: false }).split("\n")) expect(width(line)).toBeLessThanOrEqual(columns)
        for (const line of printedText(table, { width: columns, colour: true }).split("\n")) expect(width(line)).toBeLessThanOrEqual(columns)
      })
    )
  })

  it("uses escape sequences only when told", () => {
    expect(printedText(baseline, { width: 100, colour: false })).not.toContain("\u001b")
    expect(printedText(baseline, { width: 100, colour: true })).toContain("\u001b[1mTable 4")
  })

  it("carries the notes of its sources in every rendering", () => {
    const note = "Data: synthetic replica: not the authors' data"
    expect(printedText(baseline, { width: 100, colour: false })).toContain(note)
    expect(printedMarkdown(baseline)).toContain(note)
    expect(printedSvg(baseline)).toContain(note)
  })
})
