import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { build } from "esbuild"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readArrow } from "../../src/artifact/read.ts"
import { ObjectStore } from "../../src/store/objects.ts"
import { TraceLog, textOf } from "../../src/store/segment-log.ts"
import { TraceIndex } from "../../src/store/traces.ts"
import type { DiskFault } from "./faulty-fs.ts"
import { inStore, temporaryFolder } from "./in-store.ts"

let folder: string
let writer: string
beforeAll(async () => {
  const source = fileURLToPath(new URL("crash-writer.ts", import.meta.url))
  folder = mkdtempSync(join(tmpdir(), "sediment-writer-"))
  writer = join(folder, "writer.mjs")
  // Bundled, so that many of them start fast.
  await build({ entryPoints: [source], outfile: writer, bundle: true, format: "esm", platform: "node", logLevel: "silent" })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly signal: NodeJS.Signals | null
  /** Names of the traces whose commit was done. */
  readonly committed: ReadonlyArray<string>
}
/** Runs a writer until it ends, or is killed at a call that changes a file; with `killAfter`, one that does not end, until so many milliseconds after its first commit. */
const write = (cache: string, run: string, killAt: number, killAfter?: number): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const fault: DiskFault = { at: killAt, what: "kill", below: cache }
    const child = spawn(process.execPath, [writer, cache, run, killAfter === undefined ? "2" : "endless"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, FAULTY_FS: JSON.stringify(fault) }
    })
    let output = ""
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString()
    })
    if (killAfter !== undefined) child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), killAfter))
    child.on("error", reject)
    child.on("close", (code, signal) => {
      if (code === 0 || signal !== null)
        resolve({
          signal,
          committed: output
            .slice(0, output.lastIndexOf("\n") + 1)
            .split("\n")
            .filter(Boolean)
        })
      else reject(new Error(`the writer ended with ${code}`))
    })
  })

/** What must hold of a store whatever happened to its writers. Gives the names of all traces in it. */
const check = (cache: string, committed: ReadonlyArray<string>): Promise<ReadonlyArray<string>> =>
  inStore(
    cache,
    "checker",
    Effect.gen(function* () {
      const log = yield* TraceLog
      const index = yield* TraceIndex
      const objects = yield* ObjectStore
      const names = (yield* log.records)("trace").map((record) => textOf(record).split("\n")[1]!.split(" ")[1]!)
      expect(names, "a committed trace is there").toEqual(expect.arrayContaining([...committed]))
      for (const name of names) {
        const trace = index.find("c", name, () => undefined)
        const { artifact, summary } = trace!.outputs["output"]!
        // get fails if the object is missing or its bytes are not those of its name
        const table = readArrow(yield* objects.get(artifact))
        expect(table.rows).toBe(summary.rows)
      }
      for (const sha of yield* objects.list) yield* objects.get(sha)
      expect((yield* log.losses).filter(({ kind }) => kind !== "torn")).toEqual([])
      return names
    })
  )

describe("kill -9", () => {
  it("at any call that changes a file leaves each trace with its whole object or not at all, and the next run goes on from there", {
    timeout: 60_000
  }, async () => {
    const cache = temporaryFolder()
    const committed: Array<string> = []
    let killAt = 1
    for (; ; killAt++) {
      const fresh = temporaryFolder()
      const [alone, shared] = await Promise.all([write(fresh, "r1", killAt), killAt % 3 === 0 ? write(cache, `r${killAt}`, killAt) : undefined])
      await check(fresh, alone.committed)
      committed.push(...(shared?.committed ?? []))
      if (alone.signal === null) break
    }
    expect(killAt).toBeGreaterThan(20)
    const names = await check(cache, committed)
    expect(names.length).toBeGreaterThanOrEqual(committed.length)
  })

  it("at a random moment, of several processes that share one cache, loses nothing that was committed, and others read and write on", {
    timeout: 60_000
  }, async () => {
    const cache = temporaryFolder()
    const committed: Array<string> = []
    for (let round = 0; round < 3; round++) {
      const killed = ["a", "b"].map((one) => write(cache, `${round}${one}`, 0, Math.random() * 40))
      const others = round % 2 === 0 ? [write(cache, `${round}c`, 0), write(cache, `${round}d`, 0)] : []
      let writing = true
      const read = async () => {
        for (let times = 0; writing && times < 3; times++) await check(cache, committed)
      }
      const reader = read()
      const ended = await Promise.all([...killed, ...others])
      writing = false
      await reader
      expect(ended.map(({ signal }) => signal)).toEqual(["SIGKILL", "SIGKILL", ...others.map(() => null)])
      committed.push(...ended.flatMap((end) => end.committed))
      await check(cache, committed)
    }
    expect(committed.length).toBeGreaterThan(0)
    expect(existsSync(join(cache, "damaged"))).toBe(false)
    expect(readdirSync(join(cache, "traces")).length).toBe(10)
  })
})
