import { folderLabel, type GraphNode, isFiles, isList, readableInput, type WiredInput } from "../../../dag/dag.ts"
import { observedByInput } from "../../../engine/observed.ts"
import type { StudyGraph } from "../../messages/graph.ts"
import { Numbered } from "./numbered.ts"

/** Where each wire of an input begins, by the name under which what is read of it is recorded; a folder's files are one. */
const origins = (input: string, wired: WiredInput): ReadonlyArray<{ readonly input: string; readonly node?: string; readonly file?: string }> => {
  if (isFiles(wired))
    return wired.folder === undefined ? wired.files.map(({ source }) => ({ input, file: source })) : [{ input, file: folderLabel(wired.folder) }]
  if (isList(wired)) return wired.map(({ node }, i) => ({ input: `${input}[${i}]`, node }))
  return ["source" in wired ? { input, file: wired.source } : { input, node: wired.node }]
}

/** What a node reads, a line for each of its inputs: of a file, that it is one says enough. */
const readingOf = (input: string, words: ReadonlyArray<string> | undefined): string =>
  words === undefined || words.length === 0 ? readableInput(input) : `${readableInput(input)}: ${words.join(", ")}`

export interface Edges {
  readonly files: ReadonlyArray<string>
  readonly edges: StudyGraph["edges"]
  readonly readings: ReadonlyArray<string>
}

/** Every edge once, from the nodes and files that are read to the nodes that read them, with what is read along it. `readsOf` gives what a node read when it last came out well; undefined where it never did. */
export const edgesOf = (nodes: ReadonlyArray<GraphNode>, readsOf: (node: string) => ReadonlyArray<string> | undefined): Edges => {
  const position = new Map(nodes.map(({ name }, i) => [name, i]))
  const files = new Numbered()
  const readings = new Numbered()
  const edges = { from: [] as Array<number>, to: [] as Array<number>, reading: [] as Array<number> }
  for (const [to, node] of nodes.entries()) {
    const reads = readsOf(node.name)
    const observed = reads === undefined ? undefined : observedByInput(reads)
    const own = new Map<number, Array<string>>()
    for (const [name, wired] of Object.entries(node.inputs))
      for (const { file, input, node: upstream } of origins(name, wired)) {
        const from = upstream === undefined ? nodes.length + files.number(file!) : position.get(upstream)
        if (from === undefined) continue
        const words = observed?.get(input)
        const line = observed !== undefined && words === undefined && upstream !== undefined ? `${readableInput(input)}: nothing` : readingOf(input, words)
        const lines = own.get(from)
        if (lines === undefined) own.set(from, [line])
        else lines.push(line)
      }
    for (const [from, lines] of own) {
      edges.from.push(from)
      edges.to.push(to)
      edges.reading.push(observed === undefined ? -1 : readings.number(lines.join("\n")))
    }
  }
  return { files: files.all, edges, readings: readings.all }
}
