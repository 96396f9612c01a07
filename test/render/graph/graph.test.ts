import { describe, expect, it } from "vitest"
import type { DrawnGraph } from "../../../src/render/graph/graph.ts"
import { graphDot } from "../../../src/render/graph/graph-dot.ts"
import { graphMermaid } from "../../../src/render/graph/graph-mermaid.ts"
import { graphSvg } from "../../../src/render/graph/graph-svg.ts"

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
})
