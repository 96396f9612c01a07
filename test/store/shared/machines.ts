/** Machines that share a store: each has a cache folder of its own. */
import { Effect, Layer } from "effect"
import { type Store, storeLayer } from "../../../src/store/layer.ts"
import { ObjectStore } from "../../../src/store/objects.ts"
import { httpStore } from "../../../src/store/shared/http-store.ts"
import type { Patience } from "../../../src/store/shared/remote.ts"
import { SharedStore } from "../../../src/store/shared/shared-store.ts"
import type { Trace } from "../../../src/store/trace.ts"
import { someBytes, someTrace, temporaryFolder, whole } from "../in-store.ts"

export interface Machine {
  readonly cache: string
  /** What was told of the shared store. */
  readonly told: ReadonlyArray<string>
  readonly does: <A, E>(effect: Effect.Effect<A, E, Store>) => Promise<A>
}

export interface MachineOptions {
  readonly write?: boolean
  readonly token?: string
  readonly patience?: Patience
  readonly flushMs?: number
  readonly retries?: number
  readonly cache?: string
}

/** One with an empty cache, unless another is named; each `does` is a process of its own. */
export const machine = (url: URL, { cache = temporaryFolder(), write = true, retries = 1, ...more }: MachineOptions = {}): Machine => {
  const told: Array<string> = []
  return {
    cache,
    told,
    does: (effect) => {
      const store = storeLayer(cache, `run-${told.length}-${Math.random().toString(16).slice(2)}`)
      const shared = httpStore({ url, write, retries, backOffMs: 5, tell: (message) => told.push(message), ...more })
      return Effect.runPromise(Effect.provide(effect, Layer.provideMerge(shared, store)))
    }
  }
}

/** A trace of one artifact that was put into the local store. */
export const madeTrace = (x: number, more: Partial<Trace> = {}) =>
  Effect.gen(function* () {
    const artifact = yield* (yield* ObjectStore).put(someBytes(x))
    const { outputs, ...rest } = someTrace(more)
    return { ...rest, outputs: { output: { ...outputs["output"]!, artifact } } } satisfies Trace
  })

/** Keeps such a trace in the shared store. */
export const keeps = (x: number, more: Partial<Trace> = {}) =>
  Effect.gen(function* () {
    const shared = yield* SharedStore
    shared.keep(yield* madeTrace(x, more))
    return yield* shared.flush
  })

/** What `someTrace` has read. */
export const now: Readonly<Record<string, string>> = { "panel column gdp": "h1", "panel rows": "31" }

/** Looks for a trace by these values, and gives it with the bytes of its artifact. */
export const finds = (values = now, code = "c0de", params = "4a4a") =>
  Effect.gen(function* () {
    const trace = yield* (yield* SharedStore).find(code, params, (read) => values[read])
    if (trace === undefined) return undefined
    const objects = yield* ObjectStore
    return { trace: whole(trace)!, bytes: Buffer.from(yield* objects.get(trace.outputs["output"]!.artifact)) }
  })
