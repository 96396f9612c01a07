import { availableParallelism } from "node:os"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { acceptanceSentence } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { verify as verifyStore } from "../engine/verify/verify.ts"
import { count, size } from "../engine/wording.ts"
import { storeLayer } from "../store/layer.ts"
import { toMakeAgain } from "./command-to-type.ts"
import { countLine } from "./count-line.ts"
import { printDocument } from "./document.ts"
import { CliFailure, usage } from "./failure.ts"
import { styleFor } from "./style.ts"
import { verifyRerun } from "./verify-rerun.ts"
import { cacheOf, sharedFlags } from "./workspace.ts"

/** `sediment verify`: reads all that the cache has; `--rerun` executes what is fresh once more. */
export const verify = (installation: Installation) =>
  Command.make(
    "verify",
    {
      ...sharedFlags,
      argument: Argument.String("share|node").pipe(
        Argument.withDescription("with --rerun: how much of it (0.1 or 10%; all where none is given), and which nodes ([study:]node)"),
        Argument.variadic()
      ),
      rerun: Flag.Boolean("rerun").pipe(
        Flag.withDescription("execute fresh nodes once more, and tell which columns do not come out the same"),
        Flag.withDefault(false)
      ),
      seed: Flag.String("seed").pipe(
        Flag.withDescription("of --rerun SHARE: which nodes are drawn (default: by chance; the seed is printed)"),
        Flag.withDefault("")
      ),
      jobs: Flag.Int("jobs").pipe(
        Flag.withAlias("j"),
        Flag.withDescription("of --rerun: nodes that run at a time (default: the number of processors)"),
        Flag.filter(
          (jobs) => jobs > 0,
          () => "1 or more"
        ),
        Flag.withDefault(availableParallelism())
      )
    },
    Effect.fn(function* (flags) {
      if (flags.rerun) return yield* verifyRerun(flags, installation)
      if (flags.argument.length > 0)
        return yield* usage("argument", `verify reads the whole cache; to execute ${flags.argument.join(" ")} once more, add --rerun`)
      const cache = cacheOf(flags)
      const progress = countLine("objects read")
      const { accepted, bytes, damage, notes, objects, runs, traces } = yield* verifyStore(cache, progress.show, toMakeAgain).pipe(
        Effect.provide(storeLayer(cache, "verify")),
        Effect.mapError((error) => new CliFailure({ exitCode: 1, errors: [{ code: "store", message: error.message }] })),
        Effect.ensuring(Effect.sync(progress.end))
      )
      const ok = damage.length === 0
      if (flags.json) printDocument({ ok, objects, bytes, traces, runs, damage, notes, accepted })
      else {
        const style = styleFor(process.stdout)
        for (const { message } of damage) process.stdout.write(`${style("red", "✗")} ${message}\n`)
        for (const { message } of notes) process.stdout.write(`${style("dim", "·")} ${message}\n`)
        for (const { acceptance, node } of accepted) process.stdout.write(`${style("dim", "·")} ${node}: ${acceptanceSentence(acceptance)}\n`)
        const read = `${count(objects, "object")} (${size(bytes)}), ${count(traces, "trace")}, ${count(runs, "run")}`
        process.stdout.write(
          ok ? `${style("green", "whole")}: ${read} in ${cache}\n` : `${style("red", `${damage.length} damaged or lost`)}, of ${read} in ${cache}\n`
        )
      }
      if (!ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
    })
  ).pipe(Command.withDescription("read every object and every record of the cache and tell what is damaged; --rerun executes fresh nodes once more"))
