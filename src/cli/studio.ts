import { spawn } from "node:child_process"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { Installation } from "../engine/study.ts"
import { styleFor } from "../workspace/style.ts"
import { openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { portFlag } from "./whole-number.ts"

/** Opens an address in the browser of whoever sits at this machine; does nothing where there is none. */
const openInBrowser = (address: string): void => {
  const [command, args] =
    process.platform === "darwin" ? ["open", [address]] : process.platform === "win32" ? ["cmd", ["/c", "start", "", address]] : ["xdg-open", [address]]
  const child = spawn(command as string, args as Array<string>, { stdio: "ignore", detached: true })
  child.on("error", () => {})
  child.unref()
}

/** `sediment studio [STUDY…]`: the studies, their artifacts and runs in a browser. */
export const studio = (installation: Installation) =>
  Command.make(
    "studio",
    {
      ...sharedFlags,
      studies: Argument.String("study").pipe(Argument.withDescription("a study's dag.ts, as with --study"), Argument.variadic()),
      port: portFlag.pipe(Flag.withMetavar("N"), Flag.withDescription("listen at this port (default: one that is free)"), Flag.optional),
      host: Flag.String("host").pipe(
        Flag.withMetavar("ADDRESS"),
        Flag.withDescription("listen at this address (default: 127.0.0.1, which no other machine reaches)"),
        Flag.withDefault("127.0.0.1")
      ),
      open: Flag.Boolean("open").pipe(
        Flag.withDescription("open the page in the browser (the default); with --no-open its address is printed only"),
        Flag.withDefault(true)
      ),
      readOnly: Flag.Boolean("read-only").pipe(Flag.withDescription("look only: nothing can be run, ended or changed from the page"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      const named = { ...flags, study: [...flags.study, ...flags.studies] }
      // What is wrong with the studies is told here, before there is a page.
      yield* openWorkspace(named, installation)
      const { serveStudio } = yield* Effect.promise(() => import("../studio/server/serve.ts"))
      const { address, once, token } = yield* serveStudio({
        flags: { study: named.study, cache: flags.cache, with: flags.with, indicators: flags.indicators, set: flags.set, as: flags.as, json: false },
        installation,
        port: Option.getOrElse(flags.port, () => 0),
        host: flags.host,
        readOnly: flags.readOnly
      })
      if (flags.json) printDocument({ address, token })
      else {
        process.stdout.write(`${address}\n`)
        process.stderr.write(`${styleFor(process.stderr)("dim", "the studio is open; Ctrl-C ends it")}\n`)
      }
      if (flags.open) openInBrowser(once)
      return yield* Effect.never
    }, Effect.scoped)
  ).pipe(Command.withDescription("see the studies in a browser: the DAG, every artifact, the runs, and what an edit disturbs"))
