import { Effect, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { buildGraph } from "../../src/dag/build-graph.ts"
import { type Builder, Dag, GraphError, type Output, wiresOf } from "../../src/dag/dag.ts"
import { Files, type Json, many, Stage } from "../../src/dag/stage.ts"
import { anyTable, number, table } from "../../src/sediment.ts"

const Numbers = table("Numbers", { x: number() })
const one = Stage.make("one", { inputs: {}, params: Schema.Struct({}), output: Numbers, run: () => Effect.succeed({ x: Float64Array.of(1) }) })
const sum = Stage.make("sum", {
  inputs: { tables: many(Numbers) },
  params: Schema.Struct({}),
  output: Numbers,
  run: () => Effect.succeed({ x: Float64Array.of(1) })
})
const ofN = Stage.make("of-n", {
  inputs: {},
  params: Schema.Struct({ n: Schema.optionalKey(Schema.Json) }),
  output: Numbers,
  run: () => Effect.succeed({ x: Float64Array.of(1) })
})
const oddlyNamed = Stage.make("oddly-named", {
  inputs: { "my table": Numbers },
  params: Schema.Struct({}),
  output: Numbers,
  run: () => Effect.succeed({ x: Float64Array.of(1) })
})

const build = (make: (dag: Builder) => Record<string, unknown>, name = "small") =>
  buildGraph(Dag.make(name, make), { directory: "/nowhere", replaced: new Map(), reading: () => {} }).graph
const faultsOf = (...args: Parameters<typeof build>) => {
  try {
    build(...args)
  } catch (error) {
    if (error instanceof GraphError) return error.faults.map((fault) => fault.code)
    throw error
  }
  return []
}

describe("a graph", () => {
  it("names each wire as reads of it are recorded", () => {
    const { nodes, targets } = build((dag) => {
      const a = dag.node("a", one, {})
      const b = dag.node("b", one, {})
      return { both: dag.node("both", sum, { tables: [a, b] }) }
    })
    expect(targets).toEqual(["both"])
    expect(wiresOf(nodes[2]!)).toEqual([
      ["tables[0]", { node: "a", output: "output" }],
      ["tables[1]", { node: "b", output: "output" }]
    ])
  })
})

describe("a stage with an output called output, and others", () => {
  const beside = (extra: string) =>
    Stage.make(`with-${extra}`, {
      inputs: {},
      params: Schema.Struct({}),
      output: { output: Numbers, [extra]: Numbers },
      run: () => Effect.succeed({ output: { x: [] }, [extra]: { x: [] } } as never)
    })
  it("is wired by its node, the others by name", () => {
    const { nodes, targets } = build((dag) => {
      const made = dag.node("made", beside("rest"), {}) as unknown as Output<typeof Numbers> & { readonly rest: Output<typeof Numbers> }
      return { both: dag.node("both", sum, { tables: [made, made.rest] }) }
    })
    expect(targets).toEqual(["both"])
    expect(nodes[0]!.outputs).toEqual({ output: "Numbers", rest: "Numbers" })
    expect(wiresOf(nodes[1]!).map(([, wire]) => wire)).toEqual([
      { node: "made", output: "output" },
      { node: "made", output: "rest" }
    ])
  })
  it("may not call these what a wire has itself", () => {
    expect(faultsOf((dag) => ({ made: dag.node("made", beside("node"), {}) }))).toEqual(["output-name"])
  })
})

describe("an input of any type", () => {
  const measure = Stage.make("measure", {
    inputs: { of: anyTable },
    params: Schema.Struct({}),
    output: Numbers,
    run: () => Effect.succeed({ x: Float64Array.of(1) })
  })
  it("takes an output, and no file", () => {
    expect(faultsOf((dag) => ({ made: dag.node("made", measure, { of: dag.node("a", one, {}) }) }))).toEqual([])
    expect(faultsOf((dag) => ({ made: dag.node("made", measure, { of: dag.source("a.csv") as never }) }))).toEqual(["wiring"])
  })
})

describe("an input of files", () => {
  const read = Stage.make("read", {
    inputs: { books: Files },
    params: Schema.Struct({}),
    output: Numbers,
    run: () => Effect.succeed({ x: Float64Array.of(1) })
  })
  const inputOf = (given: (dag: Builder) => unknown) =>
    build((dag) => ({ made: dag.node("made", read, { books: given(dag) as never }) })).nodes[0]!.inputs["books"]
  it("is a folder, whose files are not known yet, a file, or a list of them, each once", () => {
    expect(inputOf((dag) => dag.folder("data/in/", { match: "*.csv" }))).toEqual({ files: [], folder: { path: "data/in", match: "*.csv" } })
    expect(inputOf((dag) => dag.source("a b.csv"))).toEqual({ files: [{ source: "a b.csv" }] })
    const list = { files: [{ source: "b" }, { source: "a" }] }
    expect(inputOf((dag) => [dag.source("b"), dag.source("a"), dag.source("b")])).toEqual(list)
    expect(wiresOf({ inputs: { books: { files: [{ source: "in/a b[1].csv" }] } } })).toEqual([["books[in%2Fa%20b%5B1%5D.csv]", { source: "in/a b[1].csv" }]])
  })
  it("is nothing else; a pattern and a note that cannot be are told", () => {
    for (const given of [undefined, [], "data", 1]) expect(faultsOf((dag) => ({ made: dag.node("made", read, { books: given as never }) }))).toEqual(["wiring"])
    expect(faultsOf((dag) => ({ made: dag.node("made", read, { books: [dag.folder("data")] as never }) }))).toEqual(["wiring"])
    expect(faultsOf((dag) => ({ made: dag.node("made", read, { books: dag.folder("data", { match: "../*" }) }) }))).toEqual(["folder-pattern"])
    expect(
      faultsOf((dag) => ({ a: dag.node("a", read, { books: dag.folder("data") }), b: dag.node("b", read, { books: dag.folder("data", { note: "made up" }) }) }))
    ).toEqual(["source-note"])
  })
})

describe("a map", () => {
  const namesIn = (make: (dag: Builder) => unknown) => build((dag) => ({ made: make(dag) })).nodes.map(({ name }) => name)
  const at = (item: unknown, one: Builder) => one.node("at", ofN, {}, { n: item as Json })

  it("names nodes by the texts and numbers of a list, and by the keys of a record", () => {
    expect(namesIn((dag) => dag.map(["mi", "3 years", 250, 0.5, true, null], at))).toEqual([
      "at[mi]",
      "at[3 years]",
      "at[250]",
      "at[0.5]",
      "at[true]",
      "at[null]"
    ])
    expect(namesIn((dag) => dag.map({ b: 1, a: 1 }, at))).toEqual(["at[b]", "at[a]"])
  })
  it("names nodes by a hash of an object's content, whatever the order of its properties and of the list", () => {
    const names = namesIn((dag) => dag.map([{ from: 0, to: 5 }, ["x"]], at))
    expect(names.every((name) => /^at\[[0-9a-f]{12}\]$/.test(name))).toBe(true)
    expect(namesIn((dag) => dag.map([["more"], ["x"], { to: 5, from: 0 }], at)).slice(1)).toEqual(names.reverse())
  })
  it("inside of a map joins the keys, as does a key that a name has itself", () => {
    expect(
      namesIn((dag) => dag.map({ mi: 1, icc: 2 }, (_, one) => [one.map([0, 250], (from, block) => at(from, block)), one.node("as[published]", ofN, {}, {})]))
    ).toEqual(["at[mi 0]", "at[mi 250]", "as[mi published]", "at[icc 0]", "at[icc 250]", "as[icc published]"])
  })
  it("gives what was made in the order, or by the keys, of its items", () => {
    build((dag) => {
      const list = dag.map([2, 1], (n, one, key) => [n, key, at(n, one).node])
      expect(list).toEqual([
        [2, "2", "at[2]"],
        [1, "1", "at[1]"]
      ])
      const record = dag.map({ a: 7 }, (n, one, key) => [n, key, at(n, one).node])
      expect(record).toEqual({ a: [7, "a", "at[a]"] })
      return { made: dag.node("made", ofN, {}, {}) }
    })
  })
  it("over no items makes no node", () => expect(namesIn((dag) => [dag.map([], at), dag.node("made", ofN, {}, {})])).toEqual(["made"]))
  it("refuses two items that are equal, or come to the same key, and names both and what they would make", () => {
    const messages = (items: ReadonlyArray<Json>) => {
      try {
        build((dag) => ({ made: dag.map(items, at) }))
      } catch (error) {
        return (error as GraphError).faults.map(({ code, message }) => `${code}: ${message}`)
      }
      return []
    }
    expect(messages([0, 250, 0])).toEqual([
      'map-item: a map\'s item 1 (0) and item 3 (0) have one key, "0" (of "at[0]"): take one out, or give the items as a record, { key: item }'
    ])
    expect(messages([1, "1"])[0]).toContain('item 1 (1) and item 2 ("1") have one key, "1"')
    expect(
      messages([
        { a: 1, b: 2 },
        { b: 2, a: 1 }
      ])[0]
    ).toContain('item 1 ({"a":1,"b":2}) and item 2 ({"a":1,"b":2})')
  })
  it("refuses a key with brackets, and an item of a list that is no JSON", () => {
    expect(faultsOf((dag) => ({ made: dag.map(["a[b]"], at) }))).toEqual(["node-name"])
    expect(() => build((dag) => ({ made: dag.map([Number.NaN], at) }))).toThrow("item 1 of a map's list is no JSON")
  })
})

describe("a graph is refused", () => {
  it("where an input's name could not be told from what is read of it", () =>
    expect(faultsOf((dag) => ({ a: dag.node("a", oddlyNamed, { "my table": dag.node("b", one, {}) }) }))).toEqual(["input-name"]))
  it("where the study's name is no folder's and no reference's", () =>
    expect(faultsOf((dag) => ({ a: dag.node("a", one, {}) }), "../a:b")).toEqual(["study-name"]))
  it("where it is for nothing", () => expect(faultsOf(() => ({}))).toEqual(["no-targets"]))
  it("where a node's name is none, or stands for two", () =>
    expect(faultsOf((dag) => ({ a: dag.node("a b", one, {}), b: dag.node("b[k]", one, {}), c: dag.node("b[k]", one, {}) }))).toEqual([
      "node-name",
      "duplicate-node"
    ]))
  it("where a data file is missing, told without the system's words", () =>
    expect(() => build((dag) => ({ a: dag.data("set", "set.yaml", Schema.Unknown) }))).toThrow("there is no file set.yaml (looked for in /nowhere)"))
})
