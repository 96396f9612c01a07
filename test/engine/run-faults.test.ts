import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect, Exit } from "effect"
import { build } from "esbuild"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StoreFailure } from "../../src/store/failure.ts"
import { type DiskFault, type Hit, withFault } from "../store/faulty-fs.ts"
import { Unsynced } from "../store/unsynced.ts"
import { begin, cleanRun, end, mustBeAsClean, mustHaveItsObjects, run, STARTS, type Start } from "./run-faults/round.ts"
import { cacheIn, type Ran, runOnce } from "./run-faults/run-once.ts"
import { BEFORE, writeStudy } from "./run-faults/small-study.ts"

let scripts: string
beforeAll(async () => {
  scripts = mkdtempSync(join(tmpdir(), "sediment-run-faults-"))
  const source = fileURLToPath(new URL("run-faults/process.ts", import.meta.url))
  await build({ entryPoints: [source], outfile: join(scripts, "run.mjs"), bundle: true, format: "esm", platform: "node", minify: true, logLevel: "silent" })
})
afterAll(() => rmSync(scripts, { recursive: true, force: true }))

const starts = Object.keys(STARTS) as ReadonlyArray<Start>
/** Runs in a process that is killed at a call; gives whether it came to that, and the code of each trace that was committed. */
const killedAt = (folder: string, at: number): Promise<{ readonly killed: boolean; readonly committed: ReadonlyArray<string> }> =>
  new Promise((resolve, reject) => {
    const fault: DiskFault = { at, what: "kill", below: cacheIn(folder) }
    const env = { ...process.env, FAULTY_FS: JSON.stringify(fault) }
    const child = spawn(process.execPath, [join(scripts, "run.mjs"), folder, "faulted"], { stdio: ["ignore", "pipe", "inherit"], env })
    const output: Array<Buffer> = []
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk))
    child.on("error", reject)
    child.on("close", (code, signal) => {
      const committed = Buffer.concat(output).toString().split("\n").filter(Boolean)
      if (code === 0 || signal === "SIGKILL") resolve({ killed: signal !== null, committed })
      else reject(new Error(`the run ended with ${code}`))
    })
  })

/** Does the same for 1, 2, 3 and so on, two at a time, until it gives false; gives how often it gave true. */
const untilFalse = async (use: (n: number) => Promise<boolean>): Promise<number> => {
  let next = 1
  let last = Number.POSITIVE_INFINITY
  const lane = async () => {
    for (let n = next++; n < last; n = next++) if (!(await use(n))) last = Math.min(last, n)
  }
  await Promise.all([lane(), lane()])
  return last - 1
}

describe("kill -9", () => {
  it.for([
    ["a first run", 50],
    ["a run after an edit", 40],
    ["a run that has nothing to do", 4]
  ] as const)("at any call by which %s changes a file: the next run is as a clean one, and repeats nothing that was committed", async ([start, most]) => {
    const count = await untilFalse(async (at) => {
      const folder = await begin(start)
      const { committed, killed } = await killedAt(folder, at)
      await mustBeAsClean(folder, start, committed)
      end(folder)
      return killed
    })
    expect(count).toBeGreaterThan(most)
  })
})

interface Faulted {
  readonly folder: string
  readonly exit: Exit.Exit<Ran, StoreFailure>
  readonly hit: Hit
  readonly disk: Unsynced
  readonly committed: Array<string>
}
/** Lets a run, in this process, have a fault at the calls 1, 1 + stride and so on, until it has none, and looks at what came of each; gives how many it had. */
const faultAtEach = async (
  start: Start,
  fault: Omit<DiskFault, "at" | "below">,
  stride: number,
  look: (faulted: Faulted) => Promise<void>,
  check = mustBeAsClean
): Promise<number> => {
  for (let at = 1, count = 0; ; at += stride, count++) {
    const folder = await begin(start)
    const below = cacheIn(folder)
    const committed: Array<string> = []
    const disk = new Unsynced()
    const once = () => Effect.runPromiseExit(runOnce(folder, "faulted", (code) => committed.push(code)))
    const { hit, value: exit } = await withFault({ ...fault, at, below }, once, disk)
    if (hit !== undefined) await look({ folder, exit, hit, disk, committed })
    await check(folder, start, committed)
    end(folder)
    if (hit === undefined) return count
  }
}

const leftBehind = (cache: string): ReadonlyArray<string> =>
  (existsSync(cache) ? readdirSync(cache, { recursive: true }) : []).filter((name) => String(name).endsWith(".tmp")).map(String)

describe("a disk that refuses", () => {
  it.for([
    ["a full disk", 2, { what: "ENOSPC", lasting: true }],
    ["a disk that is full once", 3, { what: "ENOSPC" }],
    ["an error of the disk", 2, { what: "EIO" }],
    ["a disk that is gone", 4, { what: "EIO", lasting: true }],
    ["a cache that became read-only", 3, { what: "EROFS", lasting: true }],
    ["a file that may not be written", 3, { what: "EACCES" }]
  ] as const)("%s at any call (of these, every %i. is tried): the run says so, and the next one is as a clean one", async ([, stride, fault]) => {
    for (const start of starts) {
      const count = await faultAtEach(start, fault, stride, async ({ exit, folder, hit }) => {
        const cache = cacheIn(folder)
        if (Exit.isFailure(exit)) {
          const [reason, ...more] = exit.cause.reasons
          const error = reason?._tag === "Fail" ? reason.error : undefined
          expect(error, String(exit.cause)).toBeInstanceOf(StoreFailure)
          expect(more).toEqual([])
          expect(error!.message).toMatch(new RegExp(`^cannot [a-z ]+ ${cache}/\\S+: ${fault.what}: [a-z/ -]+, [a-zA-Z]+ '${cache}.*'$`))
        }
        // What is remembered can be made again, but a module is needed now, and is written when its file is closed; a run that made nothing needs no record; of
        // what was committed, a log's end takes nothing back.
        const isModule = hit.path.includes("/modules")
        const remembered = hit.path.startsWith(join(cache, "remembered")) && !isModule
        const ends = hit.call === "utimesSync" || (hit.call === "closeSync" && !(isModule && hit.path.endsWith(".tmp")))
        const needless = remembered || start === "a run that has nothing to do" || ends
        if (!("lasting" in fault) || start === "a run that has nothing to do") expect(Exit.isSuccess(exit), `${hit.call} ${hit.path}`).toBe(needless)
        if (fault.what === "ENOSPC") expect(leftBehind(cache)).toEqual([])
      })
      expect(count).toBeGreaterThan(0)
    }
  })
})

describe("a power cut", () => {
  const PARTS = ["objects", "traces", "runs", "remembered", ""]
  /** What was not synced of the first so many of these is lost, and what is made later than these happens to be there. */
  const cut = ({ disk, folder }: Pick<Faulted, "disk" | "folder">, parts: number) => {
    const lost = PARTS.slice(0, parts).map((part) => join(cacheIn(folder), part))
    disk.lose((path) => lost.some((part) => path.startsWith(part)))
  }
  it.for([1, 2, 3, 4, 5])(
    "at every third call, when %i of objects, traces, runs, memories, folders lose what was not synced: the next run is as a clean one",
    async (parts) => {
      for (const start of starts) {
        const count = await faultAtEach(start, { what: "EIO", lasting: true }, 3, async (faulted) => cut(faulted, parts))
        expect(count).toBeGreaterThan(0)
      }
    }
  )

  it("that comes only after the next run takes no object that one counted on; what else the killed one had not synced is told, and made again", async () => {
    for (const start of starts) {
      const again = async ({ committed, disk, folder }: Faulted) => {
        const once = () => Effect.runPromise(runOnce(folder, "again", (code) => committed.push(code)))
        await withFault({ at: 0, what: "kill", below: cacheIn(folder) }, once, disk)
        cut({ disk, folder }, PARTS.length)
      }
      expect(await faultAtEach(start, { what: "EIO", lasting: true }, 2, again, mustHaveItsObjects)).toBeGreaterThan(0)
    }
  })
})

describe("a state file", () => {
  /** The files of a cache that are no objects, and what they hold. */
  const stateIn = (cache: string): ReadonlyMap<string, Buffer> =>
    new Map(
      ["remembered", "traces", "runs"]
        .flatMap((folder) => readdirSync(join(cache, folder), { recursive: true, withFileTypes: true }))
        .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
        .map((path) => [path, readFileSync(path)])
    )
  const HARMS: Readonly<Record<string, (now: Buffer, before: Buffer | undefined) => Buffer | undefined>> = {
    "that is empty": () => Buffer.alloc(0),
    "of which half is left": (now) => now.subarray(0, now.length >> 1),
    "of before the last run": (_, before) => before
  }

  it.for(Object.keys(HARMS))("%s leaves the results of a run as they are, and nothing runs but what has lost its trace", async (harm) => {
    const start = "a run after an edit"
    const { due, settings } = STARTS[start]
    const expected = await cleanRun(settings)
    let count = 0
    for (let which = 0, all = 1; which < all; which++) {
      const folder = await begin(start)
      const cache = cacheIn(folder)
      const before = stateIn(cache)
      await run(folder, "edited")
      const files = [...stateIn(cache)].filter(([path, now]) => !before.get(path)?.equals(now) || harm !== "of before the last run")
      all = files.length
      const [path, now] = files[which]!
      const harmed = HARMS[harm]!(now, before.get(path))
      if (harmed === undefined) rmSync(path)
      else writeFileSync(path, harmed)
      const made = path.includes("/traces/") ? due : []
      const next = await run(folder, "next")
      expect(next.artifacts, path).toEqual(expected)
      // What was made before the edit is as it was where that trace is lost.
      if (path.includes("/traces/before"))
        expect(
          due.every((node) => !next.executed.includes(node)),
          path
        ).toBe(true)
      else if (harm === "of which half is left") expect(made, path).toEqual(expect.arrayContaining([...next.executed]))
      else expect(next.executed, path).toEqual(made)
      expect(await run(folder, "quiet"), path).toEqual({ artifacts: expected, executed: [], quiet: true })
      writeStudy(join(folder, "study"), BEFORE)
      expect((await run(folder, "back")).artifacts, path).toEqual(await cleanRun(BEFORE))
      end(folder)
      count++
    }
    expect(count).toBeGreaterThan(5)
  })
})
