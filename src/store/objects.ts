import { Context, type Effect, type Layer } from "effect"
import type { ObjectDamaged, ObjectMissing, StoreFailure } from "./failure.ts"

/** Content-addressed objects: `objects/<2 hex>/<sha256>.arrow`, each named by the SHA-256 of its bytes. */
export class ObjectStore extends Context.Service<
  ObjectStore,
  {
    readonly path: (sha: string) => string
    /** Takes the bytes and gives their name. They are on the disk under that name after the next `sync`; this process can `get` them at once. */
    readonly put: (bytes: Uint8Array) => Effect.Effect<string, StoreFailure>
    /** Makes everything put so far durable, as a group. */
    readonly sync: Effect.Effect<void, StoreFailure>
    /** The bytes, in a SharedArrayBuffer, checked against the name (once a process and file identity). */
    readonly get: (sha: string) => Effect.Effect<Uint8Array<SharedArrayBuffer>, ObjectMissing | ObjectDamaged | StoreFailure>
    readonly has: (sha: string) => Effect.Effect<boolean>
    /** The names of all objects: 256 folders read, no file opened. */
    readonly list: Effect.Effect<ReadonlySet<string>, StoreFailure>
    /** Moves an object aside to `damaged/` and gives its new path; nothing happens if it is not there. */
    readonly quarantine: (sha: string) => Effect.Effect<string, StoreFailure>
  }
>()("sediment/store/ObjectStore") {
  declare static readonly layer: (cache: string) => Layer.Layer<ObjectStore>
}
