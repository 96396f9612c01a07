/** A study made by hand, of stages in this process: for what a run does with nodes, whatever they compute. */
import { createHash } from "node:crypto"
import { Effect, Layer } from "effect"
import type { GraphNode } from "../../src/dag/dag.ts"
import { type AnyStage, outputTypes } from "../../src/dag/stage.ts"
import { Machine } from "../../src/engine/command/machine.ts"
import type { RunReport } from "../../src/engine/events.ts"
import type { Executor } from "../../src/engine/executor.ts"
import { FileMemory } from "../../src/engine/file-memory.ts"
import { FreshMemory } from "../../src/engine/fresh-memory.ts"
import { run as runStudies } from "../../src/engine/run.ts"
import type { Study } from "../../src/engine/study.ts"
import { storeLayer } from "../../src/store/layer.ts"
import type { ObjectStore } from "../../src/store/objects.ts"
import { SharedStore } from "../../src/store/shared/shared-store.ts"

const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex")

export const node = (stage: AnyStage, name: string, inputs: GraphNode["inputs"] = {}, params: object = {}): GraphNode => ({
  name,
  stage: stage.name,
  inputs,
  params: JSON.stringify(params),
  outputs: Object.fromEntries(Object.entries(outputTypes(stage)).map(([output, type]) => [output, type.name]))
})
export const output = (from: string, name = "output") => ({ node: from, output: name })

/** `read` gives a source's text each time that it is looked at. */
export const handMadeStudy = (
  stages: ReadonlyArray<AnyStage>,
  nodes: ReadonlyArray<GraphNode>,
  read: (path: string) => string = () => "",
  name = "made by hand"
): Study => {
  const seen = new Map<string, string>()
  const identity = (path: string) => {
    const hash = sha256(read(path))
    seen.set(path, hash)
    return { sha256: hash, note: undefined }
  }
  return {
    file: "dag.ts",
    directory: "/study",
    graph: { study: name, seed: 1, nodes, sources: [], folders: [], commands: {}, targets: nodes.map((one) => one.name) },
    identity: name,
    variant: "",
    folder: "",
    set: [],
    replaced: new Map(),
    fingerprint: (stage) => `code-of-${stage}`,
    declarations: () => [],
    source: identity,
    readSource: (path) =>
      Effect.sync(() => {
        const text = read(path)
        return { content: { bytes: new TextEncoder().encode(text) }, sha256: sha256(text), note: undefined }
      }),
    machine: new Machine({}, ""),
    steadySources: () => [...seen],
    load: Effect.succeed({ bundle: "", stages: Object.fromEntries(stages.map((stage) => [stage.name, stage])) })
  }
}

/** Runs all of some studies over a cache folder, as one process. */
export const runAll = (
  studies: ReadonlyArray<Study>,
  cache: string,
  run: string,
  executor: Layer.Layer<Executor>,
  { shared = Layer.empty, willRead = false }: { readonly shared?: Layer.Layer<never, never, ObjectStore>; readonly willRead?: boolean } = {}
): Effect.Effect<RunReport> => {
  const memory = new FreshMemory(cache, new FileMemory(`${cache}/files.json`), () => false)
  const asked = studies.map((study) => ({ study, targets: study.graph.targets }))
  return runStudies({ run, command: ["run"], studies: asked, quiet: [], memory, listen: () => {}, willRead: () => willRead }).pipe(
    Effect.tap(() => Effect.flatMap(SharedStore, ({ flush }) => flush)),
    Effect.provide(executor),
    Effect.provide(shared),
    Effect.provide(storeLayer(cache, run)),
    Effect.orDie
  )
}
