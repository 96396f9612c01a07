import { describe, expect, it } from "vitest"
import { type CurveModel, curveDesign } from "../../../src/econometrics/comparison/curve-design.ts"
import { curveResampler } from "../../../src/econometrics/comparison/curve-resample.ts"
import { signedZ, summariseCurve } from "../../../src/econometrics/comparison/curve-summary.ts"
import { jointInference } from "../../../src/econometrics/comparison/joint-inference.ts"
import { curveFit, nullReplicates } from "../../../src/econometrics/comparison/null-replicates.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { normalQuantile as quantile } from "../../../src/stats/normal.ts"
import { stream } from "../../../src/stats/random.ts"
import oracle from "../../oracle/comparison.json" with { type: "json" }
import { oracleData } from "../panels.ts"

const { curve } = oracle
const whole = oracleData("data/produc.csv")
const [state, region] = [whole.text("state"), whole.text("region")]
const year = whole.text("year").map(Number)

/** The oracle's specifications by name, over the rows that their samples have. */
const model = (name: string): CurveModel => {
  const rows = state.flatMap((_, row) => ((name !== "south" || ["5", "6", "7"].includes(region[row]!)) && (name !== "iv" || year[row]! > 1970) ? [row] : []))
  const data = oracleData("data/produc.csv", rows)
  const controls = ["log(pc)", "log(emp)", ...(name === "no_unemp" ? [] : ["unemp"])].map(data.variable)
  const lag = whole.variable("log(pcap)").values
  return {
    index: panelIndex(
      data.text("state"),
      rows.map((row) => year[row]!)
    ),
    treatment: data.variable("log(pcap)"),
    // Rows are sorted by state and year: the row before is the year before.
    ...(name === "iv" ? { instrument: { name: "L", values: Float64Array.from(rows, (row) => lag[row - 1]!) } } : {}),
    controls,
    effects: { entity: !["year", "none"].includes(name), year: !["entity", "none"].includes(name) },
    outcomes: [data.variable("log(gsp)")]
  }
}
const close = (found: number, expected: number, digits = 9) => expect(Math.abs(found - expected)).toBeLessThan(10 ** -digits * Math.max(1, Math.abs(expected)))
const estimates = curve.estimates.map((estimate, k) => ({ estimate, pValue: curve.p[k]! }))

describe("a specification of a curve", () => {
  it("has the estimate, clustered standard error and p-value that lm and ivreg have with dummies: two-way, one-way, no effects, a sample, an instrument", () => {
    for (const [k, name] of curve.specifications.entries()) {
      const fit = curveFit(model(name))
      close(fit.estimates[0]!, curve.estimates[k]!)
      close(fit.standardErrors[0]!, curve.se[k]!)
      close(fit.pValues[0]!, curve.p[k]!)
    }
  })

  it("has them in resamples of whole states under the null, refitted whole in R", () => {
    for (const [k, name] of curve.specifications.entries()) {
      const one = model(name)
      const y = one.outcomes[0]!.values.map((value, i) => value - curve.estimates[k]! * one.treatment.values[i]!)
      const design = curveDesign({ ...one, outcomes: [{ name: "null", values: y }] })
      const resample = curveResampler(design)
      for (const [r, counts] of curve.draws.entries()) {
        const own = resample(design.entities.map((entity) => counts[curve.states.indexOf(entity)]!))
        close(own.estimates[0]!, curve.replicates[r]!.b[k]!)
        close(own.standardErrors[0]!, curve.replicates[r]!.se[k]!)
      }
    }
  })

  it("several outcomes at once are each alone, and scaled outcomes scale", () => {
    const one = model("two_way")
    const [gsp] = one.outcomes
    const scaled = { name: "scaled", values: gsp!.values.map((value) => 5 - 3 * value) }
    const both = curveFit({ ...one, outcomes: [gsp!, scaled] })
    close(both.estimates[1]!, -3 * both.estimates[0]!)
    close(both.standardErrors[1]!, 3 * both.standardErrors[0]!)
    const entities = [...new Set(state)]
    const block = { seed: 3, from: 0, count: 5 }
    const together = nullReplicates({ ...one, outcomes: [gsp!, scaled] }, entities, block)
    const alone = nullReplicates({ ...one, outcomes: [scaled] }, entities, block)
    for (let r = 0; r < 5; r++) {
      close(together.estimates[1]![r]!, alone.estimates[0]![r]!)
      close(together.z[0]![r]!, -together.z[1]![r]!, 7)
    }
    expect(within({ index: one.index, dependent: gsp!, regressors: [one.treatment, ...one.controls] }).coefficients[0]).toBeCloseTo(both.estimates[0]!, 10)
  })

  it("a later block goes on with the same sequence; a replicate that draws too little of a sample is told by NaN", () => {
    const entities = [...new Set(state)]
    const one = model("two_way")
    const all = nullReplicates(one, entities, { seed: 9, from: 0, count: 6 })
    const later = nullReplicates(one, entities, { seed: 9, from: 4, count: 2 })
    expect([...later.estimates[0]!]).toEqual([...all.estimates[0]!.subarray(4)])
    const rows = state.flatMap((name, row) => (name === "IDAHO" || name === "UTAH" || name === "NEVADA" ? [row] : []))
    const data = oracleData("data/produc.csv", rows)
    const three: CurveModel = {
      index: panelIndex(
        data.text("state"),
        rows.map((row) => year[row]!)
      ),
      treatment: data.variable("log(pcap)"),
      controls: [],
      effects: { entity: true, year: true },
      outcomes: [data.variable("log(gsp)")]
    }
    const few = nullReplicates(three, entities, { seed: 9, from: 0, count: 60 }).estimates[0]!
    expect(few.some(Number.isNaN)).toBe(true)
    expect(few.some(Number.isFinite)).toBe(true)
  })

  it("a treatment that the effects explain is a fault that names it", () => {
    const one = model("two_way")
    const constant = { name: "area", values: Float64Array.from(one.index.entity, (entity) => entity ** 2) }
    expect(() => curveDesign({ ...one, treatment: constant })).toThrow("area is explained by the effects")
  })
})

describe("a curve's joint inference", () => {
  const replicates = {
    estimates: curve.specifications.map((_, k) => Float64Array.from(curve.replicates, ({ b }) => b[k]!)),
    z: curve.specifications.map((_, k) => Float64Array.from(curve.replicates, ({ b, p }) => -Math.sign(b[k]!) * quantile(p[k]! / 2)))
  }

  it("has R's statistics, expectations and counts", () => {
    const { incomplete, tests } = jointInference(estimates, replicates)
    expect(incomplete).toBe(0)
    for (const { expected, extreme, observed, pValue, replicates: made, statistic } of tests) {
      close(observed, curve.observed[statistic])
      close(expected, curve.expected[statistic])
      expect(extreme).toBe(curve.extreme[statistic])
      expect(pValue).toBe((1 + extreme) / (1 + made))
    }
  })

  it("a summary counts signs and significance; the order of specifications does not matter", () => {
    const summary = summariseCurve(estimates)
    const reversed = summariseCurve([...estimates].reverse())
    expect({ ...reversed, stoufferZ: 0 }).toEqual({ ...summary, stoufferZ: 0 })
    close(reversed.stoufferZ, summary.stoufferZ)
    close(summary.stoufferZ, curve.observed.stouffer)
    close(summary.median, curve.observed.median)
    expect(summary.significantShare).toBe(estimates.filter(({ pValue }) => pValue < 0.05).length / estimates.length)
  })

  it("a p value of zero, or one too small for a number, has a z that can be summed", () => {
    const summary = summariseCurve([
      { estimate: -2, pValue: 0 },
      { estimate: 1, pValue: 5e-324 }
    ])
    expect(Number.isFinite(summary.stoufferZ)).toBe(true)
    expect(signedZ({ estimate: -2, pValue: 0 })).toBeLessThan(-38)
  })

  it("specifications that could not be estimated in a replicate are counted, and its curve is that of the others", () => {
    const holed = { ...replicates, estimates: replicates.estimates.map((column, k) => column.map((value, r) => (k === 0 && r === 1 ? Number.NaN : value))) }
    expect(jointInference(estimates, holed).incomplete).toBe(1)
    expect(() => jointInference(estimates.slice(1), replicates)).toThrow("6 specifications were estimated, and there are replicates of 7")
  })

  it("rejects an effect that is there, and not one that is none", () => {
    // One hundred entities of four years whose outcome has no effect, or a plain one.
    const names = Array.from({ length: 400 }, (_, i) => `e${String(Math.floor(i / 4)).padStart(3, "0")}`)
    const noise = (seed: number) => {
      const random = stream(8, seed)
      return Float64Array.from(names, random.normal)
    }
    const x = noise(1)
    const base = noise(2)
    const one = (effect: number): CurveModel => ({
      index: panelIndex(
        names,
        names.map((_, i) => 2000 + (i % 4))
      ),
      treatment: { name: "x", values: x },
      controls: [],
      effects: { entity: true, year: true },
      outcomes: [0, 1].map((j) => ({ name: `y${j}`, values: base.map((v, i) => v + effect * x[i]! + 0.3 * noise(3 + j)[i]!) }))
    })
    const p = (effect: number) => {
      const fit = curveFit(one(effect))
      const made = nullReplicates(one(effect), [...new Set(names)], { seed: 1, from: 0, count: 199 })
      return jointInference(
        Array.from(fit.estimates, (estimate, k) => ({ estimate, pValue: fit.pValues[k]! })),
        made
      ).tests.map(({ pValue }) => pValue)
    }
    // Two specifications are both significant by chance now and then.
    const [median, significant, stouffer] = p(1)
    expect([median, stouffer]).toEqual([1 / 200, 1 / 200])
    expect(significant).toBeLessThan(0.05)
    expect(Math.min(...p(0))).toBeGreaterThan(0.01)
  })
})
