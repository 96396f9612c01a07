/** A small history in a store, made by rules: what gc is tested on. */
import { Effect } from "effect"
import { summarize } from "../../src/artifact/hash.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { ObjectStore } from "../../src/store/objects.ts"
import { RunHistory, type StudyRecord } from "../../src/store/runs.ts"
import { TraceIndex } from "../../src/store/traces.ts"

const table = (x: number) => ({
  rows: 1,
  columns: [{ name: "x", kind: "number" as const, values: Float64Array.of(x), valid: undefined, unit: "", description: "" }],
  notes: []
})

/** What a run does: of these nodes it makes these values; of others nothing is told, but that some are gone. */
export interface Step {
  readonly run: string
  readonly at: number
  readonly variant?: string
  readonly values: Readonly<Record<string, number>>
  readonly gone?: ReadonlyArray<string>
}

/** Writes one run as the engine would: on top of the newest one. */
export const writeRun = ({ at, gone = [], run, values, variant = "" }: Step) =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const traces = yield* TraceIndex
    const history = yield* RunHistory
    const study = "s"
    const last = history.runs().find((one) => one.run !== run)
    const base = last && { run: last.run, at: history.stateOf(study, last.run).at }
    const record: StudyRecord = { study, variant, nodes: 3, gone, ...(base === undefined ? {} : { base }) }
    history.addRun({ run, at, command: ["run"], studies: [record] })
    for (const [node, value] of Object.entries(values)) {
      const content = table(value)
      const artifact = yield* objects.put(writeArrow(content))
      const reads = [{ read: "file bytes", value: `${node} ${value}` }]
      traces.add({ code: "c", params: "p", reads, outputs: { output: { artifact, summary: summarize(content) } }, warnings: [], ms: 1, run, at })
      history.addCode("c", [])
      const made = { code: "c", params: "{}", inputs: {}, reads, artifacts: { output: artifact } }
      history.addNode({ run, at, study, node, stage: "t", state: "ran", ...made, why: [{ reason: "new" }], warnings: [], ms: 1 })
    }
    history.addRun({ run, at, command: ["run"], studies: [record], ok: true, ms: 1 })
    yield* history.commit
  })

/** All that can be asked of these runs: their nodes' state and records, and the bytes and trace of each. */
export const tell = (runs: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const traces = yield* TraceIndex
    const history = yield* RunHistory
    const told: Array<unknown> = []
    for (const run of runs) {
      told.push(history.runs().find((one) => one.run === run)?.ms, history.nodesOf(run))
      for (const [node, { record }] of [...history.stateOf("s", run).nodes].sort()) {
        const { artifacts, run: madeIn, reads } = record()
        const values = new Map(reads.map(({ read, value }) => [read, value]))
        const trace = traces.find("c", "p", (read) => values.get(read))
        told.push([run, node, madeIn, artifacts, trace?.run, history.lastOf("s", node, "good")?.run])
        yield* objects.get(artifacts["output"]!)
      }
    }
    return told
  })
