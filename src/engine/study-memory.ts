import { constants } from "node:buffer"
import { createHash, hash } from "node:crypto"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Graph, GraphNode } from "../dag/dag.ts"
import { recall, remember } from "../store/memory-file.ts"
import { sweepMemory } from "../store/memory-sweep.ts"
import { replaceFile } from "../store/replace-file.ts"
import type { CodePart } from "../store/runs.ts"
import type { FileMemory } from "./file-memory.ts"
import { readModule, touch } from "./linked-module.ts"

type Inputs = ReadonlyArray<readonly [path: string, identity: string]>

/** A study's code: what it was evaluated to before its graph was built. */
export type EvaluatedCode = Pick<EvaluatedStudy, "stages" | "module" | "moduleText" | "inputs">

/** What is known of a study once it was evaluated: enough to plan it. */
export interface EvaluatedStudy {
  readonly graph: Graph
  readonly stages: Readonly<Record<string, { readonly fingerprint: string; readonly declarations: ReadonlyArray<CodePart> }>>
  /** SHA-256 of the linked module's text, and its name among the modules. */
  readonly module: string
  readonly moduleText: string
  /** Every path that decided it, and what was there: first those that decided its code. */
  readonly inputs: Inputs
  /** How many of them decided its code; the others are data that the graph was built from. */
  readonly ofCode: number
  /** A name for all of this: two studies of one name are the same. */
  readonly identity: string
}
/** The nodes of a graph stand in a file of their own, named by its content: they are not read where nothing is asked of them. */
interface Remembered extends Omit<EvaluatedStudy, "graph" | "identity" | "moduleText"> {
  readonly graph: Omit<Graph, "nodes"> & { readonly nodes: string }
}

/** How many nodes are written at a time: the text of all may be longer than any text may be. */
const AT_A_TIME = 10_000

/** The SHA-256 of the nodes as one JSON text, and how long that is; a graph of some million nodes has one that cannot be, and is not remembered. */
const nameOf = (nodes: ReadonlyArray<GraphNode>): { readonly name: string; readonly size: number } => {
  const digest = createHash("sha256")
  let size = 0
  const add = (text: string) => {
    digest.update(text)
    size += text.length
  }
  add("[")
  for (let from = 0; from < nodes.length; from += AT_A_TIME) add(`${from === 0 ? "" : ","}${JSON.stringify(nodes.slice(from, from + AT_A_TIME)).slice(1, -1)}`)
  add("]")
  return { name: digest.digest("hex"), size }
}

/** What a cache remembers of one study, given one set of data files: as long as all that decided it is the same, it is not evaluated. */
export class StudyMemory {
  readonly #remembered: string
  readonly #path: string
  readonly #modules: string
  readonly #graphs: string
  readonly #files: FileMemory

  constructor(cache: string, key: string, files: FileMemory) {
    this.#remembered = join(cache, "remembered")
    this.#path = join(this.#remembered, "studies", `${key}.json`)
    this.#modules = join(this.#remembered, "modules")
    this.#graphs = join(this.#remembered, "graphs")
    this.#files = files
  }

  /** The path of a linked module. */
  modulePath(module: string): string {
    return join(this.#modules, `${module}.mjs`)
  }

  /** Tells gc that a module is in use, though a newer one may come to stand for the study. Gives its path. */
  useModule(module: string): string {
    const path = this.modulePath(module)
    touch(path)
    return path
  }

  recall(): EvaluatedStudy | undefined {
    const text = recall(this.#path)
    if (text === undefined) return undefined
    const { graph, inputs, module, ofCode, stages } = JSON.parse(text) as Remembered
    if (!this.#areAsThen(inputs)) return undefined
    const moduleText = readModule(this.modulePath(module), module)
    if (moduleText === undefined || this.#files.hash(this.#graphPath(graph.nodes)) !== graph.nodes) return undefined
    return { graph: this.#readLater(graph), stages, module, moduleText, inputs, ofCode, identity: hash("sha256", text) }
  }

  /** Its code alone: as long as what decided that is the same, whatever became of the data that its graph was built from. */
  recallCode(): EvaluatedCode | undefined {
    const text = recall(this.#path)
    if (text === undefined) return undefined
    const { inputs, module, ofCode, stages } = JSON.parse(text) as Remembered
    const own = inputs.slice(0, ofCode)
    if (own.length === 0 || !this.#areAsThen(own)) return undefined
    const moduleText = readModule(this.modulePath(module), module)
    return moduleText === undefined ? undefined : { stages, module, moduleText, inputs: own }
  }

  #areAsThen(inputs: Inputs): boolean {
    return inputs.every(([path, identity]) => this.#files.identity(path) === identity)
  }

  /** `inputs` were looked at before they were read: one that has changed since is not what it is said to be, and the study is evaluated again. Without `keep`, it is only given its name. */
  remember(
    { graph: { nodes, ...graph }, module, moduleText, ofCode, stages }: Omit<EvaluatedStudy, "identity" | "inputs">,
    inputs: ReadonlyMap<string, string>,
    { keep = true }: { readonly keep?: boolean } = {}
  ): EvaluatedStudy {
    const { name, size } = nameOf(nodes)
    const text = JSON.stringify({ graph: { ...graph, nodes: name }, stages, module, inputs: [...inputs], ofCode } satisfies Remembered)
    const evaluated = { graph: { ...graph, nodes }, stages, module, moduleText, inputs: [...inputs], ofCode, identity: hash("sha256", text) }
    if (!keep || size > constants.MAX_STRING_LENGTH) return evaluated
    try {
      replaceFile(this.#graphPath(name), JSON.stringify(nodes))
      remember(this.#path, text)
      sweepMemory(this.#remembered)
    } catch {
      // It is only a memory.
    }
    return evaluated
  }

  #graphPath(nodes: string): string {
    return join(this.#graphs, `${nodes}.json`)
  }

  #readLater({ nodes: name, ...graph }: Remembered["graph"]): Graph {
    const path = this.#graphPath(name)
    let nodes: ReadonlyArray<GraphNode> | undefined
    return {
      ...graph,
      get nodes() {
        if (nodes !== undefined) return nodes
        const text = readFileSync(path, "utf8")
        if (hash("sha256", text) !== name) {
          rmSync(path, { force: true })
          throw new Error(`${path} was damaged, though its size and times were as remembered; it is removed, and the next command makes it again`)
        }
        return (nodes = JSON.parse(text) as ReadonlyArray<GraphNode>)
      }
    }
  }
}
