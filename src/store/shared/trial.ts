/** Requests that show whether a server can be read, and written to, and leave next to nothing there. */
import { hash, randomBytes } from "node:crypto"
import { Effect } from "effect"
import type { Remote, RemoteFailure } from "./remote.ts"

/** What is put there to see whether it can be: a blob as any other, which is there once. */
const TRIAL = Buffer.from("sediment cache status\n")

/** Asks for a blob that nobody has. */
export const tryToRead = (remote: Remote): Effect.Effect<boolean, RemoteFailure> => remote.has("cas", randomBytes(32).toString("hex"))

export const tryToWrite = (remote: Remote): Effect.Effect<void, RemoteFailure> => remote.put("cas", hash("sha256", TRIAL), TRIAL)

/** Why it does not let this client read it, and, where it is to, write to it; undefined where it does, or nothing can be known just now. */
export const refusalOf = (remote: Remote, write: boolean): Effect.Effect<string | undefined> =>
  Effect.andThen(tryToRead(remote), write ? tryToWrite(remote) : Effect.void).pipe(
    Effect.as(undefined),
    Effect.catch(({ fault, message }) => Effect.succeed(fault === "refused" ? message : undefined))
  )
