import { Schema } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { canonicalJson } from "../../../src/dag/canonical-json.ts"
import { editParams, parseParamEdit, writeParamEdit } from "../../../src/dag/param-edits.ts"
import type { AnyStage, Json } from "../../../src/dag/stage.ts"
import { dataDifferences } from "../../../src/studio/server/what-if/data-differences.ts"
import { editDataFile } from "../../../src/studio/server/what-if/edit-data-file.ts"
import { paramDifferences } from "../../../src/studio/server/what-if/param-differences.ts"
import { callsOf, canBe, literal, paramSplices, spliced } from "../../../src/studio/server/what-if/source-edits.ts"
import { unifiedDiff } from "../../../src/studio/server/what-if/unified-diff.ts"

const key = fc.constantFrom("a", "b", "years", "a key", "x.y", "größe", '"')
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.constantFrom("iid", "5", "true", "null", "", "a=b", "[1]"),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }) as fc.Arbitrary<Json>,
    fc.dictionary(key, tie("value"), { maxKeys: 3 }) as fc.Arbitrary<Json>
  )
})).value
const params = fc.dictionary(key, json, { maxKeys: 4 }) as fc.Arbitrary<{ readonly [name: string]: Json }>
const anything = { params: Schema.Json } as unknown as AnyStage

/** Applies a diff as `patch` does: what it takes out and leaves must be what is there. */
const patched = (before: string, diff: string): string => {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const out: Array<string> = []
  let at = 0
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [head = "", ...body] = hunk.match(/[^\n]*\n/g) ?? []
    const [, start, count] = /^@@ -(\d+)(?:,(\d+))? /.exec(head)!
    const first = Number(start) - (count === "0" ? 0 : 1)
    out.push(...lines.slice(at, first))
    at = first
    for (const [i, line] of body.entries()) {
      if (line.startsWith("\\")) continue
      const text = body[i + 1]?.startsWith("\\") ? line.slice(1, -1) : line.slice(1)
      if (line[0] !== "+") expect(lines[at++]).toBe(text)
      if (line[0] !== "-") out.push(text)
    }
  }
  return [...out, ...lines.slice(at)].join("")
}

describe("what is printed and typed for a what-if", () => {
  it("a step that is no text of JSON is no edit", () => {
    expect(parseParamEdit(String.raw`node.p["a\"b"][0]=1`)?.path).toEqual(["p", 'a"b', 0])
    expect(parseParamEdit(String.raw`node.p["\x"]=1`)).toBeUndefined()
  })

  it("law: the differences of parameters, typed as --set takes them, make one of the other", () => {
    fc.assert(
      fc.property(params, params, (before, after) => {
        const typed = paramDifferences("node[a b]", before, after).map(writeParamEdit)
        const read = typed.map((text) => parseParamEdit(text)!)
        expect(read.map(({ node }) => node)).toEqual(read.map(() => "node[a b]"))
        const made = editParams(anything, before, read)
        expect(made.faults).toEqual([])
        expect(canonicalJson(made.params)).toBe(canonicalJson(after))
      })
    )
  })

  it("law: a unified diff makes one text of the other, whether the last line ends or not", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "", "c d"), { maxLength: 12 })
      .chain((lines) => fc.constantFrom(lines.join("\n"), lines.map((one) => `${one}\n`).join("")))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff("x", before, after)
        expect(diff === "").toBe(before === after)
        expect(patched(before, diff)).toBe(after)
      })
    )
  })

  it("law: an edited data file holds what it is to hold", () => {
    const rows = fc.array(fc.record({ name: fc.constantFrom("x", "y", "z", "w"), by: fc.integer(), note: fc.option(fc.string(), { nil: null }) }), {
      maxLength: 4
    })
    const value = fc.record({ title: fc.string(), rows, more: json }) as fc.Arbitrary<Json>
    fc.assert(
      fc.property(value, value, (before, after) => {
        const text = editDataFile("x.yaml", JSON.stringify(before), after)
        expect(canonicalJson(parse(text) as Json)).toBe(canonicalJson(after))
      })
    )
  })

  it("keeps comments, quotes and order of a data file that is edited, and touches no other line", () => {
    const text = "# head\nname: 'set' # why\nrows:\n  # of x\n  - { name: x, by: 1 }\n  # of y\n  - { name: y, by: 2 }\n"
    const edited = editDataFile("x.yaml", text, {
      name: "other",
      rows: [
        { name: "x", by: 1 },
        { name: "z", by: 3 },
        { name: "y", by: 2.5 }
      ]
    })
    expect(edited).toBe("# head\nname: 'other' # why\nrows:\n  # of x\n  - { name: x, by: 1 }\n  - { name: z, by: 3 }\n  # of y\n  - { name: y, by: 2.5 }\n")
    expect(editDataFile("x.yaml", text, parse(text) as Json)).toBe(text)
  })

  it("tells what differs in a data file by the names of its rows", () => {
    const rows = (...all: ReadonlyArray<Json>): Json => ({ title: "t", rows: all })
    const x = { name: "x", by: 1 }
    expect(dataDifferences(rows(x, { name: "y", by: 2 }), rows({ name: "x", by: 3 }, { name: "z", by: 2 }))).toEqual([
      { path: "rows.x.by", before: 1, after: 3 },
      { path: "rows.y", before: { name: "y", by: 2 }, after: undefined },
      { path: "rows.z", before: undefined, after: { name: "z", by: 2 } }
    ])
    expect(dataDifferences(rows(x, { name: "y" }), rows({ name: "y" }, x))).toMatchObject([{ path: "rows" }])
    expect(dataDifferences(rows(x), rows(x))).toEqual([])
    expect(dataDifferences({ a: [1, 2] }, { a: [1, 3] })).toEqual([{ path: "a", before: [1, 2], after: [1, 3] }])
  })

  it("puts parameters into the call that places a node, wherever they come from", () => {
    const put = (params: string, edits: ReadonlyArray<string>, whole: Json): string | undefined => {
      const text = `const n: Node<X> = dag.node(\`\${p}base\` as string, stage, { a }${params}) satisfies Y`
      const call = callsOf(text, "node")!.find(({ arguments: [first] }) => canBe(first, "iid-base"))!
      const splices = paramSplices(
        text,
        call,
        edits.map((one) => parseParamEdit(one)!),
        whole
      )
      return splices && /\{ a \}(.*)\) satisfies/.exec(spliced(text, splices))![1]
    }
    const whole = { variance: "iid", years: { from: 1, to: 2 }, list: ["a"] }
    expect(put(', { variance: "cluster" }', ["n.variance=iid"], whole)).toBe(', { variance: "iid" }')
    expect(put(", { variance, ...shared }", ["n.variance=iid"], whole)).toBe(', { variance: "iid", ...shared }')
    expect(put(", { ...shared }", ["n.variance=iid", "n.list=[]"], whole)).toBe(', { ...shared, variance: "iid", list: ["a"] }')
    expect(put(", { years: { from: 0, to: 2 } }", ["n.years.from=1"], whole)).toBe(", { years: { from: 1, to: 2 } }")
    expect(put(", { years }", ["n.years.from=1"], whole)).toBe(", { years: { from: 1, to: 2 } }")
    expect(put("", ["n.variance=iid"], whole)).toBe(', { variance: "iid" }')
    expect(put(", SHARED", ["n.variance=iid"], whole)).toBe(', { ...SHARED, variance: "iid" }')
    expect(put(", { a: 1, variance: 2, b: 3 }", ["n.variance="], { a: 1, b: 3 })).toBe(", { a: 1, b: 3 }")
    // What a spread brings in cannot be taken away.
    expect(put(", { ...shared }", ["n.variance="], {})).toBeUndefined()
    expect(literal({ a: [1, "x"], "b c": null })).toBe('{ a: [1, "x"], "b c": null }')
    expect(callsOf("enum A { b }", "node")).toBeUndefined()
  })
})
