/** Which of the estimates that differ is told first. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { GraphNode } from "../../../src/dag/dag.ts"
import { Studies } from "../../../src/studio/server/studies.ts"
import { type FoundEstimate, sortedBy } from "../../../src/studio/server/time/moved-estimates.ts"
import { prominenceIn } from "../../../src/studio/server/time/printed-models.ts"

const node = (name: string, type: string, ...reads: ReadonlyArray<string>): GraphNode => ({
  ...({ name, stage: "stage", params: "{}" } as GraphNode),
  inputs: { read: reads.map((one) => ({ node: one, output: "output" })) },
  outputs: { output: type }
})
const nodes = [
  node("baseline", "Estimates"),
  node("pooled", "Estimates"),
  node("imputed", "Estimates"),
  node("table", "PrintedTable", "baseline"),
  node("appendix", "PrintedTable", "pooled"),
  node("published", "PublishedComparison", "table")
]
const estimate = (of: string, stars: number): FoundEstimate => ({
  ...{ node: of, output: "output", edits: [0] },
  change: {
    of: { term: "x" },
    before: { estimate: 1, std_error: 1, p_value: 0.01, conf_low: null, conf_high: null, stars: 3 },
    after: { estimate: 1, std_error: 1, p_value: 0.01, conf_low: null, conf_high: null, stars: 3 - stars },
    signFlipped: false,
    starsGained: -stars,
    moved: stars
  }
})

describe("estimates that differ", () => {
  it("what is held against print is told before what is printed otherwise, and that before the rest, though the rest changed more", async () => {
    const found = [estimate("imputed", 3), estimate("pooled", 2), estimate("baseline", 0), estimate("baseline", 1)]
    const studies = { study: () => Effect.succeed({ graph: { nodes } }) } as unknown as Studies["Service"]
    const prominence = await Effect.runPromise(prominenceIn("study").pipe(Effect.provideService(Studies, studies)))
    const told = (by: "importance" | "moved") => sortedBy(found, by, prominence).map((one) => [one.node, one.change.moved])
    expect(told("importance")).toEqual([
      ["baseline", 1],
      ["baseline", 0],
      ["pooled", 2],
      ["imputed", 3]
    ])
    expect(told("moved")[0]).toEqual(["imputed", 3])
  })
})
