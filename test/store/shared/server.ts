/** The server of `sediment cache serve` in this process, on a port that is free. */
import { Effect, Exit, Scope } from "effect"
import { type ServeOptions, serve } from "../../../src/store/shared/server/serve.ts"

export interface Server {
  readonly url: URL
  /** What it has answered so far: method, path and status. */
  readonly served: ReadonlyArray<string>
  readonly stop: () => Promise<void>
}

export const startServer = async (folder: string, more: Partial<ServeOptions> = {}): Promise<Server> => {
  const served: Array<string> = []
  const scope = Effect.runSync(Scope.make())
  const { port } = await Effect.runPromise(
    serve({
      folder,
      host: "127.0.0.1",
      port: 0,
      access: { readToken: undefined, writeToken: undefined, openWrites: true, loopback: true },
      limits: { maxObject: 1e9, maxSize: 1e10 },
      served: ({ method, path, status }) => served.push(`${method} ${path} ${status}`),
      ...more
    }).pipe(Effect.provideService(Scope.Scope, scope))
  )
  return { url: new URL(`http://127.0.0.1:${port}/`), served, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}
