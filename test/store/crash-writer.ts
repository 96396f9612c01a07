/**
 * A process that writes into a store and is killed while it does (see crash.test.ts). Arguments: cache folder, run, and `KILL_AT`: the number of the
 * system call that changes files at which the process kills itself, a write after half of its bytes; 0: never. Prints each trace's name once its commit is done.
 */
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const [cache = "", run = "", killAt = "0"] = process.argv.slice(2)

let calls = 0
const die = (): never => {
  process.kill(process.pid, "SIGKILL")
  throw new Error("a killed process goes on")
}
const counts = (): boolean => ++calls === Number(killAt)
const { fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } = fs
fs.mkdirSync = ((...args: Parameters<typeof mkdirSync>) => (counts() ? die() : mkdirSync(...args))) as typeof mkdirSync
fs.renameSync = (...args) => (counts() ? die() : renameSync(...args))
fs.fsyncSync = (...args) => (counts() ? die() : fsyncSync(...args))
fs.fdatasyncSync = (...args) => (counts() ? die() : fdatasyncSync(...args))
fs.openSync = (...args) => (args[1] !== "r" && counts() ? die() : openSync(...args))
fs.writeSync = ((handle: number, bytes: Uint8Array, at: number) => {
  if (counts()) {
    writeSync(handle, bytes, at, (bytes.length - at) >> 1)
    die()
  }
  return writeSync(handle, bytes, at)
}) as typeof writeSync
fs.writeFileSync = ((path: string, bytes: Uint8Array, options: fs.WriteFileOptions) => {
  if (counts()) {
    writeFileSync(path, bytes.subarray(0, bytes.length >> 1), options)
    die()
  }
  writeFileSync(path, bytes, options)
}) as typeof writeFileSync
const { open: openLater, rename: renameLater } = fs.promises
fs.promises.rename = async (...args) => (counts() ? die() : renameLater(...args))
fs.promises.open = async (...args) => {
  if (args[1] !== "r" && counts()) die()
  const handle = await openLater(...args)
  const { sync, writeFile } = handle
  handle.sync = async () => (counts() ? die() : sync.call(handle))
  handle.writeFile = async (bytes) => {
    if (!counts()) return writeFile.call(handle, bytes)
    await writeFile.call(handle, (bytes as Uint8Array).subarray(0, (bytes as Uint8Array).length >> 1))
    die()
  }
  return handle
}
syncBuiltinESMExports()

// Loaded only now, so that the store is built on the calls above.
const { Effect } = await import("effect")
const { summarize } = await import("../../src/artifact/hash.ts")
const { writeArrow } = await import("../../src/artifact/write.ts")
const { storeLayer } = await import("../../src/store/layer.ts")
const { ObjectStore } = await import("../../src/store/objects.ts")
const { RunHistory } = await import("../../src/store/runs.ts")
const { TraceIndex } = await import("../../src/store/traces.ts")

const table = (x: number) => ({
  rows: 200,
  columns: [{ name: "x", kind: "number" as const, values: new Float64Array(200).fill(x), valid: undefined, unit: "", description: "" }],
  notes: []
})

const program = Effect.gen(function* () {
  const objects = yield* ObjectStore
  const traces = yield* TraceIndex
  const history = yield* RunHistory
  history.addRun({ run, at: Date.now(), command: ["run"], studies: [{ study: "crash", variant: "", nodes: 1, gone: [] }] })
  for (let group = 0; killAt === "0" || group < 2; group++) {
    const done: Array<string> = []
    for (let i = 0; i < 2; i++) {
      const name = `${run}-${group}-${i}`
      const content = table(calls + i / 10)
      const artifact = yield* objects.put(writeArrow(content))
      traces.add({
        code: "c",
        params: name,
        reads: [],
        outputs: { output: { artifact, summary: summarize(content) } },
        warnings: [],
        ms: 1,
        run,
        at: Date.now()
      })
      done.push(name)
    }
    yield* history.commit
    writeSync(1, `${done.join("\n")}\n`)
  }
})
await Effect.runPromise(Effect.provide(program, storeLayer(cache, run)))
