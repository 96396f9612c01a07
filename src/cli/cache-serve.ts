import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { count, size } from "../engine/wording.ts"
import { type CliFailure, usage } from "../workspace/failure.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { serveUntilAsked } from "./until-asked.ts"
import { portFlag } from "./whole-number.ts"

const PORT = 8080
const LARGEST = 2_000_000_000

const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }
const byteSize = (name: string): Flag.Flag<number> =>
  Flag.String(name).pipe(
    Flag.withMetavar("SIZE"),
    Flag.filterMap(
      (text) => {
        const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?(B|kB|MB|GB|TB)?$/.exec(text) ?? []
        const bytes = Math.floor(Number(number) * UNITS[unit]!)
        return bytes > 0 ? Option.some(bytes) : Option.none()
      },
      () => "a number of bytes, or one with a unit, as 500MB or 20GB"
    )
  )

/** A token, from a file: what is on the command line, everybody on the machine sees. */
const tokenFrom = (flag: string, file: string): Effect.Effect<string | undefined, CliFailure> =>
  Effect.gen(function* () {
    if (file === "") return undefined
    const text = yield* Effect.try({
      try: () => readFileSync(file, "utf8").trim(),
      catch: (cause) => usage("token", `${flag} names ${file}, which cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
    })
    if (!/^[\x21-\x7e]{8,}$/.test(text))
      return yield* usage(
        "token",
        `${file} has no token: write one line of 8 printable ASCII characters or more into it, without spaces, as "openssl rand -hex 24" makes it`
      )
    return text
  })

const IN_WORDS: Readonly<Record<string, (options: { readonly host: string; readonly port: number; readonly folder: string }) => string>> = {
  EADDRINUSE: ({ port }) => `port ${port} is taken: name another with --port`,
  EACCES: ({ folder, port }) => `port ${port} may not be listened at, or ${folder} may not be written to: name others with --port or --folder`,
  EADDRNOTAVAIL: ({ host }) => `this machine has no address ${host}: name one of its own with --host`,
  ENOTFOUND: ({ host }) => `there is no address ${host}: name one of this machine with --host`
}

/** `sediment cache serve`: a shared store for other machines. */
export const cacheServe = () =>
  Command.make(
    "serve",
    {
      folder: Flag.String("folder").pipe(
        Flag.withMetavar("DIR"),
        Flag.withDescription("where blobs and records are kept (default: shared-store); no cache folder"),
        Flag.withDefault("shared-store")
      ),
      port: portFlag.pipe(Flag.withMetavar("N"), Flag.withDescription(`listen at this port (default: ${PORT})`), Flag.withDefault(PORT)),
      host: Flag.String("host").pipe(
        Flag.withMetavar("ADDRESS"),
        Flag.withDescription("listen at this address (default: 127.0.0.1, which no other machine reaches; 0.0.0.0 is all of this machine's)"),
        Flag.withDefault("127.0.0.1")
      ),
      readToken: Flag.String("read-token").pipe(
        Flag.withMetavar("FILE"),
        Flag.withDescription("a file with a token: who has it may read (default: everybody may)"),
        Flag.withDefault("")
      ),
      writeToken: Flag.String("write-token").pipe(
        Flag.withMetavar("FILE"),
        Flag.withDescription(
          "a file with a token: who has it may read and write (default: nobody may write, but on this machine, where it is listened at no other address)"
        ),
        Flag.withDefault("")
      ),
      maxObject: byteSize("max-object").pipe(Flag.withDescription(`the most that one blob may have (default: ${size(LARGEST)})`), Flag.withDefault(LARGEST)),
      maxSize: byteSize("max-size").pipe(Flag.withDescription("the most that all may have together (default: what the disk has)"), Flag.optional),
      json: sharedFlags.json.pipe(Flag.withDescription("print JSON on stdout: a document with the address, then a line for each request"))
    },
    Effect.fn(function* (flags) {
      serveUntilAsked()
      const { isLoopback } = yield* Effect.promise(() => import("../store/shared/server/access.ts"))
      const { serve } = yield* Effect.promise(() => import("../store/shared/server/serve.ts"))
      const readToken = yield* tokenFrom("--read-token", flags.readToken)
      const writeToken = yield* tokenFrom("--write-token", flags.writeToken)
      const folder = resolve(flags.folder)
      const loopback = isLoopback(flags.host)
      const maxSize = Option.getOrElse(flags.maxSize, () => Number.POSITIVE_INFINITY)
      const counts = { requests: 0, sent: 0, taken: 0, refused: 0 }
      const say = (text: string) => process.stderr.write(`${text}\n`)
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          if (!flags.json) say(`${count(counts.requests, "request")}: ${counts.sent} sent, ${counts.taken} taken, ${counts.refused} refused`)
        })
      )
      const { port, used } = yield* serve({
        folder,
        host: flags.host,
        port: flags.port,
        access: { readToken, writeToken, openWrites: loopback, loopback },
        limits: { maxObject: flags.maxObject, maxSize },
        served: (one) => {
          counts.requests++
          if (one.status === 201) counts.taken++
          else if (one.status === 200) counts.sent += one.method === "GET" ? 1 : 0
          else if (one.status !== 404) counts.refused++
          if (flags.json) process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...one, ms: Math.round(one.ms * 10) / 10 })}\n`)
          else if (one.status >= 400 && one.status !== 404) say(`${one.from}  ${one.method} ${one.path}  ${one.status}: ${one.message ?? ""}`)
        }
      }).pipe(
        Effect.mapError(({ code, message }) =>
          usage("serve", IN_WORDS[code]?.({ ...flags, folder }) ?? `cannot serve ${folder} at ${flags.host}, port ${flags.port}: ${message}`)
        )
      )
      const address = `http://${flags.host.includes(":") ? `[${flags.host}]` : flags.host}:${port}`
      const writers = writeToken !== undefined ? "who has the token" : loopback ? "everybody on this machine" : "nobody: give a token with --write-token"
      const readers = readToken !== undefined ? "who has a token" : loopback ? "everybody on this machine" : "everybody: a token is given with --read-token"
      if (flags.json) printDocument({ address, folder, bytes: used })
      else {
        process.stdout.write(`${address}\n`)
        say(
          `${folder} has ${size(used)}${maxSize === Number.POSITIVE_INFINITY ? "" : ` of ${size(maxSize)}`}; may read: ${readers}; may write: ${writers}; Ctrl-C ends it`
        )
      }
      return yield* Effect.never
    }, Effect.scoped)
  ).pipe(Command.withDescription("serve a folder as a shared store for other machines, by Bazel's HTTP cache protocol"))
