import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import type { StoredTable } from "../../src/artifact/column.ts"
import { parseDataFile } from "../../src/dag/data-file.ts"
import { type AnyStage, Stage } from "../../src/dag/stage.ts"
import { indexNode, shownScope, weightsNode } from "../../stages/index-nodes.ts"
import { IndicatorSet } from "../../stages/indicator-set.ts"
import { normalize } from "../../stages/normalize.ts"
import { IndicatorWeights, NormalizedPanel } from "../../stages/table-types.ts"
import { weightsTable } from "../../stages/tables/weights-table.ts"
import { weighIndicators, weightingParams } from "../../stages/weightings/weigh-indicators.ts"
import { agrees, columns, oracle as states } from "../econometrics/measurement/index-oracle.ts"
import { usStates } from "../econometrics/produc.ts"
import { indicators, oraclePanel } from "./panel-oracle.ts"
import { faultsOf, normalizedOf } from "./panel-tables.ts"
import { column, numbers, runStage, type StageResult } from "./run-stage.ts"

type Placed = readonly [name: string, stage: AnyStage, inputs: Record<string, StoredTable>, params: unknown]
const docs = readFileSync("docs/indices.md", "utf8")
const block = (language: string, nth = 0) => [...docs.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))][nth]![1]!

/** Runs what a study's builder places, node by node, where wires are the names of nodes before. */
const run = (build: (dag: { readonly node: (...placed: Placed) => string }) => void, given: Record<string, StoredTable>) =>
  Effect.gen(function* () {
    const placed: Array<Placed> = []
    build({
      node: (...node) => {
        placed.push(node)
        return node[0]
      }
    })
    const tables = { ...given }
    const results: Record<string, StageResult> = {}
    for (const [name, stage, inputs, params] of placed) {
      const wired = Object.fromEntries(Object.entries(inputs).map(([input, from]) => [input, Array.isArray(from) ? from : tables[String(from)]!]))
      results[name] = yield* runStage(stage, wired, params)
      tables[name] = results[name].outputs["output"]!
    }
    return results
  })
const indexOf = (set: IndicatorSet, normalized: StoredTable) =>
  run(
    (dag) => {
      const builder = dag as unknown as Parameters<typeof weightsNode>[0]
      const from = "normalized" as unknown as Parameters<typeof weightsNode>[2]
      indexNode(builder, "index", { normalized: from, weights: weightsNode(builder, "weights", from, set) }, set)
    },
    { normalized }
  )
const decode = (value: unknown) => Schema.decodeUnknownSync(IndicatorSet, { onExcessProperty: "error" })(value)
const small = {
  name: "small",
  index: "ami",
  dimensions: [
    { name: "tech", label: "Technology" },
    { name: "green", label: "Green" }
  ],
  indicators
}
const consistent = [4, 3, 2, 1].map((a) => [4, 3, 2, 1].map((b) => a / b))
const weightings = [
  undefined,
  { method: "entropy", shift: 0.01 },
  { method: "equal" },
  { method: "critic", scope: "by-year" },
  { method: "standard-deviation", scope: "by-entity" },
  { method: "first-component" },
  { method: "rotated-components" },
  { method: "ahp", comparisons: consistent }
]
const aggregations = [
  undefined,
  { method: "geometric", shift: 0.01 },
  { method: "topsis" },
  { method: "topsis", weights: "mean" },
  { method: "grey-relational" }
]

/** The five indicators of the US states, each its own dimension's. */
const fiveOf = (weighting: unknown, aggregation: unknown) => {
  const names = Object.keys(states.normalized)
  return decode({
    name: "states",
    index: "index",
    dimensions: [{ name: "all", label: "All" }],
    indicators: names.map((name) => ({ name, label: name, dimension: "all", attribute: "positive" })),
    weighting,
    aggregation
  })
}
const statesNormalized = () => {
  const { state, year } = usStates()
  return normalizedOf([...new Set(state)], [...new Set(year)], Object.fromEntries(Object.keys(states.normalized).map((name, m) => [name, [...columns[m]!]])))
}

describe("the nodes of an index", () => {
  it.effect("every weighting fits every aggregation: the same columns, weights that sum to one, scores of 0 to 100", () =>
    Effect.gen(function* () {
      const normalized = (yield* runStage(normalize, { panel: oraclePanel }, { indicators })).outputs["output"]!
      for (const weighting of weightings)
        for (const aggregation of aggregations) {
          const set = decode({ ...small, ...(weighting && { weighting }), ...(aggregation && { aggregation }) })
          const { index, weights } = yield* indexOf(set, normalized)
          const table = weights!.outputs["output"]
          const scopes = column(table, "scope") as ReadonlyArray<string>
          for (const scope of new Set(scopes))
            for (const [measure, sum] of [
              ["weight", 1],
              ["individual_weight", 2]
            ] as const)
              assert.closeTo(
                numbers(table, measure).reduce((total, w, i) => total + (scopes[i] === scope ? w : 0), 0),
                sum,
                1e-9
              )
          const made = index!.outputs["output"]!
          assert.deepStrictEqual(
            made.columns.map(({ name }) => name),
            ["entity", "year", "ami", "ami_share", "green", "green_share", "tech", "tech_share"]
          )
          for (const name of ["ami", "green", "tech"]) assert.isTrue(numbers(made, name).every((score) => score >= 0 && score <= 100 + 1e-9))
        }
    })
  )
  it.effect("agree with R on the US states: CRITIC by year, and TOPSIS, geometric and grey relational under pooled CRITIC", () =>
    Effect.gen(function* () {
      const normalized = statesNormalized()
      const byYear = (yield* indexOf(fiveOf({ method: "critic", scope: "by-year" }, { method: "linear" }), normalized))["weights"]!.outputs["output"]
      const scope = column(byYear, "scope")
      for (const [year, expected] of Object.entries(states.critic_by_year))
        agrees(
          numbers(byYear, "weight").filter((_, i) => scope[i] === year),
          expected
        )
      for (const [aggregation, expected] of [
        [{ method: "topsis" }, states.topsis],
        [{ method: "geometric", shift: 0.01 }, states.geometric],
        [{ method: "grey-relational" }, states.grey]
      ] as const)
        agrees(numbers((yield* indexOf(fiveOf({ method: "critic" }, aggregation), normalized))["index"]!.outputs["output"], "index"), expected)
    })
  )
  it.effect("tell zeros of a geometric mean, and comparisons that contradict each other", () =>
    Effect.gen(function* () {
      const { index, weights } = yield* indexOf(fiveOf({ method: "ahp", comparisons: states.ahp.matrix }, { method: "geometric" }), statesNormalized())
      agrees(numbers(weights!.outputs["output"], "weight"), states.ahp.weights)
      assert.include(weights!.warnings[0]!.message, "consistency ratio is 0.154, above 0.1")
      assert.deepStrictEqual(
        index!.warnings.map(({ code, where }) => [code, where?.column]),
        [
          ["zero-scores", "index"],
          ["zero-scores", "all"]
        ]
      )
    })
  )
  it.effect("an indicator that is constant within a scope has no weight by CRITIC, and its own by equal weights", () =>
    Effect.gen(function* () {
      const normalized = normalizedOf(["a", "b", "c"], [2003], { x: [0, 0.5, 1], y: [1, 0, 0.2], z: [0.4, 0.4, 0.4] })
      const of = (name: string) => ({ name, label: name, dimension: "d", attribute: "positive" })
      const set = (weighting: unknown) =>
        decode({ name: "s", index: "i", dimensions: [{ name: "d", label: "D" }], indicators: ["x", "y", "z"].map(of), weighting })
      const critic = (yield* indexOf(set({ method: "critic" }), normalized))["weights"]!
      assert.strictEqual(numbers(critic.outputs["output"], "weight")[2], 0)
      assert.deepStrictEqual(
        critic.warnings.map(({ code }) => code),
        ["uninformative-indicator"]
      )
      const equal = (yield* indexOf(set({ method: "equal" }), normalized))["weights"]!
      agrees(numbers(equal.outputs["output"], "weight"), [1 / 3, 1 / 3, 1 / 3])
      assert.deepStrictEqual(equal.warnings, [])
    })
  )
})

describe("docs/indices.md", () => {
  const set = decode(parseDataFile("set.yaml", block("yaml")))
  it.effect("has a set and nodes that run", () =>
    Effect.gen(function* () {
      const names = { normalize, weightsNode, indexNode, weightsTable, shownScope, set, panel: "panel" }
      const build = new Function("dag", ...Object.keys(names), block("ts"))
      const { index, table, weights } = yield* run((dag) => build(dag, ...Object.values(names)), { panel: oraclePanel })
      assert.strictEqual(column(weights!.outputs["output"], "method")[0], "CRITIC")
      const mean = numbers(weights!.outputs["output"], "weight").at(-1)!
      assert.isTrue(numbers(table!.outputs["output"], "value").includes(mean))
      assert.isTrue(index!.outputs["output"]!.columns.some(({ name }) => name === "quality"))
    })
  )
  it.effect("has a weighting in one file that runs and takes part in the faults of all", () =>
    Effect.gen(function* () {
      const code = block("ts", 1).replaceAll(/^import .*$/gm, "")
      const names = { IndicatorWeights, NormalizedPanel, Stage, Schema, weighIndicators, weightingParams }
      const variationWeights: AnyStage = new Function(...Object.keys(names), `${code.replace("export const", "const")}\nreturn variationWeights`)(
        ...Object.values(names)
      )
      const normalized = (yield* runStage(normalize, { panel: oraclePanel }, { indicators })).outputs["output"]!
      const variations = indicators.map(({ name }) => {
        const y = numbers(normalized, name)
        const mean = y.reduce((sum, value) => sum + value, 0) / y.length
        return Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length) / mean
      })
      const sum = variations.reduce((total, one) => total + one, 0)
      agrees(
        numbers((yield* runStage(variationWeights, { normalized }, { indicators })).outputs["output"], "weight"),
        variations.map((one) => one / sum)
      )
      const one = yield* faultsOf(variationWeights, { normalized: normalizedOf(["a"], [2003], { share: [1] }) }, { indicators })
      assert.strictEqual(one[0]!.code, "one-row-scope")
    })
  )
})
