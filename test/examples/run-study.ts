import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { Effect } from "effect"
import type { StoredTable } from "../../src/artifact/column.ts"
import { buildGraph } from "../../src/dag/build-graph.ts"
import { type Dag, isFiles, type WiredInput } from "../../src/dag/dag.ts"
import { fileOf, runStage, type StageResult } from "../stages/run-stage.ts"

/** A study in memory, its stages chained as its dag.ts wires them: `node(name)` runs what that node needs, each node once. */
export const runStudy = (dag: Dag, directory: string) => {
  const { graph, stages } = buildGraph(dag, { directory, replaced: new Map(), reading: () => {} })
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const results = new Map<string, Promise<StageResult>>()

  const run = async (name: string): Promise<StageResult> => {
    const node = nodes.get(name)
    if (node === undefined) throw new Error(`the study has no node "${name}"; it has: ${[...nodes.keys()].join(", ")}`)
    const inputs: Record<string, Parameters<typeof runStage>[1][string]> = {}
    for (const [input, wired] of Object.entries(node.inputs)) inputs[input] = await inputOf(wired)
    return Effect.runPromise(runStage(stages.get(node.stage)!, inputs, JSON.parse(node.params), graph.seed))
  }
  const node = (name: string): Promise<StageResult> => {
    const begun = results.get(name) ?? run(name)
    results.set(name, begun)
    return begun
  }
  const output = async (of: { readonly node: string; readonly output: string }): Promise<StoredTable> => (await node(of.node)).outputs[of.output]!
  const fileAt = (path: string) => fileOf(path, new Uint8Array(readFileSync(resolve(directory, path))))
  const inputOf = async (wired: WiredInput) =>
    "source" in wired
      ? fileAt(wired.source)
      : isFiles(wired)
        ? wired.files.map(({ source }) => fileAt(source))
        : Array.isArray(wired)
          ? Promise.all(wired.map(output))
          : output(wired as { readonly node: string; readonly output: string })
  return { node, names: [...nodes.keys()], targets: graph.targets }
}
