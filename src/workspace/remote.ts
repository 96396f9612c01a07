/** The shared store that a call is to use. */
import { Effect, Layer } from "effect"
import * as Flag from "effect/cli/Flag"
import type { ObjectStore } from "../store/objects.ts"
import { type CliFailure, usage } from "./failure.ts"

export const remoteFlags = {
  remote: Flag.String("remote").pipe(
    Flag.withMetavar("URL"),
    Flag.withDescription(
      "a shared store behind the cache: a server that speaks Bazel's HTTP cache protocol, as sediment cache serve does (default: SEDIMENT_REMOTE; none: no such store); a token for it is taken from SEDIMENT_REMOTE_TOKEN"
    ),
    Flag.withDefault("")
  ),
  remoteWrite: Flag.Boolean("remote-write").pipe(
    Flag.withDescription("keep in the shared store what is made here, too (default: only read it, or SEDIMENT_REMOTE_WRITE=1)"),
    Flag.withDefault(false)
  )
}

export interface RemoteFlags {
  readonly remote: string
  readonly remoteWrite: boolean
}

/** Where the shared store is, and whether it is written to; undefined where there is to be none. */
export interface RemotePlace {
  readonly url: URL
  readonly token: string | undefined
  readonly write: boolean
}

const EXAMPLE = "such as http://cache.example.org:8080"

export const remoteOf = (flags: RemoteFlags): Effect.Effect<RemotePlace | undefined, CliFailure> =>
  Effect.gen(function* () {
    const given = flags.remote || process.env["SEDIMENT_REMOTE"] || ""
    const name = flags.remote === "" ? "SEDIMENT_REMOTE" : "--remote"
    if (given === "" || given === "none") {
      if (flags.remoteWrite) return yield* usage("remote", `--remote-write is given, and no shared store: name it with --remote URL, ${EXAMPLE}`)
      return undefined
    }
    const url = URL.parse(given)
    if (url === null || !["http:", "https:"].includes(url.protocol))
      return yield* usage(
        "remote",
        `${name} is ${given.includes("@") ? "given" : JSON.stringify(given)}, which is no address of a server: give one, ${EXAMPLE}`
      )
    if (url.search !== "" || url.hash !== "")
      return yield* usage("remote", `${name} has a ${url.search === "" ? "#" : "?"} in it: give the address of the server and the folder alone, ${EXAMPLE}`)
    // A store has one name, however its address ends.
    url.pathname = url.pathname.replace(/\/+$/, "")
    const token = process.env["SEDIMENT_REMOTE_TOKEN"]
    if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
      return yield* usage("remote", "SEDIMENT_REMOTE_TOKEN has a character that no token has: it may have printable ASCII characters and no spaces")
    return { url, token, write: flags.remoteWrite || process.env["SEDIMENT_REMOTE_WRITE"] === "1" }
  })

/** Opens it; `tell` is told once each what goes wrong with it. Nothing of HTTP is loaded where there is none. */
export const remoteLayer = (
  place: RemotePlace | undefined,
  tell: (message: string) => void,
  more: { readonly flushMs?: number } = {}
): Layer.Layer<never, never, ObjectStore> =>
  place === undefined
    ? Layer.empty
    : Layer.unwrap(
        Effect.map(
          Effect.promise(() => import("../store/shared/http-store.ts")),
          ({ httpStore }) => httpStore({ ...place, tell, ...more })
        )
      )
