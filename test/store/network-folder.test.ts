/** What a folder of another machine does at times, and a disk of one's own does not. */
import fs from "node:fs"
import { open } from "node:fs/promises"
import { syncBuiltinESMExports } from "node:module"
import { join } from "node:path"
import { Effect } from "effect"
import { afterEach, describe, expect, it } from "vitest"
import { ObjectStore } from "../../src/store/objects.ts"
import { deleteUnlessTouched } from "../../src/store/sweep.ts"
import { TraceIndex } from "../../src/store/traces.ts"
import { inStore, someBytes, someTrace, temporaryFolder, whole } from "./in-store.ts"

const { openSync, fsyncSync, statSync } = fs
const { rename } = fs.promises
const handles = Object.getPrototypeOf(await open(".").then((one) => one.close().then(() => one))) as {
  sync: () => Promise<void>
  stat: () => Promise<fs.Stats>
}
const { sync } = handles
afterEach(() => {
  Object.assign(fs, { openSync, fsyncSync, statSync })
  fs.promises.rename = rename
  handles.sync = sync
  syncBuiltinESMExports()
})
const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: "test" })

const keep = Effect.gen(function* () {
  const objects = yield* ObjectStore
  const traces = yield* TraceIndex
  const artifact = yield* objects.put(someBytes(1))
  traces.add(someTrace({ reads: [], outputs: { output: { ...someTrace().outputs["output"]!, artifact } } }))
  yield* traces.commit
  return artifact
})
const found = (cache: string) =>
  inStore(
    cache,
    "reader",
    Effect.map(TraceIndex, (traces) => whole(traces.find("c0de", "4a4a", () => undefined)))
  )

describe("a cache in a folder of a network", () => {
  it("that syncs no folders keeps what it is given", async () => {
    const ofFolders: Array<string> = []
    const refuse = (code: string) => {
      ofFolders.push(code)
      throw refusal(code)
    }
    for (const code of ["EINVAL", "EBADF", "ENOTSUP"]) {
      const cache = temporaryFolder()
      fs.fsyncSync = (handle) => (fs.fstatSync(handle).isDirectory() ? refuse(code) : fsyncSync(handle))
      handles.sync = async function (this: typeof handles) {
        return (await this.stat()).isDirectory() ? refuse(code) : sync.call(this)
      }
      syncBuiltinESMExports()
      const artifact = await inStore(cache, "r1", keep)
      expect((await found(cache))!.outputs["output"]!.artifact).toBe(artifact)
    }
    expect(new Set(ofFolders).size).toBe(3)
  })

  it("that renamed a file, and lost the answer, has it", async () => {
    const cache = temporaryFolder()
    fs.promises.rename = async (from, to) => {
      await rename(from, to)
      throw refusal("ENOENT")
    }
    syncBuiltinESMExports()
    const artifact = await inStore(cache, "r1", keep)
    const bytes = await inStore(
      cache,
      "r2",
      Effect.flatMap(ObjectStore, (objects) => objects.get(artifact))
    )
    expect(Buffer.from(bytes)).toEqual(Buffer.from(someBytes(1)))
  })

  it("in which another machine has deleted an object that was known here: it is missing, and no failure of the disk", async () => {
    const cache = temporaryFolder()
    const artifact = await inStore(cache, "r1", keep)
    fs.openSync = (path, ...more) => {
      if (String(path).includes(artifact)) throw refusal("ESTALE")
      return openSync(path, ...more)
    }
    syncBuiltinESMExports()
    const error = await inStore(
      cache,
      "r2",
      Effect.flatMap(ObjectStore, (objects) => Effect.flip(objects.get(artifact)))
    )
    expect(error._tag).toBe("ObjectMissing")
  })

  it("of which stat tells what was: before anything is deleted for good the server is asked", async () => {
    const cache = temporaryFolder()
    const sha = await inStore(cache, "r1", keep)
    const path = join(cache, "objects", sha.slice(0, 2), `${sha}.arrow`)
    // Another machine has touched it just now; this one remembers that it is old.
    const remembered = (file: fs.PathLike, options?: fs.StatSyncOptions & { readonly bigint?: false }) => {
      const stat = statSync(file, options)
      if (stat !== undefined) stat.mtimeMs = 0
      return stat
    }
    Object.assign(fs, { statSync: remembered })
    syncBuiltinESMExports()
    expect(deleteUnlessTouched({ sha, path, bytes: 0, modified: 0 }, Date.now() - 1000)).toBe(false)
    expect(fs.existsSync(path)).toBe(true)
  })
})
