import { describe, expect, it } from "vitest"
import { summarize, type TableSummary } from "../../../src/artifact/hash.ts"
import { editsBehind } from "../../../src/engine/chain.ts"
import { behindNodes, compareStates, linksOf, type Recorded } from "../../../src/engine/diff/compare-states.ts"
import { sentence } from "../../../src/engine/sentences.ts"
import { makingOf, type NodeRecord, type StudyState } from "../../../src/store/runs.ts"
import { columnOf, tableOf } from "../../artifact/tables.ts"
import { someNode } from "../../store/in-store.ts"

const stateOf = (...records: ReadonlyArray<NodeRecord>): StudyState => ({
  at: 1000,
  unreached: new Set(),
  nodes: new Map(records.map((record) => [record.node, { making: makingOf(record), run: record.run, at: record.at, record: () => record }]))
})
const recorded: Recorded = { partsOf: () => undefined, summary: () => undefined }

const panel = (more: Partial<NodeRecord> = {}) =>
  someNode({
    node: "panel",
    stage: "ingest",
    inputs: { source: { source: "panel.csv" } },
    reads: [{ read: "source bytes", value: "f1" }],
    artifacts: { output: "p1" },
    ...more
  })
const model = (more: Partial<NodeRecord> = {}) => someNode({ node: "model", ...more })
const gdp = (value: string) => [{ read: "panel column gdp", value }]

describe("compareStates", () => {
  it("gives the nodes that are made of something else, inputs first, with how it differs", () => {
    const before = stateOf(model(), panel(), someNode({ node: "apart" }))
    const after = stateOf(
      model({ reads: gdp("h2"), artifacts: { coefficients: "11ff" } }),
      panel({ reads: [{ read: "source bytes", value: "f2" }], artifacts: { output: "p2" } }),
      someNode({ node: "apart" })
    )
    expect(compareStates(before, after, recorded).map(({ change, node, why }) => ({ change, node, why }))).toEqual([
      { change: "changed", node: "panel", why: [{ reason: "source", input: "source", file: "panel.csv" }] },
      { change: "changed", node: "model", why: [{ reason: "input", input: "panel", node: "panel", output: "output", columns: ["gdp"] }] }
    ])
  })

  it("tells why from what both are made of, not from why a run between them ran", () => {
    // A run between the two had another parameter; both ends have the same.
    const before = stateOf(model())
    const after = stateOf(model({ code: "f00d", state: "fresh", why: [], artifacts: { coefficients: "11ff" } }))
    expect(compareStates(before, after, recorded)[0]?.why).toEqual([{ reason: "code", stage: "within", declarations: [] }])
  })

  it("tells another stage in a node's place as that, and no edit of code", () => {
    const before = stateOf(model({ stage: "entropy-weights" }))
    const after = stateOf(model({ stage: "critic-weights", code: "f00d", artifacts: { coefficients: "11ff" } }))
    const [difference] = compareStates(before, after, recorded)
    expect(difference!.why).toEqual([{ reason: "code", stage: "critic-weights", was: "entropy-weights", declarations: [] }])
    expect(sentence(difference!.why[0]!, 3)).toBe("it is of another stage: critic-weights in the place of entropy-weights")
  })

  it("tells what was made anew and came out the same, what is new, gone, failed, blocked, and works again", () => {
    const good = (node: string, more: Partial<NodeRecord> = {}) => someNode({ node, ...more })
    const bad = (node: string, state: "failed" | "blocked") => someNode({ node, state, artifacts: {}, reads: [], why: [] })
    const before = stateOf(good("same"), good("gone"), good("fails"), good("stops"), bad("mended", "failed"))
    const after = stateOf(good("same", { code: "f00d" }), good("new"), bad("fails", "failed"), bad("stops", "blocked"), good("mended"))
    expect(Object.fromEntries(compareStates(before, after, recorded).map(({ change, node }) => [node, change]))).toEqual({
      same: "same",
      gone: "removed",
      new: "added",
      fails: "failed",
      stops: "blocked",
      mended: "recovered"
    })
  })

  it("takes what the earlier run did not come to for no edit, whether it was interrupted, killed, or for other nodes", () => {
    const gone = panel({ reads: [{ read: "source bytes", value: "f2" }], artifacts: { output: "p2" } })
    const old = model({ reads: gdp("h1") })
    const now = model({ reads: gdp("h2"), artifacts: { coefficients: "11ff" } })
    const interrupted: StudyState = { ...stateOf(gone, old), unreached: new Set(["model", "further"]) }
    const after = stateOf(gone, now, someNode({ node: "further", inputs: { panel: { node: "model", output: "coefficients" } } }))
    for (const before of [interrupted, { ...stateOf(gone, old, someNode({ node: "further" })), unreached: new Set(["further"]) }]) {
      const differences = compareStates(before, after, recorded)
      expect(differences.map(({ change, node, why }) => ({ change, node, why }))).toEqual([
        { change: "reached", node: "model", why: [] },
        { change: "reached", node: "further", why: [] }
      ])
      expect(editsBehind(["model", "further"], linksOf(differences)).all).toEqual([])
    }
    // Wired to another node that was there already, it is an edit.
    const [rewired] = compareStates(stateOf(gone, old), stateOf(gone, { ...now, inputs: { panel: { node: "apart", output: "output" } } }), recorded)
    expect(rewired).toMatchObject({ change: "changed", why: [{ reason: "input", node: "apart" }] })
  })

  it("asks the table that it is wired to now for a column that is no longer read", () => {
    const summary = (x: number): TableSummary => summarize(tableOf([columnOf("gdp", "number", Float64Array.of(x))]))
    const [old, now] = [summary(1), summary(2)]
    const before = stateOf(panel(), model({ reads: gdp(old.columns[0]!.data) }))
    const after = stateOf(panel({ artifacts: { output: "p2" } }), model({ code: "f00d", reads: [], artifacts: { coefficients: "11ff" } }))
    const known: Recorded = { ...recorded, summary: (record) => (record.artifacts["output"] === "p2" ? now : old) }
    expect(compareStates(before, after, known).find(({ node }) => node === "model")?.why).toEqual([
      { reason: "code", stage: "within", declarations: [] },
      { reason: "input", input: "panel", node: "panel", output: "output", columns: ["gdp"] }
    ])
  })

  it("is limited to some nodes and what they rest on", () => {
    const before = stateOf(panel(), model(), someNode({ node: "apart" }))
    const after = stateOf(panel({ code: "2" }), model({ code: "2" }), someNode({ node: "apart", code: "2" }))
    const all = compareStates(before, after, recorded)
    expect(behindNodes(all, [before, after], ["model"]).map(({ node }) => node)).toEqual(["panel", "model"])
    expect(behindNodes(all, [before, after], ["panel"]).map(({ node }) => node)).toEqual(["panel"])
  })

  it("a node that came out the same is no link, unless the chain is its own", () => {
    const all = compareStates(stateOf(model()), stateOf(model({ code: "2" })), recorded)
    expect(linksOf(all)("model")).toBeUndefined()
    expect(linksOf(all, "model")("model")).toMatchObject({ node: "model", state: "same" })
  })
})
