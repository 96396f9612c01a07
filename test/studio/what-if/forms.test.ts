import { readFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect, Schema } from "effect"
import { describe, expect, it } from "vitest"
import study from "../../../dag.ts"
import { type BuildOptions, buildGraph } from "../../../src/dag/build-graph.ts"
import { canonicalJson } from "../../../src/dag/canonical-json.ts"
import { parseDataFile } from "../../../src/dag/data-file.ts"
import type { Json } from "../../../src/dag/stage.ts"
import { Form } from "../../../src/studio/messages/form.ts"
import { fits } from "../../../src/studio/page/what-if/form/form-value.ts"
import { faultsFor, isOther } from "../../../src/studio/page/what-if/use-check.ts"
import { formOfSchema } from "../../../src/studio/server/what-if/form-of-schema.ts"
import { defaultsOf } from "../../../src/studio/server/what-if/param-defaults.ts"

const directory = dirname(fileURLToPath(new URL("../../../dag.ts", import.meta.url)))
const data: Array<Parameters<NonNullable<BuildOptions["decoding"]>>> = []
const { graph, stages } = buildGraph(study, { directory, replaced: new Map(), reading: () => {}, decoding: (...one) => data.push(one) })
const codecOf = (stage: string) => stages.get(stage)!.params as Schema.Codec<unknown, Json>

/** Where a form asks for JSON: paths of what no form can ask for. */
const jsonIn = (form: Form, path = ""): ReadonlyArray<string> => {
  switch (form.kind) {
    case "json":
      return [path]
    case "list":
      return jsonIn(form.item, `${path}[]`)
    case "record":
      return jsonIn(form.value, `${path}.*`)
    case "struct":
      return form.fields.flatMap((field) => jsonIn(field.form, path === "" ? field.name : `${path}.${field.name}`))
    case "union":
      return form.options.flatMap((option) => jsonIn(option.form, path))
    default:
      return []
  }
}

describe("forms of Schemas", () => {
  it("describe the parameters of every node of the paper's study, which fit them, and come back as they were", () => {
    for (const { name, params, stage } of graph.nodes) {
      const form = formOfSchema(codecOf(stage))
      expect(form.kind, name).toBe("struct")
      // It goes over the wire as it is.
      expect(Schema.decodeUnknownSync(Form)(JSON.parse(JSON.stringify(Schema.encodeSync(Form)(form))))).toEqual(form)
      const value = JSON.parse(params) as Json
      expect(fits(form, value), `${name}: ${params}`).toBe(true)
      const codec = codecOf(stage)
      expect(canonicalJson(Schema.encodeUnknownSync(codec)(Schema.decodeUnknownSync(codec)(value)))).toBe(params)
    }
  })

  it("ask for JSON only where a value is of any shape: expressions, and what differs by its place", () => {
    const asked = new Map([...stages].flatMap(([stage]) => jsonIn(formOfSchema(codecOf(stage))).map((path) => [`${stage} ${path}`, path] as const)))
    expect(new Set(asked.values())).toMatchInlineSnapshot(`
      Set {
        "indicators[].expr",
        "variables[].expr",
        "indices[].choices[]",
        "specifications[].choices[]",
      }
    `)
  })

  it("of the study's data files fit what these hold", () => {
    expect(data.map(([name]) => name)).toContain("indicators")
    for (const [name, file, schema] of data) expect(fits(formOfSchema(schema), parseDataFile(file, readFileSync(file, "utf8")) as Json), name).toBe(true)
  })

  it("have bounds, choices, tuples and optional fields with their titles", () => {
    const Of = Schema.Struct({
      share: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).annotate({ title: "Share", description: "of what is left" }),
      count: Schema.Int.check(Schema.isGreaterThan(2)),
      pair: Schema.Tuple([Schema.String, Schema.String]),
      mixed: Schema.Tuple([Schema.String, Schema.Int]),
      kind: Schema.Literals(["a", "b"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("a" as const))),
      either: Schema.Union([Schema.Literal("all"), Schema.Array(Schema.NonEmptyString)])
    })
    expect(formOfSchema(Of as never)).toEqual({
      kind: "struct",
      fields: [
        { name: "share", title: "Share", about: "of what is left", optional: false, form: { kind: "number", integer: false, minimum: 0, maximum: 1 } },
        { name: "count", optional: false, form: { kind: "number", integer: true, above: 2 } },
        { name: "pair", optional: false, form: { kind: "list", item: { kind: "text", filled: false }, least: 2, most: 2 } },
        { name: "mixed", optional: false, form: { kind: "json" } },
        { name: "kind", optional: true, form: { kind: "choice", options: ["a", "b"] } },
        {
          name: "either",
          optional: false,
          form: {
            kind: "union",
            options: [
              { label: "all", form: { kind: "choice", options: ["all"] } },
              { label: "a list", form: { kind: "list", item: { kind: "text", filled: true }, least: 0 } }
            ]
          }
        }
      ]
    })
  })

  it("know what each parameter is where it is left out", () => {
    const baseline = graph.nodes.find(({ name }) => name === "baseline")!
    expect(defaultsOf(codecOf(baseline.stage), JSON.parse(baseline.params))).toMatchObject({ variance: "cluster", level: 0.95, controls: [] })
    expect(defaultsOf(codecOf(baseline.stage), JSON.parse(baseline.params))).not.toHaveProperty("dependent")
  })
})

it("a data file and a node of one name are two: what is other or wrong of one is nothing of the other", () => {
  const other = { of: "indicators", isData: true, path: "years", before: "1", after: "2" }
  const draft = { params: {}, data: { indicators: { file: null, value: 2 } }, name: null, changes: null }
  const answer = {
    name: "x",
    made: null,
    settings: [other],
    faults: [{ of: "indicators", isData: true, path: "years", message: "wrong" }],
    command: null,
    plan: null
  }
  const both = { ...draft, params: { indicators: { all: false, params: {} } } }
  for (const settled of [false, true]) {
    expect(isOther(draft, { answer, settled }, "data", "indicators")).toBe(true)
    expect(isOther(draft, { answer, settled }, "params", "indicators")).toBe(false)
  }
  expect(isOther(both, { answer, settled: true }, "params", "indicators")).toBe(false)
  expect(
    isOther(
      { ...draft, params: { "m[a]": { all: true, params: {} } } },
      { answer: { ...answer, settings: [{ ...other, of: "m", isData: false }] }, settled: true },
      "params",
      "m[a]"
    )
  ).toBe(true)
  expect([faultsFor(answer, "data", "indicators").size, faultsFor(answer, "params", "indicators").size]).toEqual([1, 0])
})
