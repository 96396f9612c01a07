import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { rememberedBases } from "../engine/fresh-memory.ts"
import { count, noun, size } from "../engine/wording.ts"
import { carryOutGc, type GcPlan, planGc } from "../store/gc.ts"
import { existingCache } from "../workspace/cache-folder.ts"
import { toType } from "../workspace/command-to-type.ts"
import { refused } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { countLine } from "./count-line.ts"
import { printDocument } from "./document.ts"
import { wholeNumber } from "./whole-number.ts"

const KEPT = 10

const sizeOf = (files: ReadonlyArray<{ readonly bytes: number }>): number => files.reduce((sum, { bytes }) => sum + bytes, 0)

/** What can be freed, as it is told of one and of several. */
const KINDS = {
  objects: ["object", "objects"],
  traces: ["trace", "traces"],
  records: ["record of a run", "records of runs"],
  temporary: ["temporary file", "temporary files"],
  quarantined: ["damaged object moved aside", "damaged objects moved aside"],
  remembered: ["old module or graph", "old modules and graphs"]
} as const

/** What is freed, by kind: how many, and how many bytes. */
const freedOf = ({ leftovers, objects, runs, traces }: GcPlan) => {
  const counted = (files: ReadonlyArray<{ readonly bytes: number }>) => ({ count: files.length, bytes: sizeOf(files) })
  const records = (log: typeof runs) => ({ count: log.dropped.length, bytes: log.dropped.reduce((sum, { whole }) => sum + whole.length, 0) })
  return {
    objects: counted(objects),
    traces: records(traces),
    records: records(runs),
    temporary: counted(leftovers.temporary),
    quarantined: counted(leftovers.quarantined),
    remembered: counted(leftovers.unreferred)
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
      keep: wholeNumber("keep").pipe(
        Flag.withMetavar("K"),
        Flag.withDescription(
          `keep what the newest K runs need that did something, of each study and of each set of data files (default: ${KEPT}); runs with a name, and all of the last day, are kept besides`
        ),
        Flag.withDefault(KEPT)
      ),
      delete: Flag.Boolean("delete").pipe(Flag.withDescription("free it; without this, what would be freed is only told"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      const cache = yield* existingCache(flags)
      const plan = yield* planGc(cache, { keep: flags.keep, now: Date.now(), runs: rememberedBases(cache) }).pipe(Effect.mapError(refused))
      const progress = countLine("objects deleted")
      const { spared } = flags.delete
        ? yield* carryOutGc(cache, plan, progress.show).pipe(Effect.mapError(refused), Effect.ensuring(Effect.sync(progress.end)))
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
          records: freed.records,
          temporary: freed.temporary,
          quarantined: freed.quarantined,
          remembered: freed.remembered,
          forgotten: plan.forgottenRuns,
          segments: compacted(plan),
          kept: { objects: plan.keptObjects, runs: plan.keptRuns },
          spared
        })
      const style = styleFor(process.stdout)
      const print = (text: string) => process.stdout.write(`${text}\n`)
      const kept = `kept: ${count(plan.keptRuns, "run")} and ${count(plan.keptObjects, "object")}, with all that was made or relied on in the last day`
      const tell = (n: number, words: readonly [string, string], more = "") => print(`  ${String(n).padStart(7)} ${noun(n, ...words)}${more}`)
      const parts = Object.entries(KINDS).flatMap(([kind, words]) => {
        const one = freed[kind as keyof typeof KINDS]
        return one.count > 0 ? [{ ...one, words }] : []
      })
      for (const { bytes: own, count: n, words } of parts) tell(n, words, `  ${style("dim", size(own))}`)
      if (plan.forgottenRuns.length > 0) tell(plan.forgottenRuns.length, ["run forgotten", "runs forgotten"])
      if (compacted(plan) > 0) print(`  ${String(compacted(plan)).padStart(7)} segments of the logs made one`)
      if (spared > 0) print(`${count(spared, "object")} left after all: somebody has come to rely on them meanwhile`)
      const toFree = toType("gc", ...(flags.keep === KEPT ? [] : ["--keep", String(flags.keep)]), "--delete")
      if (parts.length === 0) print(`nothing to free; ${kept}`)
      else print(flags.delete ? `${size(bytes)} freed; ${kept}` : `${size(bytes)} could be freed: ${toFree} frees them; ${kept}`)
    })
  ).pipe(Command.withDescription("tell what no recent or named run needs any more, and free it with --delete"))
