import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Graph } from "../dag/dag.ts"
import { replaceFile } from "../store/replace-file.ts"
import type { CodePart } from "../store/runs.ts"
import type { FileMemory } from "./file-memory.ts"

/** What is known of a study once it was evaluated: enough to plan it. */
export interface EvaluatedStudy {
  readonly graph: Graph
  readonly stages: Readonly<Record<string, { readonly fingerprint: string; readonly declarations: ReadonlyArray<CodePart> }>>
  /** SHA-256 of the linked module's text, and its name among the modules. */
  readonly module: string
}
interface Remembered extends EvaluatedStudy {
  /** Every path that decided it, and what was there. */
  readonly inputs: ReadonlyArray<readonly [path: string, identity: string]>
}

/** What a cache remembers of one study, given one set of data files: as long as all that decided it is the same, it is not evaluated. */
export class StudyMemory {
  readonly #path: string
  readonly #modules: string
  readonly #files: FileMemory

  constructor(cache: string, key: string, files: FileMemory) {
    this.#path = join(cache, "remembered", "studies", `${key}.json`)
    this.#modules = join(cache, "remembered", "modules")
    this.#files = files
  }

  /** The path of a linked module. */
  modulePath(module: string): string {
    return join(this.#modules, `${module}.mjs`)
  }

  recall(): EvaluatedStudy | undefined {
    try {
      const remembered = JSON.parse(readFileSync(this.#path, "utf8")) as Remembered
      const same = remembered.inputs.every(([path, identity]) => this.#files.identity(path) === identity)
      return same && this.#files.hash(this.modulePath(remembered.module)) === remembered.module ? remembered : undefined
    } catch {
      // None yet, or damaged: it is only a memory.
      return undefined
    }
  }

  /** `inputs` were looked at before they were read: one that has changed since is not what it is said to be, and the study is evaluated again. */
  remember(study: EvaluatedStudy, inputs: ReadonlyMap<string, string>): void {
    try {
      replaceFile(this.#path, JSON.stringify({ ...study, inputs: [...inputs] } satisfies Remembered))
    } catch {
      // It is only a memory.
    }
  }
}
