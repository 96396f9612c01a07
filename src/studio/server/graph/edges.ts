import { type FileWire, fileInput, folderLabel, type GraphNode, isFiles, isList, readableInput, type WiredInput } from "../../../dag/dag.ts"
import { observedByInput } from "../../../engine/observed.ts"
import type { StudyGraph } from "../../messages/graph.ts"
import { Numbered } from "./numbered.ts"

/** A wire of an input: where it begins, and the name under which what is read of it is recorded. */
export interface Origin {
  readonly input: string
  readonly node?: string
  readonly output?: string
  readonly file?: string
}

/** Where each wire of an input begins. A folder's files are one, of which the first tells what is read of each. */
export const originsOf = (input: string, wired: WiredInput): ReadonlyArray<Origin> => {
  if (isFiles(wired)) {
    const named = ({ source }: FileWire) => fileInput(input, source)
    if (wired.folder === undefined) return wired.files.map((one) => ({ input: named(one), file: one.source }))
    return [{ input: wired.files[0] === undefined ? input : named(wired.files[0]), file: folderLabel(wired.folder) }]
  }
  if (isList(wired)) return wired.map(({ node, output }, i) => ({ input: `${input}[${i}]`, node, output }))
  return ["source" in wired ? { input, file: wired.source } : { input, node: wired.node, output: wired.output }]
}

/** What a node reads, a line for each of its inputs: of a file, that it is one says enough. */
const readingOf = (name: string, words: ReadonlyArray<string> | undefined): string =>
  words === undefined || words.length === 0 ? name : `${name}: ${words.join(", ")}`

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
      for (const { file, input, node: upstream } of originsOf(name, wired)) {
        const from = upstream === undefined ? nodes.length + files.number(file!) : position.get(upstream)
        if (from === undefined) continue
        const words = observed?.get(input)
        // Of a file, which one it is tells more than its input's key.
        const line =
          upstream === undefined ? readingOf(name, words) : readingOf(readableInput(input), observed === undefined ? undefined : (words ?? ["nothing"]))
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
