import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { Data, Effect, type Scope } from "effect"
import { SERVER } from "../signature.ts"
import type { Access } from "./access.ts"
import { answer, type Served } from "./answer.ts"
import { BlobFolder, type Limits } from "./blob-folder.ts"

export interface ServeOptions {
  readonly folder: string
  readonly host: string
  /** 0: one that is free. */
  readonly port: number
  readonly access: Access
  readonly limits: Limits
  readonly patience?: ServerPatience
  /** Is told of each request when it is answered. */
  readonly served: (served: Served & { readonly from: string; readonly ms: number }) => void
}

export interface ServerPatience {
  /** How long the head of a request may take. */
  readonly headMs: number
  /** How long nothing at all may come or go. */
  readonly idleMs: number
  /** How long a request may take, besides what its bytes take at the least rate, in bytes in a second. */
  readonly requestMs: number
  readonly leastRate: number
  /** How long those that are under way may go on at the end. */
  readonly endMs: number
}
const PATIENCE: ServerPatience = { headMs: 10_000, idleMs: 30_000, requestMs: 60_000, leastRate: 10_000, endMs: 5_000 }
const CONNECTIONS = 512

/** The folder, or the address, cannot be had. */
export class CannotServe extends Data.TaggedError("CannotServe")<{ readonly code: string; readonly message: string }> {}
const cannot = (cause: unknown): CannotServe => {
  const { code = "", message } = cause as NodeJS.ErrnoException
  return new CannotServe({ code, message })
}

/** Serves a folder as a shared store until the scope ends; gives the port. docs/shared-store.md has the protocol. */
export const serve = ({
  access,
  folder,
  host,
  limits,
  patience = PATIENCE,
  port,
  served
}: ServeOptions): Effect.Effect<{ readonly port: number; readonly used: number }, CannotServe, Scope.Scope> =>
  Effect.gen(function* () {
    const blobs = new BlobFolder(folder, limits)
    yield* Effect.tryPromise({ try: () => blobs.look(), catch: cannot })
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      const began = performance.now()
      const from = request.socket.remoteAddress ?? ""
      let deadline: NodeJS.Timeout | undefined
      const within = (bytes: number) => {
        clearTimeout(deadline)
        deadline = setTimeout(() => request.socket.destroy(), patience.requestMs + (1000 * bytes) / patience.leastRate)
      }
      within(0)
      response.setHeader("server", SERVER)
      void answer(blobs, access, request, response, within).then((one) => {
        clearTimeout(deadline)
        served({ ...one, from, ms: performance.now() - began })
        if (request.complete) return
        // It goes on sending what nobody wants: a moment for it to read the answer.
        request.resume()
        setTimeout(() => request.socket.destroy(), 1000).unref()
      })
    }
    const server = createServer({
      headersTimeout: patience.headMs,
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(1000, patience.headMs),
      keepAliveTimeout: 65_000
    })
    server.maxConnections = CONNECTIONS
    server.timeout = patience.idleMs
    server.on("request", handle)
    server.on("checkContinue", handle)
    yield* Effect.acquireRelease(
      Effect.callback<void, CannotServe>((resume) => {
        server.once("error", (cause) => resume(Effect.fail(cannot(cause))))
        server.listen(port, host, () => resume(Effect.void))
      }),
      () =>
        Effect.callback<void>((resume) => {
          const all = setTimeout(() => server.closeAllConnections(), patience.endMs)
          server.close(() => {
            clearTimeout(all)
            resume(Effect.void)
          })
          server.closeIdleConnections()
        })
    )
    return { port: (server.address() as { readonly port: number }).port, used: blobs.used }
  })
