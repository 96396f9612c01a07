/** A study's folder to which something happens in a run, and what must hold after it. */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect } from "vitest"
import { verify } from "../../../src/engine/verify/verify.ts"
import { storeLayer } from "../../../src/store/layer.ts"
import { TraceLog } from "../../../src/store/segment-log.ts"
import { decodeTrace } from "../../../src/store/trace-table.ts"
import { cacheIn, type Ran, runOnce } from "./run-once.ts"
import { AFTER, BEFORE, type Settings, writeStudy } from "./small-study.ts"

// Hundreds of folders, synced at each step: in memory that costs nothing.
const MEMORY = "/dev/shm"
const STAGE_OF: Readonly<Record<string, string>> = { panel: "load", b: "pick", halves: "split", sum: "total", all: "join" }

/** Where a run begins: with nothing; after an edit, beside what was made before it; where nothing is to be done. */
export const STARTS = {
  "a first run": { before: [], settings: BEFORE, due: ["all", "b", "halves", "panel", "sum"] },
  "a run after an edit": { before: [BEFORE], settings: AFTER, due: ["all", "halves", "panel", "sum"] },
  "a run that has nothing to do": { before: [AFTER], settings: AFTER, due: [] }
} as const
export type Start = keyof typeof STARTS

const EARLIER = /^before/
export const run = (folder: string, name: string): Promise<Ran> => Effect.runPromise(runOnce(folder, name))

/** Gives a new folder in which all has happened that is before the run in question, and its files are those of the run. */
export const begin = async (start: Start): Promise<string> => {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "sediment-run-"))
  const { before, settings } = STARTS[start]
  for (const [i, one] of before.entries()) {
    writeStudy(join(folder, "study"), one)
    await run(folder, `before${i}`)
  }
  writeStudy(join(folder, "study"), settings)
  return folder
}
export const end = (folder: string): void => rmSync(folder, { recursive: true, force: true })

const clean = new Map<Settings, Promise<Ran["artifacts"]>>()
/** What a run comes to that nothing happened to. */
export const cleanRun = (settings: Settings): Promise<Ran["artifacts"]> => {
  let known = clean.get(settings)
  if (known === undefined) {
    const alone = async () => {
      const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "sediment-run-"))
      writeStudy(join(folder, "study"), settings)
      const { artifacts } = await run(folder, "clean")
      end(folder)
      return artifacts
    }
    clean.set(settings, (known = alone()))
  }
  return known
}

const damageIn = (cache: string) =>
  Effect.runPromise(
    Effect.map(
      verify(
        cache,
        () => {},
        (_, study, node) => `${study}:${node}`
      ),
      ({ damage }) => damage
    ).pipe(Effect.provide(storeLayer(cache, "verify")))
  )
/** The code of each trace that is there besides those from before. */
const tracedIn = (cache: string): Promise<ReadonlySet<string>> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const traces = (yield* (yield* TraceLog).records)("trace").map(decodeTrace)
      return new Set(traces.filter(({ run }) => !EARLIER.test(run)).map(({ code }) => code))
    }).pipe(Effect.provide(TraceLog.layer(cache, "asking")))
  )

/**
 * After something happened to a run: the store is whole and has what the run was told is committed; the next run makes what the run left no trace of, and nothing
 * else, and comes to what a clean one does; the answer "all fresh" is remembered then, and not for what the study was before.
 */
export const mustBeAsClean = async (folder: string, start: Start, committed: ReadonlyArray<string>): Promise<void> => {
  const cache = cacheIn(folder)
  const { before, due, settings } = STARTS[start]
  const expected = await cleanRun(settings)
  expect(await damageIn(cache), "the store is whole").toEqual([])
  const traced = await tracedIn(cache)
  expect([...traced], "what was committed").toEqual(expect.arrayContaining([...committed]))
  const stages = new Set([...traced].map((code) => code.replace(/-\d$/, "")))
  const next = await run(folder, "next")
  expect(next.artifacts, "the next run").toEqual(expected)
  expect(next.executed, "what the next run made").toEqual(due.filter((node) => !stages.has(STAGE_OF[node]!)))
  expect(await damageIn(cache), "the store is whole after the next run").toEqual([])
  const quiet = await run(folder, "quiet")
  expect(quiet, "the run after it").toEqual({ artifacts: expected, executed: [], quiet: true })
  const [old] = before
  if (old === undefined || old === settings) return
  writeStudy(join(folder, "study"), old)
  expect(await run(folder, "back"), "a run after the edit was taken back").toEqual({ artifacts: await cleanRun(old), executed: [], quiet: false })
}

/** No trace is there whose objects are not, whatever became of traces and of the history; and the next run comes to what a clean one does. */
export const mustHaveItsObjects = async (folder: string, start: Start): Promise<void> => {
  const damage = await damageIn(cacheIn(folder))
  expect(damage.filter(({ code }) => code !== "trace-lost" && code !== "run-lost")).toEqual([])
  expect((await run(folder, "next")).artifacts).toEqual(await cleanRun(STARTS[start].settings))
}
