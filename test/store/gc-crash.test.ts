import { spawn } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect, Exit } from "effect"
import { build } from "esbuild"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { carryOutGc, planGc } from "../../src/store/gc.ts"
import { RunHistory } from "../../src/store/runs.ts"
import { RunLog, TraceLog } from "../../src/store/segment-log.ts"
import { withFault } from "./faulty-fs.ts"
import { tell, writeRun } from "./gc-history.ts"
import { inStore, temporaryFolder } from "./in-store.ts"
import { Unsynced } from "./unsynced.ts"

const RUNS = ["r3", "r2"]
let folder: string
let cache: string
let before: ReadonlyArray<unknown>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sediment-gc-"))
  cache = join(folder, "cache")
  const steps = [{ a: 1, b: 2 }, { a: 3 }, { a: 4, c: 5 }, { c: 6 }]
  for (const [i, values] of steps.entries()) await inStore(cache, `r${i}`, writeRun({ run: `r${i}`, at: 1000 * (i + 1), values }))
  before = await inStore(cache, "asker", tell(RUNS))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const copy = (): string => {
  const target = join(temporaryFolder(), "cache")
  cpSync(cache, target, { recursive: true, preserveTimestamps: true })
  return target
}
const plan = (at: string) => Effect.runPromise(planGc(at, { keep: 2, now: Date.now() + 3 * 24 * 60 * 60 * 1000, runs: [] }))
const carryOut = async (at: string) => Effect.runPromise(carryOutGc(at, await plan(at), () => {}))
const losses = Effect.gen(function* () {
  return [...(yield* (yield* TraceLog).losses), ...(yield* (yield* RunLog).losses)]
})

describe("gc", () => {
  it.for(["ended", "ended by a power cut"])(
    "%s at any call that changes a file loses nothing that is kept, and the next one ends what it began",
    { timeout: 30_000 },
    async (how) => {
      let calls = 0
      for (let ended = false; !ended; calls++) {
        const mine = copy()
        const planned = await plan(mine)
        const disk = new Unsynced()
        const once = () => Effect.runPromiseExit(carryOutGc(mine, planned, () => {}))
        const { hit, value } = await withFault({ at: calls + 1, what: "EIO", lasting: true, below: mine }, once, disk)
        if (how === "ended by a power cut") disk.lose((path) => path.startsWith(mine))
        ended = Exit.isSuccess(value)
        expect(hit === undefined).toBe(ended)
        expect(await inStore(mine, "asker", losses)).toEqual([])
        expect(await inStore(mine, "asker", tell(RUNS))).toEqual(before)
        await carryOut(mine)
        expect(await inStore(mine, "asker", tell(RUNS))).toEqual(before)
        expect(
          await inStore(
            mine,
            "asker",
            Effect.map(RunHistory, (history) => history.runs().map(({ run }) => run))
          )
        ).toEqual(RUNS)
        const segments = ["runs", "traces"].map((log) => readdirSync(join(mine, log)).filter((name) => name.endsWith(".log")).length)
        expect(segments).toEqual([1, 1])
        expect(await plan(mine)).toMatchObject({ objects: [], runs: { due: false }, traces: { due: false } })
      }
      expect(calls).toBeGreaterThan(30)
    }
  )

  it("beside others of its kind and beside readers is seen by none of them", { timeout: 30_000 }, async () => {
    const script = join(folder, "gc.mjs")
    const source = fileURLToPath(new URL("gc-process.ts", import.meta.url))
    await build({ entryPoints: [source], outfile: script, bundle: true, format: "esm", platform: "node", logLevel: "silent" })
    const mine = copy()
    const gcProcess = (keep: number) =>
      new Promise<void>((resolve, reject) => {
        const child = spawn(process.execPath, [script, mine, String(keep)], { stdio: ["ignore", "inherit", "inherit"] })
        child.on("error", reject)
        child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`gc ended with ${code}`))))
      })
    let over = false
    const work = Promise.all([gcProcess(2), gcProcess(3), gcProcess(2)]).then(() => {
      over = true
    })
    for (let read = 0; !over || read < 5; read++) {
      expect(await inStore(mine, "asker", tell(RUNS))).toEqual(before)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await work
    expect(await inStore(mine, "asker", tell(RUNS))).toEqual(before)
  })
})
