import { describe, expect, it } from "vitest"
import { Fault } from "../../../src/econometrics/fault.ts"
import { groupInteraction } from "../../../src/econometrics/groups/group-interaction.ts"
import type { GroupedModel } from "../../../src/econometrics/groups/grouped-sample.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { panelIndex, pickRows } from "../../../src/econometrics/sample/panel-index.ts"
import { difference } from "../produc.ts"
import { groupedStates, reference } from "./grouped-states.ts"

const x: ReadonlyArray<string> = reference.regressors
const samples = ["balanced", "unbalanced"] as const
const four = (sample: "balanced" | "unbalanced" = "balanced") => groupedStates(sample, x, [])
const tested = (fit: ReturnType<typeof groupInteraction>, test: string, variant: string) => {
  const found = fit.tests.find((one) => one.test === test && one.variant === variant)
  if (found === undefined) throw new Error(`no ${test} of ${variant}`)
  return found
}

describe.each(samples)("slopes by census region, %s", (sample) => {
  it.each([
    ["all", x, []],
    ["regressors", x.slice(0, 2), x.slice(2)]
  ] as const)("agree with lm, dummies and sandwich: %s", (interact, regressors, controls) => {
    const fit = groupInteraction(groupedStates(sample, regressors, controls), { interact })
    const r = reference[sample][interact]
    expect(fit.fit.covariance.smallSample.numbers).toEqual({ G: r.G, n: r.n, K: r.K })
    expect(difference([fit.fit.covariance.smallSample.value], [r.factor])).toBeLessThan(1e-12)
    for (const { inference, name } of fit.groups) {
      expect(inference.terms).toEqual(regressors)
      expect(difference(inference.estimate, r.coefficients[name])).toBeLessThan(1e-9)
      expect(difference(inference.stdError, r.se[name])).toBeLessThan(1e-9)
    }
    if (interact === "regressors") {
      expect(difference(fit.shared!.estimate, r.shared.coefficients)).toBeLessThan(1e-9)
      expect(difference(fit.shared!.stdError, r.shared.se)).toBeLessThan(1e-9)
    } else expect(fit.shared).toBeUndefined()
    for (const term of regressors)
      for (const { F, chi2, df2, groups, p_F, p_chi2, q } of r.tests[term]) {
        const variant = `${term}: ${groups.length > 2 ? "all groups" : groups.join(" - ")}`
        const f = tested(fit, "difference_f", variant)
        expect([f.df, f.df2]).toEqual([q, df2])
        expect(difference([f.statistic!, f.pValue!], [F, p_F])).toBeLessThan(1e-9)
        const chi = tested(fit, "difference_chi2", variant)
        expect([chi.df, chi.df2]).toEqual([q, undefined])
        expect(difference([chi.statistic!, chi.pValue!], [chi2, p_chi2])).toBeLessThan(1e-9)
      }
    expect(fit.tests).toHaveLength(regressors.length * 7 * 2)
  })
  it("are those of each region alone", () => {
    const model = four(sample)
    const fit = groupInteraction(model)
    for (const [g, group] of fit.groups.entries()) {
      const rows = Int32Array.from(model.index.entity.keys()).filter((row) => model.groups.of[model.index.entity[row]!] === g)
      const pick = ({ name, values }: GroupedModel["dependent"]) => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })
      const alone = within({ index: pickRows(model.index, rows), dependent: pick(model.dependent), regressors: model.regressors.map(pick) })
      expect(group.rows).toBe(alone.nobs)
      expect(difference(group.inference.estimate, alone.coefficients.slice(0, -1))).toBeLessThan(1e-11)
      // The variance is the sub-sample's but for the factor.
      const scale = Math.sqrt(fit.fit.covariance.smallSample.value / alone.covariance.smallSample.value)
      expect(
        difference(
          group.inference.stdError,
          alone.inference.stdError.slice(0, -1).map((se) => se * scale)
        )
      ).toBeLessThan(1e-10)
    }
  })
})

describe("laws of group differences", () => {
  it("of two groups, F is the square of the interaction's t", () => {
    const model = groupedStates("unbalanced", x, [], { East: [1, 2, 3], West: [8, 9, 4] })
    const { fit, tests } = groupInteraction(model)
    const rows = Int32Array.from(model.index.entity.keys()).filter((row) => model.groups.of[model.index.entity[row]!]! >= 0)
    const west = Float64Array.from(rows, (row) => model.groups.of[model.index.entity[row]!]!)
    const regressors = model.regressors.flatMap(({ name, values }) => {
      const own = Float64Array.from(rows, (row) => values[row]!)
      return [
        { name, values: own },
        { name: `${name} x West`, values: own.map((value, i) => value * west[i]!) }
      ]
    })
    const moved = fixedEffects({
      dependent: { name: "y", values: Float64Array.from(rows, (row) => model.dependent.values[row]!) },
      regressors,
      effects: fit.effects.factors
    })
    for (const term of x) {
      const t = moved.inference.statistic[moved.terms.indexOf(`${term} x West`)]!
      const found = tests.find(({ test, variant }) => test === "difference_f" && variant === `${term}: East - West`)!
      expect(difference([found.statistic!, found.pValue!], [t * t, moved.inference.pValue[moved.terms.indexOf(`${term} x West`)]!])).toBeLessThan(1e-8)
    }
  })
  it("neither the order of rows nor names nor the order of groups matters", () => {
    const model = four("unbalanced")
    const n = model.index.rows
    const order = Array.from({ length: n }, (_, i) => (i * 389) % n)
    expect(new Set(order).size).toBe(n)
    const move = ({ name, values }: GroupedModel["dependent"]) => ({ name, values: Float64Array.from(order, (i) => values[i]!) })
    // Names whose order is another one.
    const renamed = (name: string) => [...name].reverse().join("")
    const index = panelIndex(
      order.map((i) => renamed(model.index.entities[model.index.entity[i]!]!)),
      order.map((i) => model.index.years[model.index.year[i]!]!)
    )
    const groupOf = new Map(model.index.entities.map((name, i) => [renamed(name), 3 - model.groups.of[i]!]))
    const other = groupInteraction({
      index,
      dependent: move(model.dependent),
      regressors: model.regressors.map(move),
      controls: [],
      groups: { names: ["D", "C", "B", "A"], of: Int32Array.from(index.entities, (name) => groupOf.get(name)!) }
    })
    const fit = groupInteraction(model)
    for (const term of x) {
      const given = [
        tested(fit, "difference_f", `${term}: all groups`),
        tested(fit, "difference_f", `${term}: Northeast - Midwest`),
        tested(fit, "difference_f", `${term}: South - West`)
      ]
      const moved = [
        tested(other, "difference_f", `${term}: all groups`),
        tested(other, "difference_f", `${term}: B - A`),
        tested(other, "difference_f", `${term}: D - C`)
      ]
      expect(
        difference(
          moved.map(({ pValue }) => pValue!),
          given.map(({ pValue }) => pValue!)
        )
      ).toBeLessThan(1e-8)
    }
  })
  it("a group and its copy differ by nothing", () => {
    const model = groupedStates("unbalanced", x, [], { South: [5, 6, 7] })
    const rows = Array.from(model.index.entity.keys()).filter((row) => model.groups.of[model.index.entity[row]!] === 0)
    const state = (row: number) => model.index.entities[model.index.entity[row]!]!
    const index = panelIndex(
      [...rows.map(state), ...rows.map((row) => `copy of ${state(row)}`)],
      [...rows, ...rows].map((row) => model.index.years[model.index.year[row]!]!)
    )
    const twice = ({ name, values }: GroupedModel["dependent"]) => ({ name, values: Float64Array.from([...rows, ...rows], (row) => values[row]!) })
    const fit = groupInteraction({
      index,
      dependent: twice(model.dependent),
      regressors: model.regressors.map(twice),
      controls: [],
      groups: { names: ["South", "Copy"], of: Int32Array.from(index.entities, (name) => (name.startsWith("copy") ? 1 : 0)) }
    })
    for (const { pValue, statistic } of fit.tests) {
      expect(statistic!).toBeLessThan(1e-15)
      expect(pValue!).toBeGreaterThan(1 - 1e-6)
    }
  })
})

describe("groups that cannot carry the model", () => {
  const failure = (estimate: () => unknown): Fault => {
    try {
      estimate()
    } catch (error) {
      if (error instanceof Fault) return error
      throw error
    }
    throw new Error("it came out")
  }
  it("are named together", () => {
    const model = four()
    const of = model.groups.of.map((g, i) => (i < 2 ? 4 : g === 0 ? -1 : g))
    const fault = failure(() => groupInteraction({ ...model, groups: { names: [...model.groups.names, "Two"], of } }))
    expect(fault.code).toBe("group-too-small")
    expect(fault.message).toBe(
      "Northeast has no row in the sample; Two has 2 entities, and a variance clustered by entity needs 3 in a group: merge it with another group, leave it out, widen the sample, or take fewer regressors"
    )
    expect(failure(() => groupInteraction({ ...model, groups: { names: ["One"], of: of.map(() => 0) } })).code).toBe("too-few-groups")
  })
  it("a group with too few rows for slopes of its own is one", () => {
    const few = groupedStates("balanced", x, [], { Pacific: [9], South: [5, 6, 7] })
    const years = Int32Array.from(few.index.year.keys()).filter((row) => few.index.year[row]! < 3)
    const pick = ({ name, values }: GroupedModel["dependent"]) => ({ name, values: Float64Array.from(years, (row) => values[row]!) })
    const model = { ...few, index: pickRows(few.index, years), dependent: pick(few.dependent), regressors: few.regressors.map(pick) }
    expect(failure(() => groupInteraction(model)).message).toMatch(/^the 9 rows of Pacific cannot carry 4 slopes and 5 effects: /)
    expect(
      groupInteraction({ ...model, regressors: model.regressors.slice(0, 2), controls: model.regressors.slice(2) }, { interact: "regressors" }).tests[0]!.pValue
    ).toBeGreaterThan(0)
  })
  it("a regressor that a group has no variation of is a fault; a control is dropped there", () => {
    const model = four()
    const flat = (name: string) => {
      const values = model.regressors.find((variable) => variable.name === name)!.values
      return { name, values: values.map((value, row) => (model.groups.of[model.index.entity[row]!] === 3 ? 5 : value)) }
    }
    const others = model.regressors.filter(({ name }) => name !== "unemp")
    expect(failure(() => groupInteraction({ ...model, regressors: [...others, flat("unemp")] })).message).toMatch(
      /^unemp \| West: entity effects, group-year effects and /
    )
    const fit = groupInteraction({ ...model, regressors: others, controls: [flat("unemp")] })
    expect(fit.groups.map(({ inference }) => inference.terms.length)).toEqual([4, 4, 4, 3])
    expect(fit.warnings.map(({ message }) => message)).toContain("dropped for collinearity with the effects or the regressors before: unemp | West")
  })
  it("terms that the groups share, or that the model lacks, cannot be compared", () => {
    const model = groupedStates("balanced", x.slice(0, 2), x.slice(2))
    expect(failure(() => groupInteraction(model, { interact: "regressors", terms: ["unemp"] })).message).toBe(
      "unemp: not among the slopes that can be compared, which are log(pcap), log(pc)"
    )
    expect(groupInteraction(model, { terms: ["unemp"] }).tests).toHaveLength(14)
  })
  it("few clusters in a group are told, with the test and as a warning", () => {
    const fit = groupInteraction(groupedStates("balanced", x, [], { Pacific: [9], South: [5, 6, 7] }))
    expect(fit.warnings.map(({ code }) => code)).toEqual(["few-clusters"])
    expect(fit.tests[0]!.note).toMatch(/; clusters: 3 in Pacific, 16 in South, and with fewer than 10 in a group the test rejects too often$/)
  })
})
