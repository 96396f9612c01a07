/** The engine in this process, over a cache on the disk: a study made by hand from its description, no bundle and no worker threads. */
import { createHash } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import { readArrow } from "../../../src/artifact/read.ts"
import type { Wire } from "../../../src/dag/dag.ts"
import { Machine } from "../../../src/engine/command/machine.ts"
import type { RunReport } from "../../../src/engine/events.ts"
import { FileMemory } from "../../../src/engine/file-memory.ts"
import { FreshMemory } from "../../../src/engine/fresh-memory.ts"
import { type NodePlan, neededFor, planStudy } from "../../../src/engine/plan.ts"
import { quietStudies } from "../../../src/engine/quiet.ts"
import { run } from "../../../src/engine/run.ts"
import type { Study } from "../../../src/engine/study.ts"
import { storeLayer } from "../../../src/store/layer.ts"
import { ObjectStore } from "../../../src/store/objects.ts"
import { type NodeRecord, RunHistory } from "../../../src/store/runs.ts"
import { TraceIndex } from "../../../src/store/traces.ts"
import { inThisThread } from "../in-this-thread.ts"
import { textOf } from "./from-scratch.ts"
import { contentOf, plain } from "./plain-table.ts"
import { codeOf, isLookedAt, outputsOf, type StudySpec, stagesIn, type WireSpec } from "./study-spec.ts"
import type { PlanState } from "./trace-model.ts"

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex")

const studyFrom = (spec: StudySpec): Study => {
  const names = new Map(spec.nodes.map(({ id, name }) => [id, name]))
  const nodeWire = (wire: Extract<WireSpec, { node: number }>) => ({ node: names.get(wire.node)!, output: wire.output })
  const wire = (one: WireSpec): Wire => ("node" in one ? nodeWire(one) : one)
  const nodes = spec.nodes.map(({ inputs, name, params, stage }) => ({
    name,
    stage,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([input, to]) => [
        input,
        Array.isArray(to) ? to.flatMap((one: WireSpec) => ("node" in one ? [nodeWire(one)] : [])) : wire(to as WireSpec)
      ])
    ),
    params: JSON.stringify(Object.fromEntries(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)))),
    outputs: Object.fromEntries(outputsOf(stage).map((output) => [output, "Panel"]))
  }))
  const targets = spec.targets.length === 0 ? nodes.map(({ name }) => name) : spec.targets.map((id) => names.get(id)!)
  const noteOf = (path: string) => spec.sources.find((source) => source.path === path)!.note
  const graph = { study: STUDY, seed: spec.seed, nodes, sources: spec.sources.map(({ note, path }) => ({ note, path })), folders: [], commands: {}, targets }
  const seen = new Map<string, string>()
  return {
    file: "dag.ts",
    directory: "/study",
    graph,
    identity: sha256(JSON.stringify([graph, nodes.map(({ stage }) => codeOf(spec, stage))])),
    machine: new Machine({}, ""),
    steadySources: () => [...seen],
    variant: "",
    folder: "",
    set: [],
    replaced: new Map(),
    fingerprint: (stage) => codeOf(spec, stage),
    declarations: (stage) => [{ declaration: stage, file: "stages.ts", hash: codeOf(spec, stage) }],
    source: (path) => {
      const text = textOf(spec, path)
      const hash = text === undefined ? "absent" : sha256(text)
      seen.set(path, hash)
      return { sha256: hash, note: noteOf(path) }
    },
    readSource: (path) =>
      Effect.sync(() => {
        const text = textOf(spec, path)
        seen.set(path, text === undefined ? "absent" : sha256(text))
        return text === undefined ? undefined : { content: { bytes: new TextEncoder().encode(text) }, sha256: sha256(text), note: noteOf(path) }
      }),
    load: Effect.succeed({ bundle: "", stages: stagesIn(spec) })
  }
}

const planState = (plan: NodePlan): PlanState => (plan.state === "stale" && plan.why.every(({ reason }) => reason === "lost") ? "lost" : plan.state)

export interface EngineRun {
  /** What asking said just before. */
  readonly plans: ReadonlyMap<string, PlanState>
  readonly report: RunReport
  /** The nodes whose stage was executed, in order. */
  readonly executed: ReadonlyArray<string>
}

/** In how many runs the remembered answer was taken, of all engines. */
export const quietRuns = { count: 0 }

// Thousands of runs sync to the disk; in memory that costs nothing.
const MEMORY = "/dev/shm"

const JOBS = 2
const STUDY = "random"

export class EngineUnderTest {
  readonly #cache = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "sediment-model-"))
  #runs = 0

  /** Asks and runs, as one process. Fibers take turns at each task, in an order that varies from node to node and is always the same. */
  run(spec: StudySpec): Promise<EngineRun> {
    const name = `run-${String(this.#runs++).padStart(6, "0")}`
    const study = studyFrom(spec)
    const { targets } = study.graph
    const executed: Array<string> = []
    const executor = inThisThread(JOBS, (task) =>
      Effect.gen(function* () {
        executed.push(task.node)
        const turns = sha256(task.node + name).charCodeAt(0) % 4
        for (let turn = 0; turn < turns; turn++) yield* Effect.yieldNow
      })
    )
    const memory = new FreshMemory(this.#cache, new FileMemory(join(this.#cache, "files.json")), () => false)
    const lookedAt = new Set(spec.nodes.flatMap((node) => (isLookedAt(spec, node) ? [node.name] : [])))
    const program = Effect.gen(function* () {
      const traces = yield* TraceIndex
      const history = yield* RunHistory
      const present = yield* (yield* ObjectStore).list
      const known = { traces, history, hasObject: (artifact: string) => present.has(artifact) }
      const plans = new Map([...planStudy(study, neededFor(study, targets), known)].map(([node, plan]) => [node, planState(plan)]))
      // What is remembered of a study that was all fresh is right, or is not taken.
      const [quiet] = yield* quietStudies([study], memory)
      const stale = [...plans].filter(([, state]) => state !== "fresh")
      if (quiet !== undefined && (stale.length > 0 || quiet.answer.nodes !== plans.size)) throw new Error(`remembered as fresh: ${JSON.stringify(stale)}`)
      if (quiet !== undefined) quietRuns.count++
      const request = {
        run: name,
        command: ["run"],
        studies: [{ study, targets }],
        quiet: [],
        memory,
        listen: () => {},
        willRead: ({ node }: { readonly node: string }) => lookedAt.has(node)
      }
      return { plans, report: yield* run(request), executed }
    })
    return Effect.runPromise(program.pipe(Effect.provide(Layer.mergeAll(storeLayer(this.#cache, name), executor))))
  }

  /** What the history says today of the nodes at the end of a past run: their artifacts by output, or how they ended without. */
  history(run: string): Promise<ReadonlyMap<string, NodeRecord>> {
    const program = Effect.gen(function* () {
      const { nodes } = (yield* RunHistory).stateOf(STUDY, run)
      return new Map([...nodes].map(([name, { record }]) => [name, record()]))
    })
    return Effect.runPromise(program.pipe(Effect.provide(storeLayer(this.#cache, "asking"))))
  }

  #path(artifact: string): string {
    return join(this.#cache, "objects", artifact.slice(0, 2), `${artifact}.arrow`)
  }
  isThere(artifact: string): boolean {
    return existsSync(this.#path(artifact))
  }
  /** What an artifact holds; undefined where its bytes are not those that its name promises. */
  contentOf(artifact: string): string | undefined {
    const bytes = readFileSync(this.#path(artifact))
    return sha256(bytes) === artifact ? contentOf(plain(readArrow(bytes))) : undefined
  }
  lose(artifact: string): void {
    unlinkSync(this.#path(artifact))
  }
  damage(artifact: string): void {
    const bytes = readFileSync(this.#path(artifact))
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(this.#path(artifact), bytes)
  }
  /** All artifacts that are there, by name. */
  artifacts(): ReadonlyArray<string> {
    const objects = join(this.#cache, "objects")
    const folders = existsSync(objects) ? readdirSync(objects) : []
    return folders.flatMap((folder) => readdirSync(join(objects, folder)).map((file) => file.replace(/\.arrow$/, "")))
  }
  remove(): void {
    rmSync(this.#cache, { recursive: true, force: true })
  }
}
