import { Effect, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { buildGraph } from "../../src/dag/build-graph.ts"
import { type Builder, Dag, GraphError, wiresOf } from "../../src/dag/dag.ts"
import { many, Stage } from "../../src/dag/stage.ts"
import { number, table } from "../../src/sediment.ts"

const Numbers = table("Numbers", { x: number() })
const one = Stage.make("one", { inputs: {}, params: Schema.Struct({}), output: Numbers, run: () => Effect.succeed({ x: Float64Array.of(1) }) })
const sum = Stage.make("sum", {
  inputs: { tables: many(Numbers) },
  params: Schema.Struct({}),
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
