import { assert, describe, it } from "@effect/vitest"
import { Exit, Schema, SchemaIssue } from "effect"
import { parseDataFile } from "../../src/dag/data-file.ts"
import { IndicatorSet } from "../../stages/indicator-set.ts"
import { readFile } from "./run-stage.ts"

const set = {
  name: "small",
  index: "ami",
  dimensions: [
    { name: "amt", label: "Technology" },
    { name: "amm", label: "Management" }
  ],
  indicators: [
    { name: "share", label: "New products", dimension: "amt", attribute: "positive" },
    { name: "debt", label: "Debt", dimension: "amm", attribute: "negative", unit: "%", transform: "ln" }
  ]
}
const issuesOf = (value: unknown): ReadonlyArray<readonly [path: string, message: string]> => {
  const exit = Schema.decodeUnknownExit(IndicatorSet, { errors: "all", onExcessProperty: "error" })(value)
  assert.isTrue(Exit.isFailure(exit))
  const failure = Exit.isFailure(exit) ? exit.cause.reasons.find((reason) => reason._tag === "Fail") : undefined
  return SchemaIssue.makeFormatterStandardSchemaV1()(failure!.error.issue).issues.map(({ message, path }) => [path!.map(String).join("."), message])
}
const [share, debt] = set.indicators

describe("the schema of indicator sets", () => {
  it("fills in unit and transform", () => {
    const decoded = Schema.decodeUnknownSync(IndicatorSet)(set)
    assert.deepInclude(decoded.indicators[0], { unit: "", transform: "none" })
  })
  it("takes the sets of this repository", () => {
    for (const path of ["indicators/paper.yaml", "indicators/reduced.yaml", "examples/us-states/indicators.yaml"]) {
      const text = new TextDecoder().decode(readFile(path).bytes)
      assert.isAtLeast(Schema.decodeUnknownSync(IndicatorSet, { onExcessProperty: "error" })(parseDataFile(path, text)).indicators.length, 5)
    }
  })
  it("an indicator named twice is a fault at the second", () => {
    const issues = issuesOf({ ...set, indicators: [share, debt, { ...share, label: "Again" }] })
    assert.deepStrictEqual(issues, [["indicators.2.name", '"share" stands already at indicators[0]: give each its own name']])
  })
  it("an unknown dimension is a fault that lists the known", () => {
    const issues = issuesOf({ ...set, indicators: [share, debt, { ...debt, name: "x", dimension: "green" }] })
    assert.deepStrictEqual(issues, [["indicators.2.dimension", '"green" is not among the dimensions: "amt", "amm"']])
  })
  it("a dimension without indicators, and an index named like a dimension, are faults", () => {
    assert.deepStrictEqual(issuesOf({ ...set, indicators: [share] }), [["dimensions.1.name", 'no indicator is in the dimension "amm"']])
    assert.deepStrictEqual(
      issuesOf({ ...set, index: "amt" }).map(([path]) => path),
      ["index"]
    )
  })
  it("names that a model would misread are faults", () => {
    for (const name of ["a*b", "L.x", "(constant)", "x__filled", "year", "entity", "2x", ""])
      assert.deepStrictEqual(
        issuesOf({ ...set, indicators: [{ ...share, name }, debt] }).map(([path]) => path),
        ["indicators.0.name"]
      )
    assert.isTrue(Schema.is(IndicatorSet)(Schema.decodeUnknownSync(IndicatorSet)({ ...set, indicators: [{ ...share, name: "新产品" }, debt] })))
  })
  it("an attribute other than positive or negative is a fault", () => {
    assert.deepStrictEqual(
      issuesOf({ ...set, indicators: [{ ...share, attribute: "+" }, debt] }).map(([path]) => path),
      ["indicators.0.attribute"]
    )
  })
  it("takes a weighting and an aggregation, and refuses settings that a method lacks and comparisons that do not fit", () => {
    const fits = {
      ...set,
      weighting: {
        method: "ahp",
        comparisons: [
          [1, 2],
          [0.5, 1]
        ]
      },
      aggregation: { method: "grey-relational", zeta: 0.3 }
    }
    assert.deepStrictEqual(Schema.decodeUnknownSync(IndicatorSet)(fits).aggregation, { method: "grey-relational", zeta: 0.3 })
    assert.notProperty(Schema.decodeUnknownSync(IndicatorSet)(set), "weighting")
    assert.deepStrictEqual(issuesOf({ ...set, weighting: { method: "critic", shift: 1 } }), [
      ["weighting.shift", '"critic" has no setting "shift"; it has: scope: take it out']
    ])
    assert.deepStrictEqual(
      issuesOf({ ...set, weighting: { method: "entropie" }, aggregation: { method: "topsis", zeta: 2 } }).map(([path]) => path),
      ["weighting.method", "aggregation.zeta"]
    )
    assert.deepStrictEqual(
      issuesOf({ ...set, weighting: { method: "ahp" } }).map(([path]) => path),
      ["weighting.comparisons"]
    )
    assert.deepStrictEqual(issuesOf({ ...set, weighting: { method: "ahp", comparisons: [[1]] } }), [
      ["weighting.comparisons", "it has 1 rows for 2 indicators: give one for each, in their order"]
    ])
    assert.include(
      issuesOf({
        ...set,
        weighting: {
          method: "ahp",
          comparisons: [
            [1, 2],
            [2, 1]
          ]
        }
      })[0]![1],
      "they must be reciprocals"
    )
  })
})
