import { describe, expect, it } from "vitest"
import { drawCounts, replicates } from "../../../src/econometrics/bootstrap/bootstrap.ts"
import { effectName } from "../../../src/econometrics/mediation/effect.ts"
import { mediation } from "../../../src/econometrics/mediation/mediation.ts"
import { mediationPaths } from "../../../src/econometrics/mediation/mediation-paths.ts"
import { moderation } from "../../../src/econometrics/mediation/moderation.ts"
import { moderationPaths } from "../../../src/econometrics/mediation/moderation-paths.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { interaction } from "../../../src/econometrics/sample/interaction.ts"
import { type PanelIndex, panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import { quantile } from "../../../src/stats/quantile.ts"
import { stream } from "../../../src/stats/random.ts"
import { oracle, usStates } from "../produc.ts"

/** How often each of G clusters is in the i-th resample. */
const drawClusters = (seed: number, i: number, clusters: number): Float64Array => {
  const counts = new Float64Array(clusters)
  drawCounts(stream(seed, i), counts)
  return counts
}
/** The rows of the i-th resample: each drawn entity a new entity. */
const resample = (index: PanelIndex, seed: number, i: number) => {
  const counts = drawClusters(seed, i, index.entities.length)
  const rows: Array<number> = []
  const names: Array<string> = []
  for (let g = 0; g < counts.length; g++)
    for (let copy = 0; copy < counts[g]!; copy++)
      for (let row = 0; row < index.rows; row++)
        if (index.entity[row] === g) {
          rows.push(row)
          names.push(`${index.entities[g]} ${copy}`)
        }
  const years = rows.map((row) => index.years[index.year[row]!]!)
  return { index: panelIndex(names, years), pick: ({ name, values }: Variable): Variable => ({ name, values: Float64Array.from(rows, (row) => values[row]!) }) }
}
const holes = Array.from({ length: 816 }, (_, i) => i).filter((i) => (i * 7) % 13 === 0 || (i % 17 === 3 && i > 34))
const near = (got: number, expected: number) => expect(Math.abs(got - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)))

describe("the bootstrap of a mediation by cross-products", () => {
  for (const [name, drop] of [
    ["balanced", []],
    ["unbalanced", holes]
  ] as const)
    it(`equals brute-force refits with relabelled entities, replicate by replicate (${name})`, () => {
      const { index, lemp, lgsp, lpc, lpcap, unemp } = usStates(drop)
      const model = { outcome: lgsp, treatment: lpcap, mediator: lpc, controls: [lemp, unemp] }
      const { columns } = replicates(mediationPaths({ index, ...model }), { seed: 9, from: 0, count: 25 })
      for (let i = 0; i < 25; i++) {
        const { index: drawn, pick } = resample(index, 9, i)
        const refit = mediation({ index: drawn, outcome: pick(lgsp), treatment: pick(lpcap), mediator: pick(lpc), controls: [pick(lemp), pick(unemp)] })
        for (const effect of refit.effects) near(columns.get(effectName(effect))![i]!, effect.estimate)
      }
    })
  it("equals brute-force refits of the moderated mediation at the sample's values of the moderator", () => {
    const { index, lemp, lgsp, lpc, lpcap, unemp } = usStates(holes)
    const model = { outcome: lgsp, treatment: lpcap, mediator: lpc, moderator: unemp, controls: [lemp] }
    const { columns } = replicates(moderationPaths({ index, ...model }), { seed: 4, from: 3, count: 10 })
    const point = moderation({ index, ...model })
    expect([...columns.keys()].sort()).toEqual(point.effects.map(effectName).sort())
    const products = [interaction(lpcap, unemp, "raw"), interaction(lpc, unemp, "raw")] as const
    for (let r = 0; r < 10; r++) {
      const { index: drawn, pick } = resample(index, 4, 3 + r)
      const a = within({ index: drawn, dependent: pick(lpc), regressors: [lpcap, unemp, products[0], lemp].map(pick) }).coefficients
      const b = within({ index: drawn, dependent: pick(lgsp), regressors: [lpcap, unemp, products[0], lpc, products[1], lemp].map(pick) }).coefficients
      const at = point.values.map(({ value: m }) => ({ indirect: (a[0]! + a[2]! * m) * (b[3]! + b[4]! * m), direct: b[0]! + b[2]! * m }))
      for (const [j, p] of [16, 50, 84].entries()) {
        near(columns.get(`indirect lpcap | unemp p${p}`)![r]!, at[j]!.indirect)
        near(columns.get(`direct lpcap | unemp p${p}`)![r]!, at[j]!.direct)
      }
      near(columns.get("indirect lpcap | unemp p84 - p16")![r]!, at[2]!.indirect - at[0]!.indirect)
    }
  })
  it("replicate i does not depend on the block that it is computed in", () => {
    const { index, lgsp, lpc, lpcap } = usStates()
    const model = { outcome: lgsp, treatment: lpcap, mediator: lpc, controls: [] }
    const whole = replicates(mediationPaths({ index, ...model }), { seed: 1, from: 0, count: 30 }).columns.get("indirect lpcap")!
    const tail = replicates(mediationPaths({ index, ...model }), { seed: 1, from: 12, count: 18 }).columns.get("indirect lpcap")!
    expect([...tail]).toEqual([...whole.slice(12)])
    expect([...replicates(mediationPaths({ index, ...model }), { seed: 2, from: 0, count: 30 }).columns.get("indirect lpcap")!]).not.toEqual([...whole])
  })
  it("has the distribution of R's refits (4,000 each; SDs within 8%, quartiles within a tenth of an SD)", () => {
    const { index, lemp, lgsp, lpc, lpcap } = usStates()
    const reference = oracle("linear-mediation").bootstrap
    const { columns } = replicates(mediationPaths({ index, outcome: lgsp, treatment: lpcap, mediator: lpc, controls: [lemp] }), {
      seed: 2026,
      from: 0,
      count: 4000
    })
    for (const [j, name] of ["indirect lpcap", "direct lpcap"].entries()) {
      const values = columns.get(name)!
      const mean = values.reduce((sum, v) => sum + v / 4000, 0)
      const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 3999)
      expect(Math.abs(sd / reference.sd[j] - 1)).toBeLessThan(0.08)
      for (const [q, p] of [0.025, 0.25, 0.5, 0.75, 0.975].entries())
        expect(Math.abs(quantile(values, p) - reference.quantiles[q][j])).toBeLessThan((p === 0.025 || p === 0.975 ? 0.25 : 0.1) * reference.sd[j])
    }
  })
  it("a resample in which a regressor has no variation of its own is singular and stays NaN", () => {
    // x varies in one entity only: a resample without it cannot estimate.
    const s = stream(1, 1)
    const names = Array.from({ length: 60 }, (_, i) => `e${Math.floor(i / 6)}`)
    const draw = () => Float64Array.from(names, () => s.normal())
    const x = draw().map((v, i) => (names[i] === "e3" ? v : 0))
    const index = panelIndex(
      names,
      names.map((_, i) => i % 6)
    )
    const model = { outcome: { name: "y", values: draw() }, treatment: { name: "x", values: x }, mediator: { name: "u", values: draw() }, controls: [] }
    const values = replicates(mediationPaths({ index, ...model }), { seed: 1, from: 0, count: 200 }).columns.get("indirect x")!
    for (let i = 0; i < 200; i++) expect(Number.isNaN(values[i]!)).toBe(drawClusters(1, i, 10)[3] === 0)
  })
  it("1,000 replicates at 31 entities, 19 years and 8 controls take well under a second", () => {
    const s = stream(6, 0)
    const names = Array.from({ length: 589 }, (_, i) => `p${String(Math.floor(i / 19)).padStart(2, "0")}`)
    const variable = (name: string): Variable => ({ name, values: Float64Array.from(names, () => s.normal()) })
    const index = panelIndex(
      names,
      names.map((_, i) => 2003 + (i % 19))
    )
    const controls = Array.from({ length: 8 }, (_, j) => variable(`z${j}`))
    const model = { outcome: variable("y"), treatment: variable("x"), mediator: variable("u"), controls }
    replicates(mediationPaths({ index, ...model }), { seed: 1, from: 0, count: 100 })
    const start = performance.now()
    replicates(mediationPaths({ index, ...model }), { seed: 1, from: 0, count: 1000 })
    const took = performance.now() - start
    expect(took).toBeLessThan(1000)
  })
})
