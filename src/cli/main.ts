/** The command line: `sediment init | run | compare | accept | audit | status | trace | explain | explain-se | ingest | show | report | package | path | graph | runs | diff | debug | verify | gc | cache | watch | studio`. */
import { NodeServices } from "@effect/platform-node"
import { Cause, Effect, Exit, Fiber } from "effect"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import packageFile from "../../package.json" with { type: "json" }
import type { Installation } from "../engine/study.ts"
import { program } from "../workspace/command-to-type.ts"
import { CliFailure } from "../workspace/failure.ts"
import { onStarterEnd } from "../workspace/watch/channel.ts"
import { accept } from "./accept.ts"
import { audit } from "./audit.ts"
import { cache } from "./cache.ts"
import { compare } from "./compare.ts"
import { debug } from "./debug.ts"
import { diff } from "./diff.ts"
import { hasDocument, printFailure } from "./document.ts"
import { explain } from "./explain.ts"
import { explainSe } from "./explain-se.ts"
import { exportCommand } from "./export.ts"
import { gc } from "./gc.ts"
import { graph } from "./graph.ts"
import { ingest } from "./ingest.ts"
import { init } from "./init.ts"
import { packageStudy } from "./package.ts"
import { path } from "./path.ts"
import { report } from "./report.ts"
import { run } from "./run.ts"
import { runs } from "./runs.ts"
import { show } from "./show.ts"
import { status } from "./status.ts"
import { studio } from "./studio.ts"
import { trace } from "./trace.ts"
import { servesUntilAsked } from "./until-asked.ts"
import { verify } from "./verify.ts"
import { watch } from "./watch.ts"
import { worker } from "./worker.ts"

const json = process.argv.some((argument) => argument === "--json" || argument === "--json=true")

/** Every command. */
export const app = (installation: Installation) =>
  Command.make("sediment").pipe(
    Command.withDescription("Incremental studies on panel data: typed stages, Arrow artifacts, and only what an edit touches runs again"),
    Command.withSubcommands([
      init(installation),
      run(installation),
      compare(installation),
      accept(installation),
      audit(),
      status(installation),
      trace(installation),
      explain(installation),
      explainSe(installation),
      ingest(),
      show(installation),
      report(installation),
      packageStudy(installation),
      path(installation),
      graph(installation),
      runs(installation),
      diff(installation),
      exportCommand(installation),
      debug(installation),
      verify(installation),
      worker(installation),
      gc(),
      cache(installation),
      watch(installation),
      studio(installation)
    ])
  )

/** Errors of usage go to stderr, help that was asked for to stdout. */
const presenter: CliOutput.Presenter = {
  present: (output) => (output._tag === "InvalidInvocation" ? Effect.void : CliOutput.defaultPresenter.present(output))
}

const exitCode = (exit: Exit.Exit<void, unknown>, signal: NodeJS.Signals | undefined): number => {
  if (Exit.isSuccess(exit)) return 0
  if (Cause.hasInterruptsOnly(exit.cause)) {
    if (signal === "SIGTERM" && servesUntilAsked()) return 0
    // A run that was interrupted has told so in its document.
    if (json && !hasDocument()) printFailure([{ code: "interrupted", message: "interrupted" }], json)
    return 130
  }
  const error = exit.cause.reasons.find((reason) => reason._tag === "Fail")?.error
  if (error instanceof CliFailure) {
    printFailure(error.errors, json && error.errors.length > 0)
    return error.exitCode
  }
  if (typeof error === "object" && error !== null && "_tag" in error && error._tag === "ShowHelp" && "errors" in error) {
    const all = error.errors as ReadonlyArray<{ readonly _tag: string; readonly message: string }>
    // What comes first is the mistake: the flags of a command that is none are not known either, nor is the value behind a flag that is none a command.
    const mistyped = all.filter((one) => one._tag === "UnknownSubcommand")
    const errors = mistyped.length === 0 ? all : all[0]?._tag === "UnrecognizedOption" ? all.filter((one) => !mistyped.includes(one)) : mistyped
    if (errors.length > 0)
      printFailure(
        errors.map((one) => ({ code: "usage", message: one.message })),
        json
      )
    if (errors.length > 0 && !json) process.stderr.write(`${program()} --help tells the commands, ${program()} COMMAND --help their flags\n`)
    return errors.length > 0 ? 2 : 0
  }
  printFailure([{ code: "defect", message: `this is a fault of Sediment itself: ${Cause.pretty(exit.cause)}` }], json)
  return 1
}

/**
 * Signals within this time of the first are one Ctrl-C: a terminal sends it to all processes of a line, and npm sends it on to the one that it has started. A later
 * one is a second Ctrl-C, which does not wait for the clean end of the first.
 */
const ONE_CTRL_C_MS = 500

/** Runs the command line of this process. `built` is the URL of the built entry, beside which the files stand that bundles of studies share. */
export const main = (built: string): void => {
  const beside = (file: string) => new URL(file, built)
  const installation = { cli: new URL(built), effect: beside("effect.mjs"), framework: beside("framework.mjs"), worker: beside("worker.mjs") }
  // Whoever reads our output may have seen enough.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error
    })
  const fiber = Effect.runFork(
    Command.runWith(app(installation), { version: packageFile.version })(process.argv.slice(2)).pipe(
      Effect.provideService(CliOutput.Presenter, presenter),
      Effect.provide(NodeServices.layer)
    )
  )
  onStarterEnd(() => Effect.runFork(Fiber.interrupt(fiber)))
  let first: number | undefined
  let firstSignal: NodeJS.Signals | undefined
  let ended = false
  const interrupt = (signal: NodeJS.Signals) => {
    firstSignal ??= signal
    // Node gives up listening before it ends: what comes then would change how it ended.
    if (first === undefined) process.on("beforeExit", () => process.exit())
    first ??= performance.now()
    if (ended || performance.now() - first > ONE_CTRL_C_MS) process.exit(ended ? process.exitCode : 130)
    Effect.runFork(Fiber.interrupt(fiber))
  }
  process.on("SIGINT", interrupt)
  process.on("SIGTERM", interrupt)
  fiber.addObserver((exit) => {
    process.exitCode = exitCode(exit, firstSignal)
    ended = true
    // A queue that is away leaves timers behind that would hold the process. What was written is to come out first.
    if (servesUntilAsked() || firstSignal !== undefined) process.stdout.write("", () => process.stderr.write("", () => process.exit()))
  })
}
