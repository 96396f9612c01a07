import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { carryOutGc, planGc } from "../../src/store/gc.ts"
import { ObjectStore } from "../../src/store/objects.ts"
import { RunHistory } from "../../src/store/runs.ts"
import { TraceLog } from "../../src/store/segment-log.ts"
import { type Step, tell, writeRun } from "./gc-history.ts"
import { inStore, temporaryFolder } from "./in-store.ts"

const DAY = 24 * 60 * 60 * 1000
/** So late that all that a test has written is old. */
const later = () => Date.now() + 3 * DAY
const silent = () => {}

const write = async (cache: string, steps: ReadonlyArray<Step>) => {
  for (const step of steps) await inStore(cache, step.run, writeRun(step))
}
const plan = (cache: string, keep: number, now = later()) => Effect.runPromise(planGc(cache, { keep, now, runs: [] }))
const gc = async (cache: string, keep: number, now = later()) => Effect.runPromise(carryOutGc(cache, await plan(cache, keep, now), silent))
const namesOf = (cache: string) =>
  inStore(
    cache,
    "asker",
    Effect.map(RunHistory, (history) => history.runs().map(({ run }) => run))
  )

const THREE: ReadonlyArray<Step> = [
  { run: "r1", at: 1000, values: { a: 1, b: 2, c: 3 } },
  { run: "r2", at: 2000, values: { a: 4 }, gone: ["c"] },
  { run: "r3", at: 3000, values: { a: 5 } }
]

describe("gc", () => {
  it("keeps what the last runs reach, though it was made in others; forgets the rest", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    const before = await inStore(cache, "asker", tell(["r3"]))
    const planned = await plan(cache, 1)
    expect(planned).toMatchObject({ forgottenRuns: ["r2", "r1"], keptObjects: 2 })
    expect(planned.objects).toHaveLength(3)
    expect(planned.traces.dropped).toHaveLength(3)
    await gc(cache, 1)
    expect(await inStore(cache, "asker", tell(["r3"]))).toEqual(before)
    expect(await namesOf(cache)).toEqual(["r3"])
    expect(
      (
        await inStore(
          cache,
          "asker",
          Effect.flatMap(ObjectStore, ({ list }) => list)
        )
      ).size
    ).toBe(2)
    expect(readdirSync(join(cache, "traces"))).toHaveLength(1)
    expect(readdirSync(join(cache, "runs"))).toHaveLength(1)
    expect((await plan(cache, 1)).objects).toEqual([])
  })

  it("keeps whatever it is told to keep: histories, runs, tags and sets of data files by chance", async () => {
    const step = fc.record({
      variant: fc.constantFrom("", "", "v"),
      values: fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 0, max: 12 }), { maxKeys: 3 }),
      gone: fc.subarray(["a", "b", "c", "d"], { maxLength: 1 }),
      tagged: fc.nat(7).map((n) => n === 0)
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        async (steps, keep, times) => {
          const cache = temporaryFolder()
          for (const [i, { gone, tagged, values, variant }] of steps.entries()) {
            const run = `r${i}`
            await inStore(
              cache,
              run,
              Effect.gen(function* () {
                const history = yield* RunHistory
                yield* writeRun({ run, at: 1000 * (i + 1), variant, values, gone: gone.filter((one) => !(one in values)) })
                if (tagged) history.tag(run, `t${i}`)
                yield* history.commit
              })
            )
          }
          const runs = steps.map((one, i) => ({ ...one, run: `r${i}` })).reverse()
          const kept = new Set(runs.filter(({ tagged }) => tagged).map(({ run }) => run))
          for (const variant of ["", "v"]) {
            const own = runs.filter((one) => one.variant === variant)
            for (const { run } of [...own.slice(0, 1), ...own.filter(({ values }) => Object.keys(values).length > 0).slice(0, keep)]) kept.add(run)
          }
          const before = await inStore(cache, "asker", tell([...kept]))
          for (let i = 0; i < times; i++) await gc(cache, keep)
          expect(await namesOf(cache)).toEqual(runs.flatMap(({ run }) => (kept.has(run) ? [run] : [])))
          expect(await inStore(cache, "asker", tell([...kept]))).toEqual(before)
          expect(await plan(cache, keep)).toMatchObject({
            objects: [],
            forgottenRuns: [],
            traces: { dropped: [], due: false },
            runs: { dropped: [], due: false }
          })
        }
      ),
      { numRuns: 25 }
    )
  }, 30_000)

  it("leaves alone what was made or written in the last day", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    expect(await plan(cache, 1, Date.now())).toMatchObject({ objects: [], traces: { due: false }, runs: { due: false } })
  })

  it("keeps what a run that began in the last day may be based on, though others have come after", async () => {
    const cache = temporaryFolder()
    await write(cache, [...THREE, { run: "r4", at: later() - 1000, values: { a: 6 } }])
    expect(await plan(cache, 1)).toMatchObject({ forgottenRuns: ["r2", "r1"] })
  })

  it("spares an object that somebody has come to rely on since, with its trace", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    const planned = await plan(cache, 1)
    const now = later()
    const [one] = planned.objects
    utimesSync(one!.path, new Date(now), new Date(now))
    expect(await Effect.runPromise(carryOutGc(cache, planned, silent))).toEqual({ spared: 1 })
    await inStore(
      cache,
      "asker",
      Effect.gen(function* () {
        yield* (yield* ObjectStore).get(one!.sha)
        expect((yield* (yield* TraceLog).records)("trace")).toHaveLength(3)
      })
    )
  })

  it("spares a module that somebody has come to rely on since", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    const modules = join(cache, "remembered", "modules")
    mkdirSync(modules, { recursive: true })
    const [taken, free] = ["a", "b"].map((letter) => join(modules, `${letter.repeat(64)}.mjs`)) as [string, string]
    for (const path of [taken, free]) writeFileSync(path, "")
    const planned = await plan(cache, 1)
    const now = new Date(later())
    utimesSync(taken, now, now)
    await Effect.runPromise(carryOutGc(cache, planned, silent))
    expect([existsSync(taken), existsSync(free)]).toEqual([true, false])
  })

  it("put and touch make an object one that is relied on", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    const planned = await plan(cache, 1)
    const old = new Date(Date.now() - 3 * DAY)
    const [first, second] = planned.objects
    for (const { path } of planned.objects) utimesSync(path, old, old)
    await inStore(
      cache,
      "r4",
      Effect.gen(function* () {
        const objects = yield* ObjectStore
        expect(yield* objects.touch(first!.sha)).toBe(true)
        expect(yield* objects.touch("00".repeat(32))).toBe(false)
        yield* objects.put(Uint8Array.from(yield* objects.get(second!.sha)))
      })
    )
    expect(planned.objects.map(({ path }) => statSync(path).mtimeMs > Date.now() - DAY)).toEqual([true, true, false])
  })

  it("a process whose segment was taken for one that nobody writes into any more loses nothing", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    await inStore(
      cache,
      "long",
      Effect.gen(function* () {
        yield* writeRun({ run: "long", at: 4000, values: { b: 7 } })
        yield* Effect.promise(() => gc(cache, 2))
        yield* writeRun({ run: "long", at: 5000, values: { d: 8 } })
      })
    )
    const state = await inStore(
      cache,
      "asker",
      Effect.map(RunHistory, (history) => [...history.stateOf("s", "long").nodes].map(([node, { record }]) => [node, record().run]).sort())
    )
    expect(state).toEqual([
      ["a", "r3"],
      ["b", "long"],
      ["d", "long"]
    ])
    await inStore(cache, "asker", tell(["long"]))
  })

  it("two at once keep what either keeps of the logs, and free what either frees", async () => {
    const cache = temporaryFolder()
    await write(cache, THREE)
    const before = await inStore(cache, "asker", tell(["r3"]))
    const [narrow, wide] = [await plan(cache, 1), await plan(cache, 2)]
    await Effect.runPromise(carryOutGc(cache, wide, silent))
    await Effect.runPromise(carryOutGc(cache, narrow, silent))
    expect(await inStore(cache, "asker", tell(["r3"]))).toEqual(before)
    await gc(cache, 1)
    expect(await namesOf(cache)).toEqual(["r3"])
    expect(await inStore(cache, "asker", tell(["r3"]))).toEqual(before)
  })
})
