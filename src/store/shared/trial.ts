/** Requests that show whether a server can be read, and written to, and leave next to nothing there. */
import { Effect } from "effect"
import type { Remote, RemoteFailure } from "./remote.ts"
import { SIGNATURE, SIGNATURE_SHA } from "./signature.ts"

/** Asks for what everybody leaves there who writes there; gives whether somebody has. */
export const tryToRead = (remote: Remote): Effect.Effect<boolean, RemoteFailure> =>
  Effect.map(remote.get("cas", SIGNATURE_SHA, SIGNATURE.length), (signature) => signature !== undefined)

export const tryToWrite = (remote: Remote): Effect.Effect<void, RemoteFailure> => remote.put("cas", SIGNATURE_SHA, SIGNATURE)

/** Why it does not let this client read it, and, where it is to, write to it; undefined where it does, or nothing can be known just now. */
export const refusalOf = (remote: Remote, write: boolean): Effect.Effect<string | undefined> =>
  Effect.andThen(tryToRead(remote), write ? tryToWrite(remote) : Effect.void).pipe(
    Effect.as(undefined),
    Effect.catch(({ fault, message }) => Effect.succeed(fault === "refused" ? message : undefined))
  )
