import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterEach } from "vitest"
import { summarize } from "../../src/artifact/hash.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { type Store, storeLayer } from "../../src/store/layer.ts"
import type { NodeRecord } from "../../src/store/runs.ts"
import type { Trace } from "../../src/store/trace.ts"
import { columnOf, tableOf } from "../artifact/tables.ts"

const made: Array<string> = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})
/** A folder of its own for a test, gone afterwards. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "sediment-store-"))
  made.push(folder)
  return folder
}

/** Runs with the store of a cache folder, as one process would: opened before, closed after. */
export const inStore = <A, E>(cache: string, run: string, effect: Effect.Effect<A, E, Store>): Promise<A> =>
  Effect.runPromise(Effect.provide(effect, storeLayer(cache, run)))

const someTable = (x: number) => tableOf([columnOf("x", "number", Float64Array.of(x, x + 1), { unit: "yuan" })])
export const someBytes = (x: number) => writeArrow(someTable(x))

export const someTrace = (more: Partial<Trace> = {}): Trace => ({
  code: "c0de",
  params: "4a4a",
  reads: [
    { read: "panel column gdp", value: "h1" },
    { read: "panel rows", value: "31" }
  ],
  outputs: { output: { artifact: "00ff", summary: summarize(someTable(1)) } },
  warnings: [{ code: "rows-dropped", message: "3 rows were dropped", where: { column: "gdp" } }],
  ms: 12,
  run: "r1",
  at: 1000,
  ...more
})

export const someNode = (more: Partial<NodeRecord> = {}): NodeRecord => ({
  run: "r1",
  at: 1000,
  study: "states",
  node: "within",
  stage: "within",
  state: "ran",
  code: "c0de",
  params: "{}",
  inputs: { panel: { node: "panel", output: "output" } },
  reads: [{ read: "panel column gdp", value: "h1" }],
  artifacts: { coefficients: "00ff" },
  why: [{ reason: "new" }],
  warnings: [],
  ms: 3,
  ...more
})

/** A found trace with all its fields read from the log, for comparison. */
export const whole = (trace: Trace | undefined): Trace | undefined => {
  if (trace === undefined) return undefined
  const { code, params, reads, outputs, warnings, ms, run, at } = trace
  return { code, params, reads, outputs, warnings, ms, run, at }
}
