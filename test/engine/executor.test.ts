import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect, Exit } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { Executor } from "../../src/engine/executor.ts"

const built = (file: string) => new URL(`../../dist/${file}`, import.meta.url)
const folder = mkdtempSync(join(tmpdir(), "sediment-executor-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// As a linked bundle is: stages by name, on the worker's own Effect.
const bundle = join(folder, "bundle.mjs")
writeFileSync(
  bundle,
  `import { Effect, Schema } from ${JSON.stringify(built("effect.mjs").href)}
import { number, table } from ${JSON.stringify(built("framework.mjs").href)}
const stage = (name, run) => ({ name, inputs: {}, params: Schema.Struct({}), output: table("Numbers", { x: number() }), run })
const one = { x: Float64Array.of(1) }
export const stages = {
  works: stage("works", () => Effect.succeed(one)),
  exits: stage("exits", () => Effect.sync(() => process.exit(3))),
  throwsLater: stage("throwsLater", () => Effect.sync(() => { setTimeout(() => { throw new Error("late") }, 20); return one })),
  never: stage("never", () => Effect.never)
}
`
)
const loaded = { bundle: pathToFileURL(bundle).href, stages: {} }
const task = (stage: string) => ({ node: stage, stage, params: "{}", inputs: {}, seed: 1 })
const withExecutor = <A>(use: (run: (stage: string) => Effect.Effect<boolean>) => Effect.Effect<A>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const executor = yield* Executor
      return yield* use((stage) => Effect.map(executor.execute(loaded, task(stage), true), ({ outputs }) => outputs !== undefined))
    }).pipe(Effect.provide(Executor.threads(1, built("worker.mjs"))))
  )

describe("a worker thread", () => {
  it("that ends while a stage runs fails that task, and the next runs on another", async () => {
    expect(await withExecutor((run) => Effect.all([run("exits"), run("works")]))).toEqual([false, true])
  })
  it("that breaks between two tasks harms neither the process nor the next task", async () => {
    expect(await withExecutor((run) => Effect.all([run("throwsLater"), Effect.as(Effect.sleep(100), true), run("works")]))).toEqual([true, true, true])
  })
  it("is stopped with a task that does not return when that is interrupted", async () => {
    const outcome = await withExecutor((run) =>
      Effect.gen(function* () {
        const exit = yield* Effect.exit(run("never").pipe(Effect.timeout(50)))
        return [Exit.isFailure(exit), yield* run("works")]
      })
    )
    expect(outcome).toEqual([true, true])
  })
})
