import { Effect, type Layer } from "effect"
import * as Flag from "effect/cli/Flag"
import type { Installation } from "../engine/study.ts"
import type { ObjectStore } from "../store/objects.ts"
import { type RunHistory, type RunRecord, runName } from "../store/runs.ts"
import type { TraceIndex } from "../store/traces.ts"
import { cacheOf, wellFormed } from "./cache-folder.ts"
import type { CliFailure } from "./failure.ts"
import type { NamedRuns } from "./run-reference.ts"
import { openWorkspace, type SharedFlags, sharedFlags, storeOf } from "./workspace.ts"

/** The flags of commands that ask what was recorded, and so need no study to be evaluated. */
export const historyFlags = {
  study: sharedFlags.study.pipe(
    Flag.withDescription("only what was recorded of this dag.ts (default: of all that the cache knows); may be given more than once")
  ),
  cache: sharedFlags.cache,
  json: sharedFlags.json
}
export type HistoryFlags = Pick<SharedFlags, "study" | "cache" | "json">

/** What commands ask of the history of a cache. */
export interface Recorded {
  readonly store: Layer.Layer<ObjectStore | TraceIndex | RunHistory, CliFailure>
  /** Whether a study is asked about: one of those named, or any where none is. */
  readonly isAsked: (study: string) => boolean
}

/** Opens a cache's history; with `--study`, as far as it is of these studies. */
export const openHistory = (flags: HistoryFlags, installation: Installation): Effect.Effect<Recorded, CliFailure> =>
  Effect.gen(function* () {
    yield* wellFormed(cacheOf(flags))
    const store = storeOf({ cache: cacheOf(flags), run: runName(new Date()) })
    if (flags.study.length === 0) return { store, isAsked: () => true }
    const { remember, studies } = yield* openWorkspace({ ...flags, with: [], indicators: [], set: [], as: "" }, installation)
    remember()
    const names = new Set(studies.map((study) => study.graph.study))
    // What is recorded of a study's branches is of the study.
    return { store, isAsked: (study: string) => names.has(study) || names.has(study.replace(/@.*$/s, "")) }
  })

/** The runs of the studies that are asked about. */
export const runsOf = (history: RunHistory["Service"], isAsked: Recorded["isAsked"]): NamedRuns => ({
  runs: history.runs().filter((run: RunRecord) => run.studies.some(({ study }) => isAsked(study))),
  tags: history.tags()
})
