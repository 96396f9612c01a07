/** One request to a server that speaks Bazel's HTTP cache protocol, with limits of time and size. Nothing is tried again here. */
import { createHash } from "node:crypto"
import * as http from "node:http"
import * as https from "node:https"
import { Data, Effect, type Scope } from "effect"

/** Why a request came to nothing. */
export type RemoteFault = "unreachable" | "slow" | "busy" | "refused" | "full" | "too large" | "damaged" | "not taken" | "unexpected"

export class RemoteFailure extends Data.TaggedError("RemoteFailure")<{ readonly fault: RemoteFault; readonly message: string }> {}

export interface Patience {
  /** How long nothing at all may come or go. */
  readonly idleMs: number
  /** How long a request may take, besides what its bytes take at the least rate. */
  readonly requestMs: number
  /** Bytes in a second. */
  readonly leastRate: number
}
export const PATIENCE: Patience = { idleMs: 10_000, requestMs: 20_000, leastRate: 50_000 }

export interface RemoteOptions {
  /** http:// or https://, with a user and a password where the server wants these. */
  readonly url: URL
  /** A bearer token. */
  readonly token?: string | undefined
  /** How many requests go on at a time. */
  readonly connections: number
  readonly patience: Patience
}

export type Kind = "cas" | "ac"

export interface Remote {
  /** The blob or record; undefined where there is none. `most`: how many bytes it may have. */
  readonly get: (kind: Kind, key: string, most: number) => Effect.Effect<Buffer | undefined, RemoteFailure>
  readonly has: (kind: Kind, key: string) => Effect.Effect<boolean, RemoteFailure>
  readonly put: (kind: Kind, key: string, bytes: Uint8Array) => Effect.Effect<void, RemoteFailure>
  /** What the server has called itself so far, in the header Server. */
  readonly server: () => string | undefined
}

/** Where a store is, without user and password. */
export const toldAddress = (url: URL): string => `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`

/** From so many bytes on a server is asked first whether it will have them. */
const ASK_FIRST = 1 << 20

interface Answer {
  readonly status: number
  readonly body: Buffer
}

const unreachable = (cause: NodeJS.ErrnoException): RemoteFailure =>
  new RemoteFailure({ fault: "unreachable", message: `it cannot be reached (${cause.message || cause.code || "no reason told"})` })

/** What a status other than that of success and of a miss says. */
const unwelcome = (status: number, method: string): RemoteFailure => {
  const fault = (fault: RemoteFault, message: string) => new RemoteFailure({ fault, message: `${message} (status ${status})` })
  const doing = method === "PUT" ? "write to" : "read"
  if (status === 401)
    return fault("refused", `it wants a token, or does not take this one, for whoever would ${doing} it: the token is taken from SEDIMENT_REMOTE_TOKEN`)
  if (status === 403 || status === 405) return fault("refused", `it does not allow this client to ${doing} it`)
  if (status === 413) return fault("too large", "it does not take what is so large")
  if (status === 400 && method === "PUT")
    return fault("not taken", "it finds fault with what is sent: with a digest, or with a record of blobs that it has not")
  if (status === 507) return fault("full", "it is full")
  if (status === 500 && method === "PUT")
    return fault("busy", "it cannot keep what is sent to it, or is out of order; its log tells more: it may have no right to write to its folder")
  if (status === 429 || status >= 500) return fault("busy", "it is out of order, or has too much to do")
  if (status >= 300 && status < 400) return fault("unexpected", "it answers with a redirection, which is not followed: name the address that it leads to")
  return fault("unexpected", `it answers ${method} with what the protocol of Bazel's HTTP caches does not have`)
}

export const openRemote = ({ connections, patience, token, url }: RemoteOptions): Effect.Effect<Remote, never, Scope.Scope> =>
  Effect.gen(function* () {
    const transport = url.protocol === "https:" ? https : http
    const agent = new transport.Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections, scheduling: "lifo" })
    yield* Effect.addFinalizer(() => Effect.sync(() => agent.destroy()))
    const base = toldAddress(url)
    const user = url.username === "" ? undefined : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    const authorization = token !== undefined ? `Bearer ${token}` : user === undefined ? undefined : `Basic ${Buffer.from(user).toString("base64")}`

    let server: string | undefined
    const send = (method: "GET" | "HEAD" | "PUT", kind: Kind, key: string, most: number, bytes?: Uint8Array): Effect.Effect<Answer, RemoteFailure> =>
      Effect.callback((resume) => {
        const request = transport.request(`${base}/${kind}/${key}`, {
          method,
          agent,
          headers: {
            accept: kind === "ac" ? "application/json" : "*/*",
            ...(authorization && { authorization }),
            ...(bytes && { "content-length": bytes.length, "content-type": kind === "ac" ? "application/json" : "application/octet-stream" }),
            ...(bytes && bytes.length >= ASK_FIRST && { expect: "100-continue" })
          }
        })
        let ended = false
        let deadline: NodeJS.Timeout | undefined
        const end = (result: Effect.Effect<Answer, RemoteFailure>) => {
          if (ended) return
          ended = true
          clearTimeout(deadline)
          resume(result)
        }
        const fail = (failure: RemoteFailure) => {
          end(Effect.fail(failure))
          request.destroy()
        }
        const slow = () => fail(new RemoteFailure({ fault: "slow", message: `it does not answer in time` }))
        const within = (bytes: number) => {
          clearTimeout(deadline)
          deadline = setTimeout(slow, patience.requestMs + (1000 * bytes) / patience.leastRate)
        }
        // The time in which a request waits for a free connection does not count.
        request.on("socket", () => within(bytes?.length ?? 0))
        request.setTimeout(patience.idleMs, slow)
        request.on("error", (cause: NodeJS.ErrnoException) => fail(unreachable(cause)))
        request.on("response", (response) => {
          if (typeof response.headers.server === "string") server = response.headers.server
          const length = Number(response.headers["content-length"] ?? 0)
          const kept = method === "GET" && response.statusCode === 200
          const tooLong = () =>
            fail(new RemoteFailure({ fault: "damaged", message: `what it gives for ${kind}/${key} is larger than it may be (${most} bytes)` }))
          if (kept && length > most) return tooLong()
          within(length + (bytes?.length ?? 0))
          const chunks: Array<Buffer> = []
          let got = 0
          response.on("data", (chunk: Buffer) => {
            got += chunk.length
            if (got > most) return tooLong()
            if (kept) chunks.push(chunk)
          })
          response.on("error", (cause: NodeJS.ErrnoException) => fail(unreachable(cause)))
          response.on("end", () => {
            end(Effect.succeed({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }))
            // It has refused what was yet to come.
            if (!request.writableFinished) request.destroy()
          })
        })
        if (bytes === undefined) request.end()
        else if (bytes.length < ASK_FIRST) request.end(bytes)
        else {
          let delivered = false
          const deliver = () => {
            clearTimeout(unasked)
            if (!delivered && !ended) request.end(bytes)
            delivered = true
          }
          // A server that does not know the question gets the bytes unasked.
          const unasked = setTimeout(deliver, Math.min(1000, patience.idleMs / 2))
          request.on("continue", deliver)
          request.on("response", () => clearTimeout(unasked))
          request.on("close", () => clearTimeout(unasked))
          request.flushHeaders()
        }
        return Effect.sync(() => {
          ended = true
          clearTimeout(deadline)
          request.destroy()
        })
      })

    /** What a server says besides, where it refuses, is of no use here: so much of it is read for the sake of the connection. */
    const REMARKS = 1 << 16
    return {
      server: () => server,
      get: (kind, key, most) =>
        Effect.flatMap(send("GET", kind, key, Math.max(most, REMARKS)), ({ body, status }) => {
          if (status === 404) return Effect.succeed(undefined)
          if (status !== 200) return Effect.fail(unwelcome(status, "GET"))
          if (body.length > most)
            return Effect.fail(new RemoteFailure({ fault: "damaged", message: `what it gives for ${kind}/${key} is larger than it may be (${most} bytes)` }))
          const found = kind === "cas" ? createHash("sha256").update(body).digest("hex") : key
          return found === key
            ? Effect.succeed(body)
            : Effect.fail(new RemoteFailure({ fault: "damaged", message: `what it gives for the blob ${key} is not that: it hashes to ${found}` }))
        }),
      has: (kind, key) =>
        Effect.flatMap(send("HEAD", kind, key, REMARKS), ({ status }) =>
          status === 200 || status === 404 ? Effect.succeed(status === 200) : Effect.fail(unwelcome(status, "HEAD"))
        ),
      put: (kind, key, bytes) =>
        Effect.flatMap(send("PUT", kind, key, REMARKS, bytes), ({ status }) =>
          status >= 200 && status < 300 ? Effect.void : Effect.fail(unwelcome(status, "PUT"))
        )
    }
  })
