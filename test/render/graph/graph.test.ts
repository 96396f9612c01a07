import { describe, expect, it } from "vitest"
import type { DrawnGraph } from "../../../src/render/graph/graph.ts"
import { graphDot } from "../../../src/render/graph/graph-dot.ts"
import { graphMermaid } from "../../../src/render/graph/graph-mermaid.ts"
import { graphSvg } from "../../../src/render/graph/graph-svg.ts"
import { grouped } from "../../../src/render/graph/grouped.ts"
import { neighbourhood } from "../../../src/render/graph/neighbourhood.ts"

const graph: DrawnGraph = {
  title: "advanced-manufacturing",
  nodes: [
    { name: "data/indicators.csv", stage: "", state: "source" },
    { name: "raw", stage: "ingest", state: "fresh" },
    { name: "panel", stage: "interpolate", state: "stale" },
    { name: "weights", stage: "entropy-weights", state: "failed" },
    { name: 'bootstrap["a&b"]', stage: "bootstrap", state: "unknown" },
    { name: "coagglo", stage: "coagglo", state: "fresh" }
  ],
  edges: [
    { from: "data/indicators.csv", to: "raw" },
    { from: "raw", to: "panel" },
    { from: "raw", to: "panel" },
    { from: "panel", to: "weights" },
    { from: "panel", to: "coagglo" },
    { from: "weights", to: 'bootstrap["a&b"]' },
    { from: "raw", to: 'bootstrap["a&b"]' },
    { from: "raw", to: "not in the graph" }
  ]
}

/** A DAG of `size` nodes in layers, each node reading two of the layer before. */
const layered = (size: number): DrawnGraph => {
  const wide = Math.ceil(Math.sqrt(size))
  return {
    title: "layers",
    nodes: Array.from({ length: size }, (_, i) => ({ name: `node${i}`, stage: "stage", state: "unknown" as const })),
    edges: Array.from({ length: size }, (_, i) => i)
      .filter((i) => i >= wide)
      .flatMap((i) => [0, 1].map((k) => ({ from: `node${i - wide - (((i % wide) + k * 3) % wide) + (i % wide)}`, to: `node${i}` })))
  }
}

describe("graph", () => {
  it.each([
    ["mmd", graphMermaid],
    ["dot", graphDot],
    ["svg", graphSvg]
  ] as const)("is drawn as %s: each edge once, names escaped, states told apart", async (extension, draw) => {
    await expect(draw(graph)).toMatchFileSnapshot(`expected/graph.${extension}`)
  })

  it("of a hundred nodes is drawn in well under a second, each node once", () => {
    const svg = graphSvg(layered(100))
    expect(svg.match(/<g><title>/g)).toHaveLength(100)
  })

  it("without a node is still a picture", () => expect(graphSvg({ title: "empty", nodes: [], edges: [] })).toContain("<title>empty</title>"))

  it("of a thousand nodes is drawn in seconds", () => {
    const svg = graphSvg(layered(1000))
    expect(svg.match(/<g><title>/g)).toHaveLength(1000)
  }, 30_000)
})

const edited: DrawnGraph = {
  title: "an edit",
  note: "Run 20261128T120000-0a1b2c3d, ok: 4 ran, 2 cut off",
  nodes: [
    { name: "data/controls.csv", stage: "", state: "edited" },
    { name: "data/published/table-04.csv", stage: "", state: "source" },
    { name: "data/published/table-05.csv", stage: "", state: "source" },
    { name: "raw", stage: "ingest", state: "ran", detail: "40 ms" },
    { name: "sample[east]", stage: "subset", state: "ran", detail: "2 ms" },
    { name: "sample[west]", stage: "subset", state: "cut off" },
    { name: "model[east]", stage: "within", state: "failed", detail: "1 ms" },
    { name: "model[west]", stage: "within", state: "fresh" },
    { name: "lagged", stage: "derive", state: "ran", detail: "parameter, 3 ms", edited: true },
    { name: "published[4]", stage: "published", state: "fresh" },
    { name: "published[5]", stage: "published", state: "fresh" },
    { name: "table", stage: "model-table", state: "blocked" }
  ],
  edges: [
    { from: "data/controls.csv", to: "raw" },
    { from: "data/published/table-04.csv", to: "published[4]" },
    { from: "data/published/table-05.csv", to: "published[5]" },
    { from: "raw", to: "sample[east]" },
    { from: "raw", to: "sample[west]" },
    { from: "sample[east]", to: "model[east]" },
    { from: "sample[west]", to: "model[west]" },
    { from: "raw", to: "lagged" },
    { from: "model[east]", to: "table" },
    { from: "model[west]", to: "table" },
    { from: "published[4]", to: "table" },
    { from: "published[5]", to: "table" }
  ]
}
const namesOf = ({ nodes }: DrawnGraph) => nodes.map(({ name }) => name)

describe("the way of an edit", () => {
  it.each([
    ["mmd", graphMermaid],
    ["dot", graphDot],
    ["svg", graphSvg]
  ] as const)("is marked as far as it came, as %s", async (extension, draw) => {
    await expect(draw(edited)).toMatchFileSnapshot(`expected/edit.${extension}`)
  })

  it("is not marked where everything is on it", () => {
    const all = { ...edited, nodes: edited.nodes.map((node) => ({ ...node, state: node.stage === "" ? node.state : ("stale" as const) })) }
    expect(graphSvg(all)).not.toContain("the way of the edit")
    expect(graphSvg(edited)).toContain("the way of the edit")
  })
})

describe("a grouped graph", () => {
  const one = grouped(edited)

  it("has the nodes of a map as one with their number and the state that asks for most attention, and files that the same nodes read", () => {
    expect(namesOf(one)).toEqual(["data/controls.csv", "data/published/… (2)", "raw", "sample[…] (2)", "model[…] (2)", "lagged", "published[…] (2)", "table"])
    expect(one.nodes[3]).toMatchObject({ state: "ran", detail: "1 of 2 ran" })
    expect(one.nodes[4]).toMatchObject({ state: "failed", detail: "1 of 2 failed" })
    expect(one.edges).toHaveLength(7)
  })

  it("of a map over a map has neither edges to itself nor an edge twice", () => {
    const chain: DrawnGraph = {
      title: "chain",
      nodes: ["a[0]", "a[1]", "b"].map((name) => ({ name, stage: "s", state: "fresh" })),
      edges: [
        { from: "a[0]", to: "a[1]" },
        { from: "a[0]", to: "b" },
        { from: "a[1]", to: "b" }
      ]
    }
    expect(grouped(chain).edges).toEqual([{ from: "a[…] (2)", to: "b" }])
  })
})

describe("the neighbourhood of nodes", () => {
  it("is what they rest on, what rests on them with what they read themselves, or what lies between", () => {
    expect(namesOf(neighbourhood(edited, { from: [], to: ["sample[east]"] }))).toEqual(["data/controls.csv", "raw", "sample[east]"])
    expect(namesOf(neighbourhood(edited, { from: ["model[west]"], to: [] }))).toEqual(["sample[west]", "model[west]", "table"])
    expect(namesOf(neighbourhood(edited, { from: ["raw"], to: ["model[east]"] }))).toEqual(["data/controls.csv", "raw", "sample[east]", "model[east]"])
    expect(namesOf(neighbourhood(edited, { from: [], to: [] }))).toEqual(namesOf(edited))
  })
})
