/**
 * How often tests of equal coefficients between two groups of entities reject at a nominal 5% where they are equal: the interacted model's Wald F clustered by
 * entity, permuted differences, and permuted t. Groups of the sizes that a study of China's provinces has, 19 years, errors and regressor autocorrelated;
 * the second group's regressor and errors spread as the first's, or not. Run: npm run bench -- group-difference [replications]
 */
import { groupInteraction } from "../src/econometrics/groups/group-interaction.ts"
import { groupPermutation } from "../src/econometrics/groups/group-permutation.ts"
import type { GroupedModel } from "../src/econometrics/groups/grouped-sample.ts"
import { panelIndex } from "../src/econometrics/sample/panel-index.ts"
import { stream } from "../src/stats/random.ts"

const replications = Number(process.argv[2] ?? 300)
const PERMUTATIONS = 199
const T = 19
const TESTS = ["difference_f", "permutation", "permutation_t"]

/** y = x + e; x is an AR(1) of .8, e of .6, both of variance 1 in the first group. */
const draw = (first: number, second: number, spreadX: number, spreadE: number, replicate: number): GroupedModel => {
  const random = stream(20_241, replicate)
  const N = first + second
  const cells = Array.from({ length: N * T }, (_, at) => ({ i: Math.floor(at / T), t: at % T }))
  const series = (rho: number): Float64Array => {
    const values = new Float64Array(N * T)
    for (const [at, { t }] of cells.entries()) values[at] = t === 0 ? random.normal() : rho * values[at - 1]! + Math.sqrt(1 - rho * rho) * random.normal()
    return values
  }
  const spread = (values: Float64Array, times: number) => values.map((value, at) => (cells[at]!.i < first ? value : times * value))
  const x = spread(series(0.8), spreadX)
  const e = spread(series(0.6), spreadE)
  return {
    index: panelIndex(
      cells.map(({ i }) => `e${String(i).padStart(2, "0")}`),
      cells.map(({ t }) => 2003 + t)
    ),
    dependent: { name: "y", values: x.map((value, at) => value + e[at]!) },
    regressors: [{ name: "x", values: x }],
    controls: [],
    groups: { names: ["first", "second"], of: Int32Array.from({ length: N }, (_, i) => (i < first ? 0 : 1)) }
  }
}

console.log(`rejections at a nominal 5%, ${replications} replications, ${PERMUTATIONS} permutations`)
for (const [first, second] of [
  [12, 3],
  [10, 6],
  [18, 13]
] as const)
  for (const [spreadX, spreadE] of [
    [1, 1],
    [0.5, 1],
    [1, 2],
    [1, 0.5]
  ] as const) {
    const rejected = new Map(TESTS.map((test) => [test, 0]))
    for (let r = 0; r < replications; r++) {
      const model = draw(first, second, spreadX, spreadE, r)
      for (const { pValue, test } of [...groupInteraction(model).tests, ...groupPermutation(model, { seed: r, permutations: PERMUTATIONS }).tests])
        if (pValue! <= 0.05 && rejected.has(test)) rejected.set(test, rejected.get(test)! + 1)
    }
    const rates = TESTS.map((test) => `${test} ${((100 * rejected.get(test)!) / replications).toFixed(1)}%`)
    console.log(`  ${first} and ${second} entities, the second's sd of x ${spreadX}, of e ${spreadE}:  ${rates.join("  ")}`)
  }
