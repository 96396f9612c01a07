/** From which edits a run's nodes are what they are. */
import { describe, expect, it } from "vitest"
import type { Recorded } from "../../../src/engine/diff/compare-states.ts"
import type { Reason } from "../../../src/engine/reasons.ts"
import type { NodeRecord } from "../../../src/store/runs.ts"
import { editsOf as behind, editsInWords, withReasons } from "../../../src/studio/server/time/run-edits.ts"

interface Given {
  readonly at: number
  readonly state?: NodeRecord["state"]
  readonly params?: string
  /** The node that it reads. */
  readonly of?: string
  readonly value?: string
  readonly why?: ReadonlyArray<Reason>
}
const record = (node: string, { at, of, params = "{}", state = "ran", value = "", why = [] }: Given): NodeRecord => ({
  ...{
    run: `run ${Math.floor(at / 10)}`,
    at,
    study: "study",
    node,
    stage: "stage",
    state,
    code: "code",
    params,
    artifacts: { output: value },
    warnings: [],
    ms: 1
  },
  inputs: of === undefined ? {} : { panel: { node: of, output: "output" } },
  reads: of === undefined ? [] : [{ read: "panel column y", value }],
  why: why as unknown as NodeRecord["why"]
})
const byNode = (records: ReadonlyArray<NodeRecord>) => new Map(records.map((one) => [one.node, one]))
const base = (records: ReadonlyArray<NodeRecord>) => new Map(records.map((one) => [one.node, () => one]))
const reads = (node: string): Reason => ({ reason: "input", input: "panel", node, output: "output", columns: ["y"] })
const file: Reason = { reason: "source", input: "file", file: "data/panel.csv" }
const editsOf = (...[records, before]: Parameters<typeof behind>) => editsInWords(behind(records, before))
const recorded: Recorded = { partsOf: () => undefined, summary: () => undefined }

describe("the edits behind a run", () => {
  it("are those of the run before, where that was cancelled after it had made what this one goes on from", () => {
    const found = base([
      record("panel", { at: 21, why: [file] }),
      record("scaled", { at: 22, of: "panel", why: [reads("panel")] }),
      record("model", { at: 13, of: "scaled" })
    ])
    expect(editsOf(byNode([record("model", { at: 31, of: "scaled", why: [reads("scaled")] })]), found)).toEqual(["the file data/panel.csv changed"])
  })

  it("are no older than what was last made of them: an input that another node is put in the place of was wired", () => {
    const found = base([record("panel", { at: 1, why: [file] }), record("other", { at: 2, why: [file] }), record("model", { at: 13, of: "panel" })])
    expect(editsOf(byNode([record("model", { at: 31, of: "other", why: [reads("other")] })]), found)).toEqual(["the input panel of model is wired to other"])
  })

  it("are told where a node was found again, of which no reason is recorded", () => {
    const found = base([record("panel", { at: 1 }), record("model", { at: 2, of: "panel", params: '{"variance":"cluster"}', value: "a" })])
    const now = byNode([record("model", { at: 31, state: "fresh", of: "panel", params: '{"variance":"iid"}', value: "a" })])
    expect(editsOf(withReasons(now, found, recorded), found)).toEqual(['model: parameter variance changed from "cluster" to "iid"'])
  })
})
