import { describe, expect, it } from "vitest"
import { Fault } from "../../../src/econometrics/fault.ts"
import { allPermutations, drawnPermutations, groupPermutation, permutationP, permutedPair } from "../../../src/econometrics/groups/group-permutation.ts"
import type { GroupedModel } from "../../../src/econometrics/groups/grouped-sample.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { choose } from "../../../src/stats/subsets.ts"
import { difference } from "../produc.ts"
import { groupedStates, reference } from "./grouped-states.ts"

const x: ReadonlyArray<string> = reference.regressors
const samples = ["balanced", "unbalanced"] as const
const two = (sample: "balanced" | "unbalanced", first: ReadonlyArray<number>, second: ReadonlyArray<number>) =>
  groupedStates(sample, x.slice(0, 1), x.slice(1), { First: first, Second: second })

describe.each(samples)("permuted labels of the US states, %s", (sample) => {
  const r = reference[sample]
  it("differences of slopes are those of both sub-samples fitted again by lm", () => {
    const pair = permutedPair(two(sample, r.fixed.first, r.fixed.second), 0, 1, x)
    for (const [i, states] of (r.fixed.arrangements as ReadonlyArray<ReadonlyArray<string>>).entries()) {
      const chosen = states.map((state) => pair.entities.indexOf(state))
      if (i === 0) expect(chosen).toEqual([...pair.first])
      const found = pair.compare(chosen)!
      expect(difference(found.differences, r.fixed.differences[i])).toBeLessThan(1e-9)
      expect(difference(found.statistics, r.fixed.statistics[i])).toBeLessThan(1e-9)
    }
  })
  it.each(["fixed_sizes", "two_sizes"] as const)("all arrangements and their p-values are R's: %s", (name) => {
    const e = r.enumerated[name]
    const model = two(sample, e.first, e.second)
    const pair = permutedPair(model, 0, 1, x)
    const { differences, statistics } = allPermutations(pair)
    expect([pair.arrangements, differences[0]!.length]).toEqual([e.arrangements, e.arrangements])
    const same = (column: Float64Array, rows: ReadonlyArray<ReadonlyArray<number>>, j: number) =>
      expect(difference(column.toSorted(), Float64Array.from(rows, (values) => values[j]!).toSorted())).toBeLessThan(1e-9)
    for (const [j, column] of differences.entries()) {
      same(column, e.differences, j)
      same(statistics[j]!, e.statistics, j)
      const p = permutationP(e.observed[j], column, false)
      expect(difference([p.twoSided, p.greater, p.less], [e.two_sided[j], e.greater[j], e.less[j]])).toBeLessThan(1e-12)
    }
    const { tests } = groupPermutation(model, { seed: 1, permutations: e.arrangements, terms: x })
    expect(tests).toHaveLength(4 * x.length)
    for (const [j, term] of x.entries())
      for (const [kind, statistic, p] of [
        ["permutation", e.observed, e.two_sided],
        ["permutation_greater", e.observed, e.greater],
        ["permutation_less", e.observed, e.less],
        ["permutation_t", e.t, e.t_two_sided]
      ]) {
        const found = tests.find(({ test, variant }) => test === kind && variant === `${term}: First - Second`)!
        expect(difference([found.statistic!, found.pValue!], [statistic[j], p[j]])).toBeLessThan(1e-9)
        expect(found.note).toContain(`all ${e.arrangements} arrangements`)
      }
  })
})

describe("drawn permutations", () => {
  const model = groupedStates("unbalanced", x, [])
  it("the i-th is the same in any block, and group sizes are kept", () => {
    const pair = permutedPair(model, 0, 3, x)
    const whole = drawnPermutations(pair, 42, 0, 60)
    const [a, b] = [drawnPermutations(pair, 42, 0, 25), drawnPermutations(pair, 42, 25, 35)]
    for (const [j, column] of whole.differences.entries()) expect([...column]).toEqual([...a.differences[j]!, ...b.differences[j]!])
    for (const [j, column] of whole.statistics.entries()) expect([...column]).toEqual([...a.statistics[j]!, ...b.statistics[j]!])
    expect(new Set(whole.differences[0]).size).toBe(60)
    const sizes = new Set<number>()
    const compare = (first: ArrayLike<number>) => {
      sizes.add(new Set(Array.from(first)).size)
      return undefined
    }
    drawnPermutations({ ...pair, compare }, 42, 0, 60)
    expect([...sizes]).toEqual([pair.first.length])
  })
  it("p counts the observed arrangement: (1 + #)/(1 + B), and no p is zero", () => {
    const permuted = Float64Array.of(1, -2, 0.5, Number.NaN, 3)
    expect(permutationP(2, permuted, true)).toEqual({ twoSided: 3 / 5, greater: 2 / 5, less: 4 / 5 })
    expect(permutationP(-9, permuted, true)).toEqual({ twoSided: 1 / 5, greater: 1, less: 1 / 5 })
    expect(permutationP(2, permuted, false)).toEqual({ twoSided: 2 / 4, greater: 1 / 4, less: 3 / 4 })
  })
  it("draws come near to what all arrangements give", () => {
    const small = two("balanced", [9], [7, 6])
    const all = groupPermutation(small, { seed: 3, permutations: choose(11, 3) })
    const some = groupPermutation(small, { seed: 3, permutations: choose(11, 3) - 1 })
    expect(all.tests[0]!.note).toContain("all 165 arrangements")
    expect(some.tests[0]!.note).toContain("permuted 164 times")
    for (const [i, { pValue }] of all.tests.entries()) expect(Math.abs(pValue! - some.tests[i]!.pValue!)).toBeLessThan(0.12)
  })
  it("neither the order of rows nor that of groups matters: the same draws, the sign turned", () => {
    const n = model.index.rows
    const order = Array.from({ length: n }, (_, i) => (i * 389) % n)
    const move = ({ name, values }: GroupedModel["dependent"]) => ({ name, values: Float64Array.from(order, (i) => values[i]!) })
    const index = panelIndex(
      order.map((i) => model.index.entities[model.index.entity[i]!]!),
      order.map((i) => model.index.years[model.index.year[i]!]!)
    )
    const turned: GroupedModel = {
      index,
      dependent: move(model.dependent),
      regressors: model.regressors.map(move),
      controls: [],
      groups: { names: [...model.groups.names].reverse(), of: model.groups.of.map((g) => 3 - g) }
    }
    const options = { seed: 5, permutations: 99, terms: [x[0]!] }
    const [one, other] = [groupPermutation(model, options).tests, groupPermutation(turned, options).tests]
    const opposite: Readonly<Record<string, string>> = {
      permutation: "permutation",
      permutation_greater: "permutation_less",
      permutation_less: "permutation_greater",
      permutation_t: "permutation_t"
    }
    for (const { pValue, statistic, test, variant } of one) {
      const [a, b] = variant.slice(x[0]!.length + 2).split(" - ")
      const found = other.find((t) => t.test === opposite[test] && t.variant === `${x[0]}: ${b} - ${a}`)!
      expect(found.pValue).toBe(pValue)
      expect(difference([-found.statistic!], [statistic!])).toBeLessThan(1e-9)
    }
    expect(one).toHaveLength(4 * 6)
  })
  it("a group and its copy: no arrangement has a smaller difference", () => {
    const given = two("unbalanced", [9], [])
    const rows = Array.from(given.index.entity.keys()).filter((row) => given.groups.of[given.index.entity[row]!] === 0)
    const state = (row: number) => given.index.entities[given.index.entity[row]!]!
    const index = panelIndex(
      [...rows.map(state), ...rows.map((row) => `copy of ${state(row)}`)],
      [...rows, ...rows].map((row) => given.index.years[given.index.year[row]!]!)
    )
    const twice = ({ name, values }: GroupedModel["dependent"]) => ({ name, values: Float64Array.from([...rows, ...rows], (row) => values[row]!) })
    const { tests } = groupPermutation(
      {
        index,
        dependent: twice(given.dependent),
        regressors: given.regressors.map(twice),
        controls: given.controls.map(twice),
        groups: { names: ["Pacific", "Copy"], of: Int32Array.from(index.entities, (name) => (name.startsWith("copy") ? 1 : 0)) }
      },
      { seed: 1, permutations: 20 }
    )
    expect(tests[0]!.pValue).toBe(1)
    expect(Math.abs(tests[0]!.statistic!)).toBeLessThan(1e-12)
  })
  it("with two entities in each group there is a difference, and no standard error to hold it against", () => {
    const model = two("balanced", [9], [2])
    const kept = new Set(["CALIFORNIA", "OREGON", "NEW_YORK", "NEW_JERSEY"])
    const of = model.groups.of.map((g, i) => (kept.has(model.index.entities[i]!) ? g : -1))
    const { tests } = groupPermutation({ ...model, controls: model.controls.slice(0, 1), groups: { ...model.groups, of } }, { seed: 1, permutations: 6 })
    expect(tests.map(({ test, pValue }) => [test, pValue !== undefined])).toEqual([
      ["permutation", true],
      ["permutation_greater", true],
      ["permutation_less", true],
      ["permutation_t", false]
    ])
    expect(tests[3]).toMatchObject({ statistic: undefined, note: expect.stringContaining("three entities in each group") })
    // Of six arrangements each stands beside its mirror image.
    expect([1 / 3, 2 / 3, 1].some((p) => Math.abs(p - tests[0]!.pValue!) < 1e-12)).toBe(true)
  })
  it("arrangements that leave a group without an estimate are counted and told; an observed one is a fault", () => {
    const base = two("balanced", [9], [7])
    // Only two states of each group vary in it, so that a first group of the five others cannot carry it.
    const varying = new Set(["CALIFORNIA", "TEXAS"])
    const vary = ({ name, values }: GroupedModel["dependent"]) => ({
      name,
      values: values.map((value, row) => (varying.has(base.index.entities[base.index.entity[row]!]!) ? value : 5))
    })
    const model = { ...base, controls: [...base.controls.slice(0, -1), vary(base.controls.at(-1)!)] }
    const { tests, warnings } = groupPermutation(model, { seed: 1, permutations: 35 })
    // Neither of the two among three of seven: C(5, 3); both: C(5, 1), which leaves the four others without.
    expect(tests[0]!.note).toContain("all 35 arrangements of entities' labels, less 15 that left a group without an estimate, p = #/20")
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ["singular-permutations", "First - Second: 15 of 35 arrangements of the labels left a group that cannot carry the model; they have no part in p"]
    ])
    varying.delete("TEXAS")
    const lacking = { ...base, controls: [...base.controls.slice(0, -1), vary(base.controls.at(-1)!)] }
    expect(() => groupPermutation(lacking, { seed: 1, permutations: 35 })).toThrow(Fault)
    expect(() => groupPermutation(lacking, { seed: 1, permutations: 35 })).toThrow(/^Second: entity effects, year effects and other regressors explain one of/)
  })
})
