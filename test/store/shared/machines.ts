/** Machines that share a store: each has a cache folder of its own. */
import { Effect, Layer } from "effect"
import { type Store, storeLayer } from "../../../src/store/layer.ts"
import { ObjectStore } from "../../../src/store/objects.ts"
import { httpStore } from "../../../src/store/shared/http-store.ts"
import type { Patience } from "../../../src/store/shared/remote.ts"
import type { Trace } from "../../../src/store/trace.ts"
import { someBytes, someTrace, temporaryFolder } from "../in-store.ts"

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
