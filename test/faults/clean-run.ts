import { readFileSync } from "node:fs"
import { join } from "node:path"
import { tableFromIPC } from "apache-arrow"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { call } from "./call.ts"
import { filesBelow, type Outcome, outcomeOf, sha256 } from "./outcome.ts"
import { type Settings, studyFiles } from "./study.ts"

/** An artifact as Arrow's own reader has it. */
export interface Expected {
  readonly artifact: string
  /** By column, as JSON has it. */
  readonly data: () => Readonly<Record<string, ReadonlyArray<unknown>>>
}

const readWithArrow = (path: string): ReturnType<Expected["data"]> => {
  const table = tableFromIPC(readFileSync(path))
  return Object.fromEntries(table.schema.fields.map(({ name }) => [name, JSON.parse(JSON.stringify([...table.getChild(name)!]))]))
}

/** A run in a cache of its own that nothing happened to: what every other is held against. */
export interface CleanRun {
  /** Whether no node failed. */
  readonly ok: boolean
  readonly outcome: Outcome
  /** Every output that has an artifact, as `show` takes it. */
  readonly outputs: ReadonlyMap<string, Expected>
  readonly ms: number
}

/** Clean runs, a folder each, as long as this is not closed. */
export class CleanRuns {
  readonly #runs = new Map<string, Promise<CleanRun>>()
  readonly #folders: Array<StudyFolder> = []

  of(settings: Settings): Promise<CleanRun> {
    const key = JSON.stringify(settings)
    let run = this.#runs.get(key)
    if (run === undefined) this.#runs.set(key, (run = this.#run(settings)))
    return run
  }
  /** Forgets all of them, and removes their folders. */
  close(): void {
    this.#runs.clear()
    for (const folder of this.#folders.splice(0)) folder.remove()
  }

  async #run(settings: Settings): Promise<CleanRun> {
    const folder = new StudyFolder(studyFiles(settings))
    this.#folders.push(folder)
    const { code, err, ms, out } = await call(folder, "run", "--json")
    if (code !== 0 && code !== 1) throw new Error(`a clean run ended with ${code}: ${err}`)
    const document: RunDocument = JSON.parse(out)
    const files = new Map(filesBelow(join(folder.path, "cache")).map((path) => [sha256(path), path]))
    const outputs = new Map<string, Expected>()
    for (const { artifacts, node } of document.nodes)
      for (const [output, artifact] of Object.entries(artifacts)) {
        const path = files.get(artifact)
        if (path === undefined) throw new Error(`a clean run left no file with the bytes of ${artifact}`)
        outputs.set(output === "output" ? node : `${node}.${output}`, { artifact, data: () => readWithArrow(path) })
      }
    return { ok: document.ok, outcome: outcomeOf(folder.path, document), outputs, ms }
  }
}
