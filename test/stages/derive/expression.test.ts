import { assert, describe, it } from "@effect/vitest"
import { Exit, Schema, SchemaIssue } from "effect"
import { Derived } from "../../../stages/derive/expression.ts"

const issuesOf = (expr: unknown): ReadonlyArray<readonly [path: string, message: string]> => {
  const exit = Schema.decodeUnknownExit(Derived, { errors: "all", onExcessProperty: "error" })({ name: "x", expr })
  const failure = Exit.isFailure(exit) ? exit.cause.reasons.find((reason) => reason._tag === "Fail") : undefined
  if (failure === undefined) return []
  return SchemaIssue.makeFormatterStandardSchemaV1()(failure.error.issue).issues.map(({ message, path }) => [path!.map(String).join("."), message])
}

describe("the schema of expressions", () => {
  it("takes every operation, nested", () => {
    const deflate = { value: "a", index: { lag: ["p", 2] }, base: 2003, indexIs: "previous-year" }
    for (const expr of [
      "a",
      { ln: { ratio: ["a", "b"] } },
      { ln1p: { product: ["a", "b", "c"] } },
      { sum: ["a", { difference: ["b", "c"] }] },
      { scale: ["a", 0.1] },
      { deflate }
    ])
      assert.deepStrictEqual(issuesOf(expr), [])
  })
  it("an unknown operation is one fault, with what may have been meant", () => {
    const [[path, message] = ["", ""], ...others] = issuesOf({ ln: { ration: ["a", "b"] } })
    assert.deepStrictEqual([path, others], ["expr.ln.ration", []])
    assert.include(message, 'did you mean "ratio"?')
    assert.include(message, "there are: ln, ln1p, ratio, product, sum, difference, scale, lag, deflate")
  })
  it("operands that do not fit are faults at their paths, all together", () => {
    assert.deepStrictEqual(issuesOf({ sum: [{ ratio: ["a"] }, { scale: ["b", "2"] }, { lag: ["c", 0] }, { ln: "a*b" }] }), [
      ["expr.sum.0.ratio", "expected a list of two expressions"],
      ["expr.sum.1.scale.1", "expected a number"],
      ["expr.sum.2.lag.1", "expected a whole number of years, 1 or more"],
      ["expr.sum.3.ln", '"a*b" is not a variable\'s name: letters, digits and "_", a letter first, not ending in "__filled" or "__source"']
    ])
    assert.deepStrictEqual(
      issuesOf({ deflate: { value: 1, index: "p", base: 2003.5, indexIs: "chained", to: 1 } }).map(([path]) => path),
      ["expr.deflate.value", "expr.deflate.base", "expr.deflate.indexIs", "expr.deflate.to"]
    )
  })
  it("anything but a name or one operation is a fault", () => {
    for (const expr of [1, null, [], {}, { ln: "a", ln1p: "b" }])
      assert.deepStrictEqual(
        issuesOf(expr).map(([path, message]) => [path, message.slice(0, 31)]),
        [["expr", "expected the name of a variable"]]
      )
  })
})
