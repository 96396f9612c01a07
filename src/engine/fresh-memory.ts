/**
 * The answer "every node is fresh", remembered. It holds while the study, its sources and the traces are what they were, and every artifact is there:
 * then nothing needs to be planned. What is remembered besides is what is told of such a study.
 */
import { hash } from "node:crypto"
import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { wiresOf } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import { recall, remember } from "../store/memory-file.ts"
import type { Snapshot } from "../store/runs.ts"
import { segmentsIn } from "../store/segment-files.ts"
import type { NodeReport } from "./events.ts"
import type { FileMemory } from "./file-memory.ts"
import type { Study } from "./study.ts"

export interface AllFresh {
  readonly nodes: number
  /** Nodes that have warnings, with them. */
  readonly warned: ReadonlyArray<{ readonly node: string; readonly warnings: ReadonlyArray<Fault> }>
  /** The artifacts of outputs that are laid out for print. */
  readonly printed: ReadonlyArray<{ readonly node: string; readonly output: string; readonly artifact: string }>
  /** The run that found it so. */
  readonly base: Snapshot
}
interface Remembered extends AllFresh {
  /** The study's identity. */
  readonly study: string
  readonly sources: ReadonlyArray<readonly [path: string, sha256: string]>
  readonly segments: ReadonlyArray<readonly [name: string, sha256: string]>
  /** What its commands read of the machine. */
  readonly machine: string
  /** Every artifact that a node has. */
  readonly artifacts: ReadonlyArray<string>
}

const folderIn = (cache: string): string => join(cache, "remembered", "fresh")

/** The runs that remembered answers rest on: whoever takes such an answer makes one of them the base of a run. */
export const rememberedBases = (cache: string): ReadonlyArray<string> => {
  const folder = folderIn(cache)
  return (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
    const text = recall(join(folder, name))
    return text === undefined ? [] : [(JSON.parse(text) as Remembered).base.run]
  })
}

export class FreshMemory {
  readonly #cache: string
  readonly #files: FileMemory
  readonly #isPrinted: (type: string) => boolean

  /** `isPrinted`: whether tables of this type are laid out for print. */
  constructor(cache: string, files: FileMemory, isPrinted: (type: string) => boolean) {
    this.#cache = cache
    this.#files = files
    this.#isPrinted = isPrinted
  }

  /** The remembered answer, right if every one of `artifacts` is still there. */
  recall(study: Study): { readonly answer: AllFresh; readonly artifacts: ReadonlyArray<string> } | undefined {
    const text = recall(this.#path(study))
    if (text === undefined) return undefined
    const { artifacts, machine, segments, sources, study: identity, ...answer } = JSON.parse(text) as Remembered
    if (identity !== study.identity || sources.some(([path, sha256]) => study.source(path).sha256 !== sha256)) return undefined
    if (study.machine.state() !== machine) return undefined
    const names = segmentsIn(this.#traces)
    const same = names.length === segments.length && segments.every(([name, sha256]) => this.#files.hash(join(this.#traces, name)) === sha256)
    return same ? { answer, artifacts } : undefined
  }

  /**
   * Remembers what a run came to that looked at the whole study and left every node good. Not where a source changed while it ran, or another process has
   * added traces: `segments` are those that the run knew of, by size.
   */
  remember(study: Study, reports: ReadonlyArray<NodeReport>, base: Snapshot, segments: ReadonlyMap<string, number>): void {
    const sources = study.steadySources()
    // Of what was accepted there is more to tell than this remembers.
    if (sources === undefined || reports.some(({ accepted }) => accepted !== undefined)) return
    const looked = new Set(reports.map(({ node }) => node))
    const known = new Set(sources.map(([path]) => path))
    const nodes = study.graph.nodes.filter((node) => looked.has(node.name))
    if (nodes.some((node) => wiresOf(node).some(([, wire]) => "source" in wire && !known.has(wire.source)))) return
    const names = segmentsIn(this.#traces)
    const hashes = names.map((name) => [name, this.#files.hash(join(this.#traces, name)) ?? ""] as const)
    // Looked at after they were hashed: segments only grow, so one that has this size now had no more when it was hashed.
    if (names.length !== segments.size || names.some((name) => statSync(join(this.#traces, name), { throwIfNoEntry: false })?.size !== segments.get(name)))
      return
    const types = new Map(nodes.map((node) => [node.name, node.outputs]))
    const remembered: Remembered = {
      nodes: reports.length,
      warned: reports.flatMap(({ node, warnings }) => (warnings.length === 0 ? [] : [{ node, warnings }])),
      printed: reports.flatMap(({ artifacts, node }) =>
        Object.entries(artifacts).flatMap(([output, artifact]) => (this.#isPrinted(types.get(node)![output]!) ? [{ node, output, artifact }] : []))
      ),
      base,
      study: study.identity,
      sources,
      segments: hashes,
      machine: study.machine.state(),
      artifacts: [...new Set(reports.flatMap(({ artifacts }) => Object.values(artifacts)))]
    }
    remember(this.#path(study), JSON.stringify(remembered))
  }

  get #traces(): string {
    return join(this.#cache, "traces")
  }
  #path(study: Study): string {
    return join(folderIn(this.#cache), `${hash("sha256", JSON.stringify([study.directory, study.graph.study, study.variant])).slice(0, 16)}.json`)
  }
}
