/** A run in which nothing is to be done, and nothing needs to be planned to know it. */
import { Effect } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { encodeRun, type RunRecord, type StudyRecord } from "../store/runs.ts"
import { RunLog } from "../store/segment-log.ts"
import type { FreshMemory } from "./fresh-memory.ts"
import type { QuietStudy } from "./request.ts"
import type { Study } from "./study.ts"

/** Those of the studies whose every node is fresh, as far as it is remembered and still right. */
export const quietStudies = (studies: ReadonlyArray<Study>, memory: FreshMemory): Effect.Effect<ReadonlyArray<QuietStudy>, StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const found = studies.flatMap((study) => {
      const recalled = memory.recall(study)
      return recalled === undefined ? [] : [{ study, ...recalled }]
    })
    if (found.length === 0) return []
    const present = yield* (yield* ObjectStore).list
    return found.filter(({ artifacts }) => artifacts.every((artifact) => present.has(artifact)))
  })

export const quietRecord = ({ answer, study }: QuietStudy): StudyRecord => ({
  study: study.graph.study,
  variant: study.variant,
  nodes: answer.nodes,
  base: answer.base,
  gone: []
})

/** Records a run in which all that was asked for is quiet. */
export const recordQuiet = (run: Omit<RunRecord, "studies" | "ok" | "states">, quiet: ReadonlyArray<QuietStudy>): Effect.Effect<void, StoreFailure, RunLog> =>
  Effect.gen(function* () {
    const log = yield* RunLog
    const fresh = quiet.reduce((sum, { answer }) => sum + answer.nodes, 0)
    log.append("run", encodeRun({ ...run, studies: quiet.map(quietRecord), ok: true, states: { fresh } }))
    yield* log.flushAfter(Effect.void)
  })
