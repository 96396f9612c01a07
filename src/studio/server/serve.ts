import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { createServer } from "node:http"
import { NodeHttpServer } from "@effect/platform-node"
import { Effect, type Scope } from "effect"
import type { Installation } from "../../engine/study.ts"
import { cacheOf } from "../../workspace/cache-folder.ts"
import { type CliFailure, usage } from "../../workspace/failure.ts"
import type { SharedFlags } from "../../workspace/workspace.ts"
import { readReply } from "../messages/question.ts"
import { questionNamed } from "../messages/questions.ts"
import { lineageQuestions } from "../messages/time/lineage.ts"
import { runDiffQuestions } from "../messages/time/run-diff.ts"
import { app } from "./app.ts"
import { Announcements } from "./live/announcements.ts"
import { following } from "./live/following.ts"
import { OnceOnly } from "./once-only.ts"
import { nameToOpen, ownNames } from "./own-names.ts"
import { pageFiles } from "./page-files.ts"
import { runsAnswers } from "./runs/answers.ts"
import { makeResultsFolder } from "./sql/result-files.ts"

export interface StudioOptions {
  readonly flags: SharedFlags
  readonly installation: Installation
  /** 0: one that is free. */
  readonly port: number
  /** The address that is listened at. */
  readonly host: string
  readonly readOnly: boolean
}

export interface Studio {
  /** Where the page is, with the token. */
  readonly address: string
  /** The same place, with a word that is good for one opening. */
  readonly once: string
  readonly token: string
}

/** What takes long, and must not hold up what is asked of the studies meanwhile: rows of large artifacts, queries. */
const APART = new Set<string>([
  "artifact",
  "rows",
  "columnSummaries",
  "cell",
  "artifact-file",
  "artifact-picture",
  "sql",
  "sql-file",
  "what-if-compare",
  "what-if-patch",
  "what-if-branch-patch",
  "run-edits",
  ...Object.keys(runDiffQuestions),
  ...Object.keys(lineageQuestions)
])

/** What makes a branch, or removes one: the studies are others then. */
const MAKES_STUDIES = new Set<string>(["what-if-keep", "what-if-forget"])

const IN_WORDS: Readonly<Record<string, (options: StudioOptions) => string>> = {
  EADDRINUSE: ({ port }) => `port ${port} is taken: name another with --port, or none for one that is free`,
  EACCES: ({ port }) => `port ${port} may not be listened at: name one from 1024 on with --port, or none for one that is free`,
  EADDRNOTAVAIL: ({ host }) => `this machine has no address ${host}: name one of its own with --host`,
  ENOTFOUND: ({ host }) => `there is no address ${host}: name one of this machine with --host`
}

/** Milliseconds that the beginning of a request, and the whole of it, may take to come: whoever dawdles holds no connection. */
const PATIENCE = { headersTimeout: 5_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 }

/** Serves the studio until the scope ends. */
export const serveStudio = (options: StudioOptions): Effect.Effect<Studio, CliFailure, Scope.Scope> =>
  Effect.gen(function* () {
    const { flags, host, installation, readOnly } = options
    const token = randomBytes(24).toString("base64url")
    const once = new OnceOnly()
    const announcements = yield* Announcements.make
    const results = makeResultsFolder()
    yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(results, { recursive: true, force: true })))
    const { live, started, threads } = yield* following({ flags, cli: installation.cli.href, readOnly, results }, announcements)
    // The studies are read while the browser is being opened.
    yield* Effect.forkScoped(threads[0].ask("studies", "{}"))
    const making = {
      ask: (name: string, asked: string) =>
        Effect.tap(threads[0].ask(name, asked), ({ body }) =>
          Effect.sync(() => {
            if ("errors" in readReply(questionNamed(name)!, body)) return
            for (const thread of threads) thread.outdated("studies")
            announcements.tell([{ event: "changed", what: "studies" }])
          })
        )
    }
    const http = createServer(PATIENCE)
    const server = yield* NodeHttpServer.make(() => http, { host, port: options.port, disablePreemptiveShutdown: true }).pipe(
      Effect.mapError((error) => {
        const { code = "", message } = (error.cause ?? error) as NodeJS.ErrnoException
        return usage("port", IN_WORDS[code]?.(options) ?? `cannot listen at ${host}, port ${options.port}: ${message}`)
      })
    )
    // Streams of events never end by themselves.
    yield* Effect.addFinalizer(() => Effect.sync(() => http.closeAllConnections()))
    const { port } = http.address() as { readonly port: number }
    const guarded = { token, port, hosts: ownNames(host) }
    yield* server.serve(
      app({
        guarded,
        once,
        readOnly,
        files: pageFiles(new URL("studio/", installation.cli)),
        announcements,
        results,
        threadFor: (question) => (MAKES_STUDIES.has(question) ? making : threads[APART.has(question) ? 1 : 0]),
        here: runsAnswers({ live, started, pages: announcements, thread: threads[0], cache: cacheOf(flags) })
      })
    )
    const place = `http://${nameToOpen(host)}:${port}/`
    return { address: `${place}?token=${token}`, once: `${place}?once=${once.word}`, token }
  })
