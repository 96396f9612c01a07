import { Effect } from "effect"
import { didYouMean } from "../dag/near-matches.ts"
import type { RunRecord } from "../store/runs.ts"
import { toType } from "./command-to-type.ts"
import { type CliFailure, usage } from "./failure.ts"

/** The runs that a reference may name, and what they are called. */
export interface NamedRuns {
  /** Newest first. */
  readonly runs: ReadonlyArray<RunRecord>
  readonly tags: ReadonlyMap<string, string>
}

const SHOWN = 5
/** Of a name that is cut short. */
const LEAST = 4

export const noRun = (): string => `no run is recorded yet: ${toType("run")} makes one`

/** The run that a reference names, or what to tell of it: a run's name or tag, `latest`, `latest~2`, or what only one name begins or ends with, 4 letters or more. */
const lookUp = (reference: string, { runs, tags }: NamedRuns): RunRecord | { readonly code: string; readonly message: string } => {
  const exact = runs.find(({ run }) => run === reference) ?? runs.find(({ run }) => tags.get(run) === reference)
  if (exact !== undefined) return exact
  if (runs.length === 0) return { code: "no-run", message: noRun() }
  const latest = /^latest(?:~(\d+))?$/.exec(reference)
  if (latest !== null)
    return (
      runs[Number(latest[1] ?? 0)] ?? {
        code: "unknown-run",
        message: `there is no run ${reference}: ${runs.length === 1 ? "one run is" : `${runs.length} runs are`} recorded`
      }
    )
  const near = runs.filter(({ run }) => run.startsWith(reference) || run.endsWith(reference))
  if (reference.length < LEAST && near.length > 0)
    return {
      code: "unknown-run",
      message: `"${reference}" is too short to name a run: write at least ${LEAST} letters of its name; ${toType("runs")} lists them`
    }
  if (near.length === 1) return near[0]!
  if (near.length > 1) {
    const shown = near.slice(0, SHOWN).map(({ run }) => run)
    return { code: "ambiguous-run", message: `"${reference}" may be any of ${near.length} runs: ${shown.join(", ")}${near.length > SHOWN ? ", …" : ""}` }
  }
  return { code: "unknown-run", message: `there is no run "${reference}"; ${didYouMean(reference, namesOf({ runs, tags }))}${toType("runs")} lists them` }
}

/** What runs are called: for someone who mistyped it. */
export const namesOf = ({ runs, tags }: NamedRuns): ReadonlyArray<string> => [...runs.flatMap(({ run }) => [run, tags.get(run) ?? run]), "latest"]

/** Whether a reference names a run. */
export const namesRun = (reference: string, named: NamedRuns): boolean => "run" in lookUp(reference, named)

export const findRun = (reference: string, named: NamedRuns): Effect.Effect<RunRecord, CliFailure> => {
  const found = lookUp(reference, named)
  return "run" in found ? Effect.succeed(found) : Effect.fail(usage(found.code, found.message, { argument: reference }))
}
