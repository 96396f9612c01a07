/** Which sets of reads the traces of one code with one set of parameters have: the first of the two steps in which a trace is found. */
import { hash } from "node:crypto"
import { Clock, Effect, Semaphore } from "effect"
import { actionResult, readActionResult, readsKey } from "./action-result.ts"
import type { Remote, RemoteFailure } from "./remote.ts"
import { readSets } from "./trace-blob.ts"

type Sets = ReadonlyArray<ReadonlyArray<string>>

/** How long what was found is taken for what is there. */
const FRESH_MS = 30_000
const MOST_RECORD_BYTES = 1 << 20
const MOST_BYTES = 1 << 24
/** Each set costs a request a node: the oldest of more than these are let go. */
const MOST_SETS = 32
const MOST_KNOWN = 20_000
const MOST_BLOBS = 100
/** How often it is looked whether somebody else, writing at the same moment, has taken a set away again. */
const LOOKS = 3

export interface ReadSets {
  readonly of: (code: string, params: string) => Effect.Effect<Sets, RemoteFailure>
  /** Adds one, if it is not among them. */
  readonly add: (code: string, params: string, names: ReadonlyArray<string>) => Effect.Effect<void, RemoteFailure>
}

const includes = (sets: Sets, names: ReadonlyArray<string>): boolean => {
  const text = JSON.stringify(names)
  return sets.some((one) => JSON.stringify(one) === text)
}

export const makeReadSets = (remote: Remote): Effect.Effect<ReadSets> =>
  Effect.gen(function* () {
    /** `isThere`: the blob that says so was looked at. */
    const known = new Map<string, { readonly sets: Sets; readonly at: number; readonly isThere: boolean }>()
    /** By the blob that says so: the nodes of a map differ in their parameters, and seldom in what they read. */
    const byBlob = new Map<string, Sets>()
    /** One question, and one change, of a key at a time. */
    const turns = new Map<string, { readonly turn: Semaphore.Semaphore; waiting: number }>()
    const inTurn = <A, E>(key: string, effect: Effect.Effect<A, E>) =>
      Effect.suspend(() => {
        const one = turns.get(key) ?? { turn: Semaphore.makeUnsafe(1), waiting: 0 }
        turns.set(key, one)
        one.waiting++
        const left = Effect.sync(() => {
          if (--one.waiting === 0) turns.delete(key)
        })
        return Effect.ensuring(one.turn.withPermits(1)(effect), left)
      })
    const remember = (key: string, sets: Sets, isThere: boolean) =>
      Effect.map(Clock.currentTimeMillis, (at) => {
        if (known.size >= MOST_KNOWN) known.clear()
        known.set(key, { sets, at, isThere })
        return sets
      })
    /** `known`: what a blob said before is taken without a look whether it is still there. */
    const asked = (key: string, blobs: "known" | "looked at"): Effect.Effect<Sets, RemoteFailure> =>
      Effect.gen(function* () {
        const record = yield* remote.get("ac", key, MOST_RECORD_BYTES)
        const [file] = (record && readActionResult(record)) ?? []
        const before = file && blobs === "known" ? byBlob.get(file.sha) : undefined
        if (before !== undefined) return yield* remember(key, before, false)
        const blob = file && (yield* remote.get("cas", file.sha, MOST_BYTES))
        const sets = blob === undefined ? [] : readSets(blob).slice(-MOST_SETS)
        if (byBlob.size >= MOST_BLOBS) byBlob.clear()
        if (file !== undefined && blob !== undefined) byBlob.set(file.sha, sets)
        return yield* remember(key, sets, true)
      })
    const recent = (key: string) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const one = known.get(key)
        return one !== undefined && now - one.at < FRESH_MS ? one.sets : undefined
      })
    const put = (key: string, sets: Sets) =>
      Effect.gen(function* () {
        const text = Buffer.from(JSON.stringify(sets))
        const sha = hash("sha256", text)
        yield* remote.put("cas", sha, text)
        yield* remote.put("ac", key, actionResult([{ path: "reads", sha, bytes: text.length }]))
      })
    return {
      of: (code, params) => {
        const key = readsKey(code, params)
        return Effect.flatMap(recent(key), (sets) =>
          sets !== undefined
            ? Effect.succeed(sets)
            : inTurn(
                key,
                Effect.flatMap(recent(key), (again) => (again !== undefined ? Effect.succeed(again) : asked(key, "known")))
              )
        )
      },
      add: (code, params, names) =>
        Effect.suspend(() => {
          const key = readsKey(code, params)
          const before = known.get(key)
          if (before?.isThere && includes(before.sets, names)) return Effect.void
          return inTurn(
            key,
            Effect.gen(function* () {
              for (let look = 0; look <= LOOKS; look++) {
                const none: Sets = []
                // Those that cannot be read for damage are begun anew.
                const sets = yield* Effect.catchIf(
                  asked(key, "looked at"),
                  ({ fault }) => fault === "damaged",
                  () => Effect.succeed(none)
                )
                if (includes(sets, names)) return
                if (look < LOOKS) yield* put(key, [...sets, names].slice(-MOST_SETS))
              }
            })
          )
        })
    }
  })
