import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { assert, describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { ObjectDamaged, ObjectMissing, StoreFailure } from "../../src/store/failure.ts"
import { objectsIn } from "../../src/store/object-files.ts"
import { ObjectStore } from "../../src/store/objects.ts"
import { objectFilesIn } from "../../src/store/sweep.ts"
import { someBytes, temporaryFolder } from "./in-store.ts"

/** As a process of its own would see the folder. */
const withObjects = <A, E>(cache: string, use: (objects: ObjectStore["Service"]) => Effect.Effect<A, E>) =>
  Effect.flatMap(ObjectStore, use).pipe(Effect.provide(ObjectStore.layer(cache)))

/** Flips a bit of a file; its size and times stay as they were. */
const flipBit = (path: string) => {
  const { atime, mtime } = statSync(path)
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 4
  writeFileSync(path, bytes)
  utimesSync(path, atime, mtime)
}

describe("ObjectStore", () => {
  it.effect("an object's name is the SHA-256 of its bytes, its place the name with .arrow", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        assert.strictEqual(sha, createHash("sha256").update(someBytes(1)).digest("hex"))
        assert.strictEqual(objects.path(sha), join(cache, "objects", sha.slice(0, 2), `${sha}.arrow`))
      })
    )
  })

  it.effect("what was put is there for this process at once, and for all after a sync", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        assert.isTrue(yield* objects.has(sha))
        assert.deepStrictEqual([...(yield* objects.list)], [sha])
        expect(Buffer.from(yield* objects.get(sha)).equals(someBytes(1))).toBe(true)
        assert.isFalse(existsSync(objects.path(sha)))
        assert.isFalse(yield* withObjects(cache, (other) => other.has(sha)))
        yield* objects.sync
        assert.isTrue(yield* withObjects(cache, (other) => other.has(sha)))
        expect(Buffer.from(yield* withObjects(cache, (other) => other.get(sha))).equals(someBytes(1))).toBe(true)
        assert.deepStrictEqual(readdirSync(join(cache, "objects", sha.slice(0, 2))), [`${sha}.arrow`])
      })
    )
  })

  it.effect("what is no object is not listed, whatever lies there", () => {
    const cache = temporaryFolder()
    const foreign = [".DS_Store", "ab", "00/notes.txt", `00/${"1".repeat(64)}.arrow`, "backup/x.arrow"].map((name) => join(cache, "objects", name))
    for (const path of foreign) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, "x")
    }
    mkdirSync(join(cache, "objects", "cd"))
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        yield* objects.sync
        writeFileSync(`${objects.path(sha)}.0.tmp`, "x")
        assert.deepStrictEqual([...(yield* withObjects(cache, (other) => other.list))], [sha])
        expect(objectFilesIn(join(cache, "objects"))).toMatchObject([{ sha, path: objects.path(sha) }])
        expect(objectsIn(join(cache, "objects")).foreign.toSorted()).toEqual([...foreign.slice(0, 4), join(cache, "objects", "backup")].toSorted())
      })
    )
  })

  it.effect("nothing is made before the first object", () => {
    const cache = join(temporaryFolder(), "cache")
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        assert.strictEqual((yield* objects.list).size, 0)
        assert.isFalse(yield* objects.has("00"))
        yield* objects.sync
        assert.isFalse(existsSync(cache))
      })
    )
  })

  it.effect("the bytes lie in shared memory", () =>
    withObjects(temporaryFolder(), (objects) =>
      Effect.gen(function* () {
        const bytes = yield* objects.get(yield* objects.put(someBytes(1)))
        assert.isTrue(bytes.buffer instanceof SharedArrayBuffer)
      })
    )
  )

  it.effect("a missing object is told by name and path", () =>
    withObjects(temporaryFolder(), (objects) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(objects.get("ab".repeat(32)))
        assert.instanceOf(error, ObjectMissing)
        expect(error.message).toContain(objects.path("ab".repeat(32)))
      })
    )
  )

  it.effect("a flipped bit is noticed though size and time are the same, in a process that had found the object whole too", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        yield* objects.sync
        yield* withObjects(cache, (other) =>
          Effect.gen(function* () {
            yield* other.get(sha)
            flipBit(objects.path(sha))
            assert.instanceOf(yield* Effect.flip(other.get(sha)), ObjectDamaged)
          })
        )
        assert.instanceOf(yield* Effect.flip(withObjects(cache, (other) => other.get(sha))), ObjectDamaged)
      })
    )
  })

  it.effect("whoever changes the bytes that he was given changes nobody else's", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        ;(yield* objects.get(sha)).fill(0)
        expect(Buffer.from(yield* objects.get(sha)).equals(Buffer.from(someBytes(1)))).toBe(true)
        yield* objects.sync
        ;(yield* objects.get(sha)).fill(0)
        expect(Buffer.from(yield* withObjects(cache, (other) => other.get(sha))).equals(Buffer.from(someBytes(1)))).toBe(true)
      })
    )
  })

  it.effect("a truncated object is damaged", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        yield* objects.sync
        for (const length of [0, 1, 100]) {
          writeFileSync(objects.path(sha), someBytes(1).subarray(0, length))
          assert.instanceOf(yield* Effect.flip(withObjects(cache, (other) => other.get(sha))), ObjectDamaged)
        }
      })
    )
  })

  it.effect("a damaged object is moved aside and kept; a whole or missing one stays as it is", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        yield* objects.sync
        assert.isUndefined(yield* objects.quarantine(sha))
        assert.isUndefined(yield* objects.quarantine("ab".repeat(32)))
        flipBit(objects.path(sha))
        const aside = yield* objects.quarantine(sha)
        assert.deepStrictEqual(
          readdirSync(join(cache, "damaged")).map((name) => join(cache, "damaged", name)),
          [aside]
        )
        assert.isFalse(yield* objects.has(sha))
      })
    )
  })

  it.effect("putting what is there damaged heals it", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        yield* objects.sync
        flipBit(objects.path(sha))
        yield* withObjects(cache, (other) => Effect.andThen(other.put(someBytes(1)), other.sync))
        expect(Buffer.from(yield* objects.get(sha)).equals(someBytes(1))).toBe(true)
        assert.strictEqual(readdirSync(join(cache, "damaged")).length, 1)
      })
    )
  })

  it.effect("putting what is there whole writes nothing", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        const sha = yield* objects.put(someBytes(1))
        yield* objects.put(someBytes(1))
        yield* objects.sync
        const { ino } = statSync(objects.path(sha))
        yield* withObjects(cache, (other) => Effect.andThen(other.put(someBytes(1)), other.sync))
        assert.strictEqual(statSync(objects.path(sha)).ino, ino)
      })
    )
  })

  it.effect("two processes that put the same at the same time leave one object", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (a) =>
      withObjects(cache, (b) =>
        Effect.gen(function* () {
          const sha = yield* a.put(someBytes(1))
          yield* b.put(someBytes(1))
          yield* Effect.all([a.sync, b.sync], { concurrency: "unbounded" })
          assert.deepStrictEqual(readdirSync(join(cache, "objects", sha.slice(0, 2))), [`${sha}.arrow`])
          yield* a.get(sha)
          yield* b.get(sha)
        })
      )
    )
  })

  it.effect("many objects are synced as a group", () =>
    withObjects(temporaryFolder(), (objects) =>
      Effect.gen(function* () {
        const shas = yield* Effect.forEach(
          Array.from({ length: 50 }, (_, i) => i),
          (i) => objects.put(someBytes(i))
        )
        yield* Effect.all([objects.sync, objects.sync], { concurrency: 2 })
        assert.isTrue(shas.every((sha) => existsSync(objects.path(sha))))
        assert.deepStrictEqual([...(yield* objects.list)].sort(), [...shas].sort())
      })
    )
  )

  it.effect("what the operating system refuses is told with path and reason, and a later sync makes up for it", () => {
    const cache = temporaryFolder()
    return withObjects(cache, (objects) =>
      Effect.gen(function* () {
        writeFileSync(join(cache, "objects"), "a file in the way")
        const sha = yield* objects.put(someBytes(1))
        const error = yield* Effect.flip(objects.sync)
        assert.instanceOf(error, StoreFailure)
        expect(error.message).toContain(join(cache, "objects"))
        unlinkSync(join(cache, "objects"))
        mkdirSync(objects.path(sha), { recursive: true })
        assert.instanceOf(yield* Effect.flip(objects.sync), StoreFailure)
        rmdirSync(objects.path(sha))
        yield* objects.sync
        assert.isTrue(statSync(objects.path(sha)).isFile())
      })
    )
  })
})
