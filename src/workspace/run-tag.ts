import { Effect } from "effect"
import type { RunHistory } from "../store/runs.ts"
import { toType } from "./command-to-type.ts"
import { type CliFailure, usage } from "./failure.ts"

/** What a name may be, after "the name". */
export const TAG_IN_WORDS = 'beginning with a letter, of letters, digits, ".", "_" and "-", and other than "latest"'

/** Whether a run may be called so. */
export const mayBeTag = (name: string): boolean => /^[A-Za-z][\w.-]*$/.test(name) && !/^latest(~|$)/.test(name)

/** Gives a run a name that no other has, or takes its name away; durable after the history's next `commit`. */
export const nameRun = (history: RunHistory["Service"], run: string, name: string | undefined): Effect.Effect<void, CliFailure> => {
  const taken = name === undefined ? undefined : [...history.tags()].find(([other, tag]) => tag === name && other !== run)
  return taken === undefined
    ? Effect.sync(() => history.tag(run, name))
    : Effect.fail(usage("tag-taken", `run ${taken[0]} is called ${name}: ${toType("runs", "--untag", taken[1])} takes the name away`))
}
