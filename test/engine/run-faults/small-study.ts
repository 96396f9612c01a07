/** A study small enough to run hundreds of times, made by hand in a folder: five nodes, one with two outputs; and an edit of it. Its graph is remembered as a real one's is. */
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import type { GraphNode } from "../../../src/dag/dag.ts"
import { outputTypes } from "../../../src/dag/stage.ts"
import { Machine } from "../../../src/engine/command/machine.ts"
import type { FileMemory } from "../../../src/engine/file-memory.ts"
import type { Study } from "../../../src/engine/study.ts"
import { StudyMemory } from "../../../src/engine/study-memory.ts"
import { failure, type StoreFailure } from "../../../src/store/failure.ts"
import { replaceFile } from "../../../src/store/replace-file.ts"
import { type FileContent, stagesOf } from "../planner-model/stages.ts"

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex")
const SOURCE = "panel.json"
const ENTRY = "study.json"

/** How a study's files stand: the values of a column, and how the code of stage `total` does. */
export interface Settings {
  readonly a: ReadonlyArray<number>
  readonly shift: 0 | 1
}
export const BEFORE: Settings = { a: [1, 2, 3], shift: 0 }
/** An edit of a cell, and of code. What reads only column b stays as it is. */
export const AFTER: Settings = { a: [1, 2, 5], shift: 1 }

/** Writes the study's files; the caller's folder is the study's. */
export const writeStudy = (folder: string, { a, shift }: Settings): void => {
  const column = (values: ReadonlyArray<number>) => ({ values, filled: [0, 0, 0], unit: "", description: "" })
  const panel: FileContent = { label: ["x", "y", "z"], columns: { a: column(a), b: column([4, 5, 6]) } }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, SOURCE), JSON.stringify(panel))
  writeFileSync(join(folder, ENTRY), JSON.stringify({ shift }))
}

const code = [stagesOf(0), stagesOf(1)] as const
const node = (name: string, stage: string, inputs: GraphNode["inputs"], params = {}): GraphNode => ({
  name,
  stage,
  inputs,
  params: JSON.stringify(params),
  outputs: Object.fromEntries(Object.keys(outputTypes(code[0][stage]!)).map((output) => [output, "Panel"]))
})
const output = (from: string, name = "output") => ({ node: from, output: name })
const NODES = [
  node("panel", "load", { file: { source: SOURCE } }),
  node("b", "pick", { panel: output("panel") }, { column: "b", other: "b" }),
  node("halves", "split", { panel: output("panel") }, { column: "a", other: "b" }),
  node("sum", "total", { panel: output("panel") }),
  node("all", "join", { panels: [output("halves", "low"), output("halves", "high"), output("sum")] }, { by: 9, column: "a" })
]

/** Opens the study in a folder as `loadStudy` does, but that its stages are those of this process. */
export const openStudy = (folder: string, cache: string, files: FileMemory): Effect.Effect<Study, StoreFailure> =>
  Effect.gen(function* () {
    const memory = new StudyMemory(cache, "small", files)
    const entry = join(folder, ENTRY)
    const evaluate = Effect.gen(function* () {
      const inputs = new Map([[entry, files.identity(entry)]])
      const text = readFileSync(entry, "utf8")
      const module = sha256(text)
      const path = memory.modulePath(module)
      if (files.hash(path) !== module) yield* Effect.try({ try: () => replaceFile(path, text), catch: failure("write", path) })
      const { shift } = JSON.parse(readFileSync(path, "utf8")) as Settings
      const stages = Object.fromEntries(NODES.map(({ stage }) => [stage, { fingerprint: `${stage}-${stage === "total" ? shift : 0}`, declarations: [] }]))
      const graph = {
        study: "small",
        seed: 1,
        nodes: NODES,
        sources: [{ path: SOURCE, note: undefined }],
        folders: [],
        commands: {},
        targets: NODES.map(({ name }) => name)
      }
      return memory.remember({ graph, stages, module, moduleText: text, ofCode: inputs.size }, inputs)
    })
    const known = memory.recall() ?? (yield* evaluate)
    const seen = new Map<string, string>()
    const saw = (path: string, hash: string | undefined) => {
      seen.set(path, hash ?? "absent")
      return { sha256: hash ?? "absent", note: undefined }
    }
    return {
      file: entry,
      directory: folder,
      graph: known.graph,
      identity: known.identity,
      variant: "",
      folder: "",
      set: [],
      replaced: new Map(),
      fingerprint: (stage) => known.stages[stage]!.fingerprint,
      declarations: () => [],
      source: (path) => saw(path, files.hash(join(folder, path))),
      readSource: (path) =>
        Effect.sync(() => {
          const bytes = readFileSync(join(folder, path))
          return { content: { bytes }, ...saw(path, sha256(bytes)) }
        }),
      machine: new Machine({}, ""),
      steadySources: () => [...seen],
      load: Effect.sync(() => {
        const { shift } = JSON.parse(readFileSync(memory.modulePath(known.module), "utf8")) as Settings
        return { bundle: "", stages: { ...code[0], total: code[shift]["total"]! } }
      })
    }
  })
