import { hash } from "node:crypto"
import { basename } from "node:path"
import { Effect, Fiber } from "effect"
import { expect, it, vi } from "vitest"
import { ObjectStore } from "../../src/store/objects.ts"
import { someBytes, temporaryFolder } from "./in-store.ts"

/** The folders that were synced, in order; `during` happens when the first sync of one is under way. */
const synced = vi.hoisted(() => ({ folders: [] as Array<string>, during: (_folder: string): void | Promise<void> => {} }))
vi.mock(import("../../src/store/folder.ts"), async (original) => {
  const real = await original()
  return {
    ...real,
    syncFolderLater: async (path) => {
      synced.folders.push(path)
      await real.syncFolderLater(path)
      await synced.during(path)
    }
  }
})

/** Two objects that lie in one folder. */
const twoOfOneFolder = (): readonly [Uint8Array, Uint8Array] => {
  const byFolder = new Map<string, Uint8Array>()
  for (let x = 0; ; x++) {
    const bytes = someBytes(x)
    const folder = hash("sha256", bytes).slice(0, 2)
    const other = byFolder.get(folder)
    if (other !== undefined) return [other, bytes]
    byFolder.set(folder, bytes)
  }
}

it("a folder on which an object counts that was put while a sync of it was under way is synced once more", async () => {
  const cache = temporaryFolder()
  const [first, second] = twoOfOneFolder()
  const folder = hash("sha256", first).slice(0, 2)
  const inCache = <A, E>(effect: Effect.Effect<A, E, ObjectStore>) => Effect.runPromise(effect.pipe(Effect.provide(ObjectStore.layer(cache))))
  const count = () => synced.folders.filter((path) => basename(path) === folder).length
  // Another process has put the second one.
  await inCache(Effect.flatMap(ObjectStore, (objects) => Effect.andThen(objects.put(second), objects.sync)))
  synced.folders.length = 0
  await inCache(
    Effect.gen(function* () {
      const objects = yield* ObjectStore
      let isUnderway = () => {}
      const underway = new Promise<void>((resolve) => (isUnderway = resolve))
      let goOn = () => {}
      const paused = new Promise<void>((resolve) => (goOn = resolve))
      synced.during = (path) => {
        if (basename(path) !== folder) return
        isUnderway()
        return paused
      }
      yield* objects.put(first)
      const sync = yield* Effect.forkChild(objects.sync)
      yield* Effect.promise(() => underway)
      yield* objects.put(second)
      goOn()
      yield* Fiber.join(sync)
      expect(count()).toBe(1)
      yield* objects.sync
      expect(count()).toBe(2)
      yield* objects.sync
      expect(count()).toBe(2)
    })
  )
})

it("those that wait for room wait for one sync together, not for one each", async () => {
  const fibers = 20
  const inOne: Array<Uint8Array> = []
  for (let x = 0; inOne.length < 2 * fibers; x++) if (hash("sha256", someBytes(x)).startsWith("0a")) inOne.push(someBytes(x))
  synced.folders.length = 0
  synced.during = () => {}
  const cache = temporaryFolder()
  const there = await Effect.runPromise(
    Effect.gen(function* () {
      const objects = yield* ObjectStore
      const one = (i: number) => Effect.andThen(objects.put(inOne[i]!), objects.put(inOne[fibers + i]!))
      yield* Effect.forEach(
        Array.from({ length: fibers }, (_, i) => i),
        one,
        { concurrency: "unbounded" }
      )
      yield* objects.sync
      return yield* objects.list
    }).pipe(Effect.provide(ObjectStore.layer(cache, 8 * 4096)))
  )
  expect(there.size).toBe(2 * fibers)
  expect(synced.folders.filter((path) => basename(path) === "0a").length).toBeLessThan(fibers / 2)
})
