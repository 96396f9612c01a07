/** What the page shows of a curve and of a table, as plain functions. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { keptIn, keptText, medianOf, shownOrder, toggled } from "../../../src/studio/page/estimates/curve/curve-choosing.ts"
import { type CurveData, kindOf, ofModels } from "../../../src/studio/page/estimates/curve/curve-data.ts"
import { choiceRows, heights, kindPaths } from "../../../src/studio/page/estimates/curve/curve-layout.ts"
import { intervalsInWords } from "../../../src/studio/page/estimates/plot/plot-choosing.ts"
import { shownLines } from "../../../src/studio/page/estimates/tables/only.ts"
import { nextNumber, placeIn, placeText } from "../../../src/studio/page/estimates/tables/table-keys.ts"
import { termsOf } from "../../../src/studio/page/estimates/terms.ts"

/** So many specifications over choices with so many options each. */
const curveOf = (count: number, options: ReadonlyArray<number>): CurveData => ({
  unit: "",
  significance: 0.05,
  choices: options.map((many, c) => ({ choice: `choice ${c};:~`, options: Array.from({ length: many }, (_, o) => `${c}:${o} ~;%`) })),
  preferred: 0,
  reference: "",
  specifications: Array.from({ length: count }, (_, i) => ({
    name: String(i),
    estimate: i / count - 0.2,
    stdError: 0.1,
    p: i % 3 === 0 ? 0.01 : 0.3,
    low: i / count - 0.4,
    high: i / count,
    nobs: 10,
    term: "x",
    node: "",
    artifact: { node: "", output: "", row: i },
    options: options.map((many, c) => (i >> c) % many)
  }))
})

describe("what is shown of a curve", () => {
  it("what is kept is read back from the address as it was, whatever options are called", () => {
    const data = curveOf(1, [3, 2, 4])
    const kept = fc.dictionary(fc.constantFrom("0", "1", "2"), fc.uniqueArray(fc.integer({ min: 0, max: 1 }), { minLength: 1 }))
    fc.assert(
      fc.property(kept, (some) => {
        const map = new Map(Object.entries(some).map(([c, options]) => [Number(c), new Set(options)]))
        expect(keptIn(keptText(map, data), data)).toEqual(map)
      })
    )
    expect(keptIn("nothing:of;this~:kind", data)).toEqual(new Map())
  })

  it("a first option keeps only those that have it, the last that is left brings all back; sorting groups by the option, then by estimate", () => {
    const data = curveOf(24, [2, 3])
    const one = toggled(new Map(), 1, 2)
    expect(shownOrder(data, one, "").every((i) => data.specifications[i]!.options[1] === 2)).toBe(true)
    expect(toggled(one, 1, 2)).toEqual(new Map())
    const sorted = shownOrder(data, new Map(), data.choices[0]!.choice)
    expect(sorted).toHaveLength(24)
    const options = sorted.map((i) => data.specifications[i]!.options[0]!)
    expect(options).toEqual([...options].sort((a, b) => a - b))
    expect(sorted.slice(0, 12)).toEqual([...sorted.slice(0, 12)].sort((a, b) => a - b))
  })

  it("an estimate without a p value is neither significant nor not", () => {
    const one = curveOf(1, [2]).specifications[0]!
    expect([0.01, 0.05, null].map((p) => kindOf({ ...one, p }, 0.05))).toEqual(["negative", "unsure", "untested"])
  })

  it("the level of intervals is what rows tell of it", () => {
    const words = (...levels: ReadonlyArray<number | null>) => intervalsInWords(levels.map((level) => ({ level, low: 0, high: 1 })))
    expect([words(95, 95), words(99, 90), words(null)]).toEqual(["95 % interval", "interval (90 or 99 %)", "interval"])
    expect(words(95, null)).toBe("interval (95 % where its level is known)")
    expect(
      intervalsInWords([
        { level: 95, low: 0, high: 1 },
        { level: null, low: null, high: null }
      ])
    ).toBe("95 % interval")
  })

  it("medians", () => {
    expect(medianOf([3, 1, 2])).toBe(2)
    expect(medianOf([4, 1, 2, 3])).toBe(2.5)
    expect(medianOf([])).toBeUndefined()
  })

  it("10,000 specifications in 1,000 pixels: no more is drawn than there are pixels, and marks that touch are one", () => {
    const data = curveOf(10_000, [2, 1])
    const order = shownOrder(data, new Map(), "")
    const { rows } = choiceRows(data.choices)
    const paths = kindPaths(data, order, rows, heights(data, order), 0.1)
    const lines = [...paths.values()].map(({ intervals }) => intervals.split("M").length - 1)
    expect(Math.max(...lines)).toBeLessThanOrEqual(1000)
    // Every third is significant, those of one sign left of those of the other: a pixel has one of these, and one that is not.
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1900)
    const few = kindPaths(curveOf(4, [2]), [0, 1, 2, 3], choiceRows(curveOf(4, [2]).choices).rows, (value) => 100 - value, 50)
    expect([...few.values()].reduce((sum, { points }) => sum + points.split("M").length - 1, 0)).toBe(4)
  })

  it("of models: options that none of those kept has are left out, and what does not vary among them", () => {
    const row = (node: string, estimate: number, dependent: string) => ({
      node,
      output: "coefficients",
      row: 0,
      term: "x",
      of: dependent,
      estimate,
      stdError: 1,
      statistic: 1,
      df: null,
      p: 0.5,
      low: 0,
      high: 1,
      inner: null,
      level: 95,
      dependent,
      model: "",
      variance: "",
      sample: "",
      nobs: 1
    })
    const data = ofModels(
      {
        rows: [row("a", 2, "y"), row("b", 1, "y"), row("c", 3, "z")],
        choices: [
          { choice: "errors", options: ["iid", "robust", "none"], of: [2, 1, 0] },
          { choice: "outcome", options: ["y", "z"], of: [0, 0, 1] }
        ]
      },
      ({ dependent }) => dependent === "y"
    )
    expect(data.choices).toEqual([{ choice: "errors", options: ["robust", "none"] }])
    expect(data.specifications.map(({ name, options }) => [name, data.choices[0]!.options[options[0]!]])).toEqual([
      ["b", "robust"],
      ["a", "none"]
    ])
    expect(data.specifications[data.preferred!]!.name).toBe("a")
  })

  it("the term that most models are about comes first, not the control that most have", () => {
    expect(termsOf([{ terms: ["x", "c"] }, { terms: ["x", "c"] }, { terms: ["z", "c", "(constant)", "x | m grid 7"] }])).toEqual(["x", "z", "c"])
  })
})

describe("what is shown of a table", () => {
  const cell = { text: "1", published: "2", verdict: "rounding", signDiffers: false, starsDiffer: false, number: true } as const
  const line = (label: string, more: Partial<Parameters<typeof shownLines>[0][number]> = {}) => ({
    label,
    level: 0,
    lines: 1,
    heading: false,
    ruled: false,
    cells: [cell],
    ...more
  })

  it("what differs keeps its second line and its heading; a heading over nothing is gone", () => {
    const beyond = { ...cell, verdict: "beyond" } as const
    const lines = [
      line("A", { heading: true, cells: [] }),
      line("a", { lines: 2 }),
      line("", { lines: 0 }),
      line("B", { heading: true, cells: [] }),
      line("b", { lines: 2 }),
      line("", { lines: 0, cells: [beyond] })
    ]
    expect(shownLines(lines, "differs").map(({ row }) => row)).toEqual([3, 4, 5])
    expect(shownLines(lines, "all")).toHaveLength(6)
    expect(shownLines(lines, "stars")).toEqual([])
  })

  it("arrows go to the next number, over what has none; Home and End along the row", () => {
    const numbers = ["0.0", "0.2", "1.0", "3.0", "3.2"].map((text) => placeIn(text)!)
    const to = (at: string, key: string) => {
      const next = nextNumber(numbers, placeIn(at)!, key)
      return next && placeText(next)
    }
    expect([to("0.0", "ArrowRight"), to("0.2", "ArrowDown"), to("1.0", "ArrowDown"), to("3.2", "Home"), to("0.0", "End")]).toEqual([
      "0.2",
      "3.2",
      "3.0",
      "3.0",
      "0.2"
    ])
    expect([to("0.0", "ArrowUp"), to("0.0", "ArrowLeft"), to("0.0", "a"), placeIn("1.x")]).toEqual([undefined, undefined, undefined, undefined])
  })
})
