/** What the store is called that a run and its workers share, and where it is. */
import { hash } from "node:crypto"
import { Effect } from "effect"
import { cacheIdentity } from "../store/identity.ts"
import { type CliFailure, refused } from "../workspace/failure.ts"
import type { RemotePlace } from "../workspace/remote.ts"

export interface StoreName {
  readonly name: string
  readonly inWords: string
}

/** The shared store where what is made is kept there; else the folder of the cache, which all see then. */
export const storeName = (cache: string, remote: RemotePlace | undefined): Effect.Effect<StoreName, CliFailure> =>
  remote?.write
    ? Effect.succeed({
        name: hash("sha256", `${remote.url.origin}${remote.url.pathname}`).slice(0, 16),
        inWords: `the shared store ${remote.url.host}${remote.url.pathname}`
      })
    : Effect.map(cacheIdentity(cache).pipe(Effect.mapError(refused)), (name) => ({ name, inWords: `the cache ${cache}` }))
