import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Choice, decomposeChoices } from "../../../src/econometrics/comparison/choice-decomposition.ts"
import oracle from "../../oracle/comparison.json" with { type: "json" }

const { decomposition } = oracle
const names = ["set", "weighting", "sample"] as const
const choices = (rows: ReadonlyArray<number>): ReadonlyArray<Choice> => names.map((name) => ({ name, options: rows.map((row) => decomposition[name][row]!) }))
const every = decomposition.estimates.map((_, row) => row)
const at = (rows: ReadonlyArray<number>) => Float64Array.from(rows, (row) => decomposition.estimates[row]!)

describe("what each choice moves", () => {
  it("a full factorial: R's analysis of variance, main effects and interactions of two", () => {
    const found = decomposeChoices(at(every), choices(every))
    expect(found.method).toBe("anova")
    expect(found.total).toBeCloseTo(decomposition.total, 12)
    for (const [j, name] of names.entries()) expect(found.main[j]!.sumOfSquares).toBeCloseTo(decomposition.main[name], 12)
    for (const { choices: two, sumOfSquares } of found.interactions)
      expect(sumOfSquares).toBeCloseTo((decomposition.interactions as Record<string, number>)[two.join(":")]!, 12)
    expect(found.rest.sumOfSquares).toBeCloseTo(decomposition.rest, 12)
  })

  it("with combinations missing: Shapley values of what lm explains, over all orders", () => {
    const found = decomposeChoices(at(decomposition.kept), choices(decomposition.kept))
    expect(found.method).toBe("shapley")
    for (const [j, name] of names.entries()) expect(found.main[j]!.sumOfSquares).toBeCloseTo(decomposition.lmg[name], 11)
    expect([...found.main, ...found.interactions, found.rest].reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it("the order of rows does not matter; a choice with one option is none; estimates that are all the same have nothing to share", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(every, { minLength: 12, maxLength: 12 }), (rows) => {
        const [plain, other] = [decomposeChoices(at(every), choices(every)), decomposeChoices(at(rows), choices(rows))]
        for (const [j, { share }] of plain.main.entries()) expect(other.main[j]!.share).toBeCloseTo(share, 10)
      })
    )
    const one = decomposeChoices(at(every), [...choices(every), { name: "year", options: every.map(() => "all") }])
    expect(one.main.map(({ choices: [name] }) => name)).toEqual([...names])
    const flat = decomposeChoices(new Float64Array(12).fill(2), choices(every))
    expect(flat.main.map(({ share }) => share)).toEqual([0, 0, 0])
  })

  it("means by option are those of the estimates; wrong lengths are a fault", () => {
    const { options } = decomposeChoices(at(every), choices(every))
    const paper = every.filter((row) => decomposition.set[row] === "paper")
    expect(options.find(({ option }) => option === "paper")).toEqual({
      choice: "set",
      option: "paper",
      specifications: 6,
      mean: at(paper).reduce((sum, value) => sum + value, 0) / 6
    })
    expect(() => decomposeChoices(at(every), choices(every.slice(1)))).toThrow("set has 11 options for 12 estimates")
  })
})
