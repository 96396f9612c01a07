import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect } from "effect"
import { Executor } from "../../src/engine/executor.ts"
import type { LoadedStages } from "../../src/engine/loaded-stages.ts"

const built = (file: string) => new URL(`../../dist/${file}`, import.meta.url)

/**
 * A bundle as a linked one is, stages by name on the worker's own Effect, whose stages do what no study's may: they count, tell and end. `stages` is the text of
 * an object; in it, `stage(name, run, policies)` makes a stage that gives `one`, and `tell(name)` adds a line to what `told` reads.
 */
export class StageBundle {
  readonly folder = mkdtempSync(join(tmpdir(), "sediment-executor-"))
  readonly #path = join(this.folder, "bundle.mjs")

  constructor(stages: string) {
    writeFileSync(
      this.#path,
      `import { appendFileSync, readFileSync } from "node:fs"
import { Effect, Schedule, Schema } from ${JSON.stringify(built("effect.mjs").href)}
import { number, StageFailure, table } from ${JSON.stringify(built("framework.mjs").href)}
const stage = (name, run, policies) => ({ name, inputs: {}, params: Schema.Struct({}), output: table("Numbers", { x: number() }), run, ...policies })
const one = { x: Float64Array.of(1) }
const file = (name) => ${JSON.stringify(join(this.folder, "told-"))} + name
const tell = (name, line = name) => appendFileSync(file(name), line + "\\n")
const told = (name) => { try { return readFileSync(file(name), "utf8").split("\\n").length - 1 } catch { return 0 } }
export const stages = ${stages}
`
    )
  }
  async load(): Promise<LoadedStages> {
    const bundle = pathToFileURL(this.#path).href
    return { bundle, stages: (await import(bundle)).stages }
  }
  /** The lines that stages told under a name. */
  told(name: string): ReadonlyArray<string> {
    return readFileSync(join(this.folder, `told-${name}`), "utf8")
      .trimEnd()
      .split("\n")
  }
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export const task = (stage: string) => ({ node: `node-of-${stage}`, stage, params: "{}", inputs: {}, seed: 1 })

/** Runs an effect with an executor of so many threads. */
export const withThreads = <A>(jobs: number, effect: Effect.Effect<A, never, Executor>): Promise<A> =>
  Effect.runPromise(effect.pipe(Effect.provide(Executor.threads(jobs, built("worker.mjs")))))
