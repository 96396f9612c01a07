/** What a node's task is given: the content of each of its inputs. */
import { Effect } from "effect"
import { fileInput, type GraphNode, isFiles, isList, type Wire } from "../dag/dag.ts"
import type { TracedOutput } from "../store/trace.ts"
import type { Task, TaskInput } from "./execute.ts"
import type { Today } from "./reads.ts"
import type { ReadSource } from "./study.ts"

export type ReadOutput = TracedOutput & { readonly bytes: Uint8Array }

/** Where inputs come from; undefined for what is not there. */
export interface Supply<E, R> {
  readonly source: (path: string) => Effect.Effect<ReadSource | undefined, E, R>
  readonly output: (node: string, output: string) => Effect.Effect<ReadOutput | undefined, E, R>
}

export interface TaskInputs {
  readonly inputs: Task["inputs"]
  /** What was read, by which the task's reads have their values: a file or an artifact may be another one by now. */
  readonly given: Pick<Today, "summary" | "source">
  /** A text that two nodes share only if all their inputs have the same names and the same contents. */
  readonly content: string
  readonly missingFiles: ReadonlyArray<string>
  /** Inputs whose artifact is not there. */
  readonly lost: ReadonlyArray<string>
}

/** Each file and each artifact is taken once, however many inputs it is: all of them have one content. */
export const takeInputs = <E, R>(node: GraphNode, supply: Supply<E, R>): Effect.Effect<TaskInputs, E, R> =>
  Effect.gen(function* () {
    const sources = new Map<string, ReadSource>()
    const outputs = new Map<string, ReadOutput>()
    const content: Array<readonly string[]> = []
    const missingFiles = new Set<string>()
    const lost = new Set<string>()
    const take = (input: string, wire: Wire): Effect.Effect<ReadonlyArray<TaskInput>, E, R> =>
      Effect.gen(function* () {
        if ("source" in wire) {
          const file = sources.get(wire.source) ?? (yield* supply.source(wire.source))
          if (file === undefined) {
            missingFiles.add(wire.source)
            return []
          }
          sources.set(wire.source, file)
          content.push([input, wire.source, file.sha256, file.note ?? ""])
          return [{ kind: "file", path: wire.source, content: file.content, note: file.note }]
        }
        const key = JSON.stringify([wire.node, wire.output])
        const found = outputs.get(key) ?? (yield* supply.output(wire.node, wire.output))
        if (found === undefined) {
          lost.add(input)
          return []
        }
        outputs.set(key, found)
        content.push([input, found.artifact])
        return [{ kind: "table", from: wire.node, bytes: found.bytes }]
      })
    const inputs: Record<string, TaskInput | ReadonlyArray<TaskInput>> = {}
    for (const [input, wired] of Object.entries(node.inputs)) {
      if (isFiles(wired)) {
        inputs[input] = (yield* Effect.forEach(wired.files, (wire) => take(fileInput(input, wire.source), wire))).flat()
        continue
      }
      const taken = (yield* Effect.forEach(isList(wired) ? wired : [wired], (wire) => take(input, wire))).flat()
      if (isList(wired)) inputs[input] = taken
      else if (taken[0] !== undefined) inputs[input] = taken[0]
    }
    return {
      inputs,
      given: { summary: (from, output) => outputs.get(JSON.stringify([from, output]))?.summary, source: (path) => sources.get(path)! },
      content: JSON.stringify(content),
      missingFiles: [...missingFiles],
      lost: [...lost]
    }
  })
