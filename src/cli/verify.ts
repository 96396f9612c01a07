import { availableParallelism } from "node:os"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { acceptanceSentence } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { verify as verifyStore } from "../engine/verify/verify.ts"
import { count, noun, size } from "../engine/wording.ts"
import { storeLayer } from "../store/layer.ts"
import { existingCache } from "../workspace/cache-folder.ts"
import { toMakeAgain } from "../workspace/command-to-type.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { countLine } from "./count-line.ts"
import { printDocument } from "./document.ts"
import { verifyRerun } from "./verify-rerun.ts"
import { jobsFlag } from "./whole-number.ts"

/** Whether a flag was given: one that was not is empty. */
const isGiven = (value: string | ReadonlyArray<string> | boolean | Option.Option<number>): boolean =>
  typeof value === "object" && "_tag" in value ? Option.isSome(value) : value !== false && value !== "" && (value as ReadonlyArray<string>).length > 0

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
        Flag.withDescription("execute fresh nodes once more, and tell which columns and warnings do not come out the same"),
        Flag.withDefault(false)
      ),
      seed: Flag.String("seed").pipe(
        Flag.withDescription("of --rerun SHARE: which nodes are drawn (default: by chance; the seed is printed)"),
        Flag.withDefault("")
      ),
      jobs: jobsFlag.pipe(Flag.withDescription("of --rerun: nodes that run at a time (default: the number of processors)"), Flag.optional)
    },
    Effect.fn(function* (flags) {
      const cache = yield* existingCache(flags)
      if (flags.rerun) return yield* verifyRerun({ ...flags, jobs: Option.getOrElse(flags.jobs, availableParallelism) }, installation)
      if (flags.argument.length > 0)
        return yield* usage("argument", `verify reads the whole cache; to execute ${flags.argument.join(" ")} once more, add --rerun`)
      const idle = ["study", "with", "indicators", "set", "as", "seed", "jobs"].filter((name) => isGiven(flags[name as keyof typeof flags]))
      if (idle.length > 0)
        return yield* usage(
          "flag",
          `verify reads the whole cache, of whatever study: ${idle.map((name) => `--${name}`).join(", ")} ${noun(idle.length, "means", "mean")} something only with --rerun`
        )
      const progress = countLine("objects read")
      const { accepted, bytes, damage, notes, objects, runs, traces } = yield* verifyStore(cache, progress.show, toMakeAgain).pipe(
        Effect.provide(storeLayer(cache, "verify")),
        Effect.mapError(refused),
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
