import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { nameLines } from "../../../src/render/figure/axis-names.ts"
import { figureMarkdown } from "../../../src/render/figure/figure-markdown.ts"
import { figureSvg } from "../../../src/render/figure/figure-svg.ts"
import { figureText } from "../../../src/render/figure/figure-text.ts"
import { width } from "../../../src/render/monospace.ts"
import { textExtent } from "../../../src/render/text-extent.ts"
import { band, coefficients, edit, figure, histogram, hundred, levels, map, missing, moran, region, scatter, trend } from "../tables.ts"

const one = figure({ title: "One point", x: "x", y: "y" }, [{ mark: "point", x: 3, y: 5 }])
const figures = {
  region,
  levels,
  hundred,
  trend,
  scatter,
  moran,
  coefficients,
  band,
  histogram,
  missing,
  map,
  edit,
  one,
  nothing: figure({ title: "", x: "", y: "" }, [])
}
const names = [
  "region",
  "levels",
  "hundred",
  "trend",
  "scatter",
  "moran",
  "coefficients",
  "band",
  "histogram",
  "missing",
  "map",
  "edit",
  "one",
  "nothing"
] as const

describe("figure", () => {
  it.each(names)("%s is SVG", async (name) => {
    await expect(figureSvg(figures[name])).toMatchFileSnapshot(`expected/${name}.svg`)
  })

  it.each(names)("%s is sketched in a terminal", async (name) => {
    await expect(figureText(figures[name], { width: 80, colour: false })).toMatchFileSnapshot(`expected/${name}.txt`)
  })

  it("is drawn narrower for a phone: as wide as asked, letters as large, years that do not cover each other", () => {
    const narrow = figureSvg(trend, 330)
    expect(narrow).toMatch(/^<svg [^>]*width="330"/)
    const years = [...narrow.matchAll(/>(20\d\d)</g)].map(([, year]) => Number(year))
    expect(years).toEqual([2012, 2014, 2016, 2018, 2020])
    const sizes = (svg: string) => [...new Set([...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => size))].sort()
    expect(sizes(narrow)).toEqual(sizes(figureSvg(trend)))
    // A label that would reach beyond the picture is broken.
    expect(figureSvg(coefficients, 330)).toMatch(/>estimate and 95% interval<.*>\(points of ami\)</s)
    expect(figureSvg(coefficients)).toContain(">estimate and 95% interval (points of ami)<")
  })
  it("is the same SVG every time, without identifiers that a page could hold twice", () => {
    expect(figureSvg(moran)).toBe(figureSvg(moran))
    expect(figureSvg(moran)).not.toMatch(/ id="/)
  })

  it("is Markdown that shows the image beside it, with its notes", () => {
    expect(figureMarkdown(trend, "figure2.svg")).toBe(
      "![Figure 2. Development level of advanced manufacturing in provinces.](<figure2.svg>)\n\n*Figure 2. Development level of advanced manufacturing in provinces.*\n\nData: synthetic replica: not the authors' data\n"
    )
  })

  it("breaks names beside an axis where they do not fit, and cuts what is left", () => {
    const svg = figureSvg(levels, 340)
    expect(svg).toMatch(/instrumented_by_the_<.*>year_before_in_all_<.*>regions</s)
    expect(nameLines("manufacturing", 12, 500, 3)).toEqual(["manufacturing"])
    expect(nameLines("国际产能合作与城市创新", 10, 40, 2)).toEqual(["国际产能", "合作与…"])
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "w", " ", "_", "-", "省"), maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (name, room) => {
        const lines = nameLines(name, 10, room, 3)
        expect(lines.length).toBeLessThanOrEqual(3)
        for (const line of lines) expect(textExtent(line, 10)).toBeLessThanOrEqual(room)
        // Nothing is lost but where a line says that it is cut.
        if (!lines.some((line) => line.endsWith("…"))) expect(lines.join("").replaceAll(" ", "")).toBe(name.replaceAll(" ", ""))
      })
    )
  })

  it("carries the notes of its sources in every rendering", () => {
    const note = "Data: synthetic replica: not the authors' data"
    expect(figureText(scatter, { width: 80, colour: false })).toContain(note)
    expect(figureSvg(scatter)).toContain(note)
  })

  it("has no line wider than the terminal", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24, max: 120 }),
        fc.constantFrom(trend, scatter, moran, coefficients, band, histogram, missing, map, edit),
        (columns, table) => {
          for (const line of figureText(table, { width: columns, colour: false }).split("\n")) expect(width(line)).toBeLessThanOrEqual(columns)
        }
      ),
      { numRuns: 30 }
    )
  })

  it("refuses a mark that it does not know", () => {
    expect(() => figureSvg(figure({ title: "", x: "", y: "" }, [{ mark: "pie" as "bar", x: 1, y: 1 }]))).toThrow('has the mark "pie"')
  })
})
