import { describe, expect, it } from "vitest"
import { type StandardErrorRow, standardErrorsText } from "../../../src/render/artifact/standard-errors.ts"
import { width } from "../../../src/render/monospace.ts"

const row = (variance: string, formula: string, more: Partial<StandardErrorRow> = {}): StandardErrorRow => ({
  equation: "y",
  term: "x",
  variance,
  small_sample: "xtreg",
  chosen: false,
  estimate: 0.5,
  std_error: 0.2,
  statistic: 2.5,
  df: 30,
  p_value: 0.018,
  conf_low: 0.09,
  conf_high: 0.91,
  formula,
  factor: 1,
  clusters: null,
  nobs: 589,
  parameters: null,
  software: "Stata: a command",
  note: "",
  ...more
})
const clustered = row("clustered by entity", "G/(G-1) (n-1)/(n-K), K = slopes", { factor: 1.21, clusters: 31, parameters: 8 })
const text = (rows: ReadonlyArray<StandardErrorRow>, columns = 200): string => standardErrorsText(rows, columns, (_, shown) => shown)

describe("the formula is that of the estimator, and c is told where it has one", () => {
  for (const [own, sandwich, factor] of [
    [clustered, "[sum over clusters of X_g'e_g e_g'X_g] (X'X)^-1 c;", "G = 31, n = 589, K = 8: c = 1.21000, SE = 0.18182 x sqrt(c) = 0.20000"],
    [row("clustered by entity and by year", "G/(G-1) (n-1)/(n-K), G = min(G1, G2), K = slopes", { factor: 1.21 }), "V = V_1 + V_2 - V_12", "sqrt(c)"],
    [row("iid", "s2 = e'e/(n-K), K = slopes", { factor: 1.1 }), "V = s2 (X'X)^-1;", "\ns2 = e'e/(n-K), K = slopes\n"],
    [row("HC1, robust to heteroskedasticity", "n/(n-K), K = slopes", { factor: 1.21 }), "x_i x_i' e_i^2] (X'X)^-1 c;", "\nc = n/(n-K)"],
    [row("HC1, robust to heteroskedasticity", "1; HC0"), "x_i x_i' e_i^2]", "\nno small-sample factor; HC0\n"],
    [row("HC3, robust to heteroskedasticity", "1; h_i the leverage"), "e_i^2/(1-h_i)^2] (X'X)^-1;", "\nno small-sample factor; h_i the leverage\n"],
    [row("CR2, clustered by entity and bias-reduced", "1; A_g"), "X_g'A_g e_g e_g'A_g X_g] (X'X)^-1;", "\nno small-sample factor; A_g\n"],
    [row("Driscoll-Kraay over year, lag 2", "T/(T-1)", { factor: 1.1, clusters: 19 }), "from -L to L", "\nT = 19, n = 589"],
    [row("Conley, 500 km", "1; K(d) = 1"), "K(d_ij) x_i e_i e_j x_j'] (X'X)^-1;", "\nno small-sample factor; K(d) = 1\n"]
  ] as const)
    it(`${own.variance}: ${own.formula}`, () => {
      const shown = text([{ ...own, chosen: true }])
      expect(shown).toContain(sandwich)
      expect(shown).toContain(factor)
      if (own.factor === 1 || own.variance === "iid") expect(shown).not.toContain("sqrt(c)")
    })
  it("of two-stage least squares X is what the first stage fits", () => {
    const own = { ...clustered, chosen: true }
    expect(text([own])).toContain("; X and e with")
    expect(text([own, row("iid", "s2 = e'e/(n-K)", { software: "Stata: ivreghdfe y (x = z), absorb(entity)" })])).toContain(
      "; X (its fit in the first stage) and e with"
    )
  })
  it("terms with factors of their own: the whole's is no product", () => {
    const each = row("clustered by entity and by year", "G/(G-1) (n-1)/(n-K), each term with its own G, K = slopes", { factor: 1.21, chosen: true })
    expect(text([each])).not.toContain("sqrt(c)")
  })
})

describe("what is shown", () => {
  const few = { note: "there are few periods" }
  const rows = [{ ...clustered, chosen: true }, row("Driscoll-Kraay over year, lag 2", "T/(T-1)", few), row("Driscoll-Kraay over year, lag 2", "1", few)]
  it("a note stands once, with the first variance that it is about", () => {
    expect(text(rows).match(/few periods/g)).toHaveLength(1)
    expect(text(rows).indexOf("few periods")).toBeLessThan(text(rows).lastIndexOf("Driscoll"))
  })
  it("a narrow terminal: no line is wider, and every variance is named with its convention", () => {
    const shown = text(rows, 60)
    expect(Math.max(...shown.split("\n").map(width))).toBeLessThanOrEqual(60)
    expect(shown).toContain("* clustered by entity, xtreg\n")
    expect(shown).toContain("- Driscoll-Kraay over year, lag 2, xtreg\n")
  })
  it("a constant's rows name no command, and a model without others beside it says so", () => {
    const constant = { ...clustered, term: "(constant)", software: "" }
    expect(text([{ ...constant, chosen: true }, constant])).toContain("no command is named, since each has another constant")
    expect(text([{ ...clustered, chosen: true, software: "" }])).toContain("this one has its own alone")
    expect(text(rows)).toContain("The same regression under every convention in use")
  })
  it("a variance that the model does not have keeps its reason", () => {
    const none = row("CR2", "", { std_error: null, factor: null, note: "CR2 has no frequency weights" })
    expect(text([{ ...clustered, chosen: true }, none])).toContain("CR2 has no frequency weights")
  })
})
