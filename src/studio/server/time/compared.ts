/** The two sides of a comparison, and how they differ. */
import { Effect, Exit } from "effect"
import { diffRuns, type Side, type StudyDiff } from "../../../engine/diff/diff-runs.ts"
import { lastChange, sinceItsBase } from "../../../engine/diff/last-change.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import { RunHistory, type RunRecord } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { type CliFailure, refused, usage } from "../../../workspace/failure.ts"
import { runsOf } from "../../../workspace/history.ts"
import { outcomeOf } from "../../../workspace/outcome.ts"
import { findRun, noRun } from "../../../workspace/run-reference.ts"
import type { Side as SideAnswer } from "../../messages/time/run-diff.ts"
import { commandOf, shortCommandOf } from "./command-of.ts"

/** Two runs, as they are asked for; where only the later one is, it is compared with what it found when it began. */
export interface Asked {
  readonly study: string
  readonly from?: string
  readonly to?: string
}

export interface Compared {
  readonly diff: StudyDiff
  readonly passedOver: ReadonlyArray<RunRecord>
}

/** `RUN@branch`: a run of a branch; `@branch` the newest of it. A study that is a branch itself is compared with what is asked for of the study. */
const sideOf = (history: RunHistory["Service"], study: string, reference: string): Effect.Effect<Side, CliFailure> =>
  Effect.gen(function* () {
    const at = reference.indexOf("@")
    const name = at === -1 ? reference : reference.slice(0, at)
    const own = at === -1 ? study : `${study.replace(/@.*$/s, "")}${at === reference.length - 1 ? "" : reference.slice(at)}`
    const found = yield* Effect.exit(
      findRun(
        name === "" ? "latest" : name,
        runsOf(history, (one) => one === own)
      )
    )
    if (Exit.isSuccess(found)) return { run: found.value, study: own }
    // A run of a branch may be named without saying of which.
    const named = history.runs().find(({ run }) => run === name)
    const branch = at === -1 ? named?.studies.find((one) => one.study.startsWith(`${study.replace(/@.*$/s, "")}@`)) : undefined
    if (named === undefined || branch === undefined) return yield* Effect.failCause(found.cause)
    return { run: named, study: branch.study }
  })

export const sideAnswer = ({ run, study }: { readonly run: RunRecord; readonly study: string }, of: string, tags: ReadonlyMap<string, string>): SideAnswer => {
  const tag = tags.get(run.run)
  return {
    run: run.run,
    study,
    reference: referenceTo(run.run, study, of),
    at: run.at,
    command: commandOf(run),
    shortCommand: shortCommandOf(run),
    variant: run.studies.find((one) => one.study === study)?.variant ?? "",
    outcome: outcomeOf(run),
    ...(tag === undefined ? {} : { tag })
  }
}

/** How a run of a study or of its branch is asked for in a view of another. */
const referenceTo = (run: string, study: string, of: string): string =>
  study === of ? run : `${run}@${study.includes("@") ? study.slice(study.indexOf("@") + 1) : ""}`

const sidesOf = ({ from, study, to }: Asked) =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    if (from !== undefined || to !== undefined) {
      const [before, after] = [yield* sideOf(history, study, from ?? to ?? "latest"), yield* sideOf(history, study, to ?? "latest")]
      if (before.run.run !== after.run.run || before.study !== after.study) return { before, after, passedOver: [] }
      // A run beside itself: what it found when it began, and what it left.
      const own = after.study ?? study
      const [since] = sinceItsBase(history, after.run, (one) => one === own)
      if (since !== undefined) return { before: { ...since.before, study: own }, after, passedOver: [] }
      return yield* usage("nothing-to-compare", `run ${after.run.run} is the first of ${own}: nothing was there before it`)
    }
    const isAsked = (one: string) => one === study
    const { runs } = runsOf(history, isAsked)
    const [found] = lastChange(history, runs, isAsked)
    if (found !== undefined) return found
    return yield* usage(
      "nothing-to-compare",
      runs.length === 0
        ? noRun()
        : "no run that came out well changed what an earlier such run had made: there is nothing to compare yet; choose two runs to see what differs"
    )
  })

/** What was compared last: a page of it is asked for after another. */
const recent: Array<{ readonly key: string; readonly diff: StudyDiff }> = []
const KEPT = 4

const keyOf = (study: string, { before, after }: { readonly before: Side; readonly after: Side }): string | undefined =>
  before.run.ok === undefined || after.run.ok === undefined
    ? undefined
    : JSON.stringify([study, before.run.run, before.at, before.study ?? study, after.run.run, after.study ?? study])

/** How two runs of a study, or of branches of it, differ. */
export const compared = (asked: Asked): Effect.Effect<Compared, CliFailure, RunHistory | TraceIndex | ObjectStore> =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const traces = yield* TraceIndex
    const { study } = asked
    const sides = yield* sidesOf(asked)
    const key = keyOf(study, sides)
    const known = key === undefined ? undefined : recent.find((one) => one.key === key)
    if (known !== undefined) return { diff: known.diff, passedOver: sides.passedOver }
    const diff = yield* diffRuns(history, traces, study, sides.before, sides.after, []).pipe(Effect.mapError(refused))
    if (key !== undefined) recent.unshift({ key, diff })
    recent.length = Math.min(recent.length, KEPT)
    return { diff, passedOver: sides.passedOver }
  })
