import { relative, resolve } from "node:path"
import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { Installation } from "../engine/study.ts"
import { count } from "../engine/wording.ts"
import { CliFailure } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { changeHints } from "../workspace/watch/change-hints.ts"
import { runInProcess } from "../workspace/watch/channel.ts"
import { type ChangedFile, DecidingContent } from "../workspace/watch/deciding-content.ts"
import { fileMemoryOf } from "../workspace/workspace.ts"
import { leaveDocumentsToRuns } from "./document.ts"
import { runFlags } from "./run.ts"

/** The arguments of the run that a call of watch repeats. */
const runArguments = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const at = args.indexOf("watch")
  const after = args.slice(at + 1).filter((arg, i, all) => arg !== "--poll" && !arg.startsWith("--poll=") && all[i - 1] !== "--poll")
  return [...args.slice(0, at), "run", ...after]
}

const inBrief = (changed: ReadonlyArray<ChangedFile>): string => {
  const told = changed.slice(0, 3).map(({ how, path }) => `${relative(process.cwd(), path)} ${how}`)
  return `${told.join(", ")}${changed.length > told.length ? `, and ${changed.length - told.length} more` : ""}`
}

/** `sediment watch [NODE…]`: runs, and runs again when something is saved that decides the studies. */
export const watch = (installation: Installation) =>
  Command.make(
    "watch",
    {
      ...runFlags,
      poll: Flag.String("poll").pipe(
        Flag.withMetavar("SECONDS"),
        Flag.withDescription("look at the files every so often, where the system does not tell of changes (network file systems)"),
        Flag.filterMap(
          (text) => (Number(text) > 0 && Number(text) <= 86_400 ? Option.some(Number(text)) : Option.none()),
          () => "a number of seconds above 0"
        ),
        Flag.optional
      )
    },
    Effect.fn(function* (flags) {
      if (flags.json) leaveDocumentsToRuns()
      const style = styleFor(process.stderr)
      const say = (text: string) => {
        if (!flags.json) process.stderr.write(`${text}\n`)
      }
      const hints = yield* changeHints({ pollSeconds: Option.getOrUndefined(flags.poll), say })
      const studies = (flags.study.length === 0 ? ["dag.ts"] : flags.study).map((file) => resolve(file))
      const deciding = new DecidingContent(fileMemoryOf(flags), studies)
      for (let first = true; ; first = false) {
        const { code, lookedAt, signal } = yield* runInProcess(installation.cli, runArguments(process.argv.slice(2)), { output: "printed" })
        // A call that is wrong in itself is not made right by an edit.
        if (first && code === 2 && (lookedAt.loaded || lookedAt.files.length === 0)) return yield* new CliFailure({ exitCode: 2, errors: [] })
        if (signal !== null) say(style("red", `the run was ended by ${signal}`))
        deciding.decided(lookedAt)
        hints.follow(deciding.paths)
        let changed = deciding.changes()
        if (changed.length === 0) say(style("dim", `watching ${count(deciding.count, "file")}; Ctrl-C ends it`))
        // It changed during the run, and may still be on the way to the disk.
        else yield* hints.quiet
        while (changed.length === 0) {
          yield* hints.next
          hints.follow(deciding.paths)
          changed = deciding.changes()
        }
        say(`\n${style("bold", `${new Date().toTimeString().slice(0, 8)}  ${inBrief(changed)}`)}`)
      }
    }, Effect.scoped)
  ).pipe(
    Command.withDescription(
      "run, and run again on every save of what decides the study, at most what changed; Ctrl-C ends it, with exit code 130. With --json, a line of JSON a run: the document that run --json prints"
    )
  )
