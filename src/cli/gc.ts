import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { rememberedBases } from "../engine/fresh-memory.ts"
import { carryOutGc, type GcPlan, planGc } from "../store/gc.ts"
import { countLine } from "./count-line.ts"
import { CliFailure, printDocument } from "./document.ts"
import { count, styleFor } from "./style.ts"
import { cacheOf, sharedFlags } from "./workspace.ts"

const sizeOf = (files: ReadonlyArray<{ readonly bytes: number }>): number => files.reduce((sum, { bytes }) => sum + bytes, 0)
const megabytes = (bytes: number): string => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`)

/** What is freed, by kind: how many, and how many bytes. */
const freedOf = ({ leftovers, objects, runs, traces }: GcPlan) => {
  const counted = (files: ReadonlyArray<{ readonly bytes: number }>) => ({ count: files.length, bytes: sizeOf(files) })
  const records = (log: typeof runs) => ({ count: log.dropped.length, bytes: log.dropped.reduce((sum, { whole }) => sum + whole.length, 0) })
  return {
    objects: counted(objects),
    traces: records(traces),
    "records of runs": records(runs),
    "temporary files": counted(leftovers.temporary),
    "damaged objects moved aside": counted(leftovers.quarantined),
    "old modules and graphs": counted(leftovers.unreferred)
  }
}

const compacted = ({ runs, traces }: GcPlan) => [traces, runs].reduce((sum, { due, old }) => sum + (due && old.length > 1 ? old.length : 0), 0)

/** `sediment gc`: tells what could be freed; `--delete` frees it. */
export const gc = () =>
  Command.make(
    "gc",
    {
      cache: sharedFlags.cache,
      json: sharedFlags.json,
      keep: Flag.Int("keep").pipe(
        Flag.withMetavar("K"),
        Flag.withDescription(
          "how many runs are kept, of each study and of each set of data files (default: 10); runs in which nothing was to be done do not count"
        ),
        Flag.filter(
          (keep) => keep > 0,
          () => "1 or more"
        ),
        Flag.withDefault(10)
      ),
      delete: Flag.Boolean("delete").pipe(Flag.withDescription("free it; without this, what would be freed is only told"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      const cache = cacheOf(flags)
      const failed = (error: { readonly message: string }) => new CliFailure({ exitCode: 1, errors: [{ code: "store", message: error.message }] })
      const plan = yield* planGc(cache, { keep: flags.keep, now: Date.now(), runs: rememberedBases(cache) }).pipe(Effect.mapError(failed))
      const progress = countLine("objects deleted")
      const { spared } = flags.delete
        ? yield* carryOutGc(cache, plan, progress.show).pipe(Effect.mapError(failed), Effect.ensuring(Effect.sync(progress.end)))
        : { spared: 0 }
      const freed = freedOf(plan)
      const bytes = sizeOf(Object.values(freed))
      if (flags.json)
        return printDocument({
          ok: true,
          deleted: flags.delete,
          bytes,
          objects: { ...freed.objects, files: plan.objects.map(({ path }) => path) },
          traces: freed.traces,
          records: freed["records of runs"],
          temporary: freed["temporary files"],
          quarantined: freed["damaged objects moved aside"],
          remembered: freed["old modules and graphs"],
          forgotten: plan.forgottenRuns,
          segments: compacted(plan),
          kept: { objects: plan.keptObjects, runs: plan.keptRuns },
          spared
        })
      const style = styleFor(process.stdout)
      const print = (text: string) => process.stdout.write(`${text}\n`)
      const kept = `kept: ${count(plan.keptRuns, "run")} and ${count(plan.keptObjects, "object")}, with all that was made or relied on in the last day`
      const parts = Object.entries(freed).filter(([, one]) => one.count > 0)
      for (const [what, one] of parts) print(`  ${String(one.count).padStart(7)} ${what}  ${style("dim", megabytes(one.bytes))}`)
      if (plan.forgottenRuns.length > 0) print(`  ${String(plan.forgottenRuns.length).padStart(7)} runs forgotten`)
      if (compacted(plan) > 0) print(`  ${String(compacted(plan)).padStart(7)} segments of the logs made one`)
      if (spared > 0) print(`${count(spared, "object")} left after all: somebody has come to rely on them meanwhile`)
      if (parts.length === 0) print(`nothing to free; ${kept}`)
      else print(flags.delete ? `${megabytes(bytes)} freed; ${kept}` : `${megabytes(bytes)} could be freed: sediment gc --delete frees them; ${kept}`)
    })
  ).pipe(Command.withDescription("tell what no recent or named run needs any more, and free it with --delete"))
