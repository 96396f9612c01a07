import type { FileMemory } from "../../engine/file-memory.ts"
import type { LookedAt } from "./channel.ts"

const ABSENT = "absent"

/** A file that is not what it was when a run looked at it. */
export interface ChangedFile {
  readonly path: string
  readonly how: "changed" | "is new" | "is gone"
}

/** The files that decided the last run, with what each was then. */
export class DecidingContent {
  readonly #memory: FileMemory
  readonly #studies: ReadonlyArray<string>
  #files = new Map<string, string>()

  /** `studies`: the files that studies begin with, which decide whether there is one. */
  constructor(memory: FileMemory, studies: ReadonlyArray<string>) {
    this.#memory = memory
    this.#studies = studies
  }

  get paths(): Iterable<string> {
    return this.#files.keys()
  }
  /** How many of the files are there. */
  get count(): number {
    return [...this.#files.values()].filter((was) => was !== ABSENT).length
  }

  /** Takes what a run looked at. Of a study that it could not read it does not know all: what decided it before may mend it. */
  decided({ files, loaded }: LookedAt): void {
    this.#files = new Map([...this.#studies.map((file) => [file, ABSENT] as const), ...(loaded ? [] : this.#files), ...files])
  }

  /** The files that are something else now, each once: they are then known as what they are. */
  changes(): ReadonlyArray<ChangedFile> {
    const changed: Array<ChangedFile> = []
    for (const [path, was] of this.#files) {
      const now = this.#memory.identity(path)
      // A source is known by its content alone, and the place where it really lies comes after that.
      if (now === was || now.startsWith(`${was} `)) continue
      changed.push({ path, how: now === ABSENT ? "is gone" : was === ABSENT ? "is new" : "changed" })
      this.#files.set(path, now)
    }
    return changed
  }
}
