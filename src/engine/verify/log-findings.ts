import { Effect } from "effect"
import type { StoreFailure } from "../../store/failure.ts"
import { isReadable } from "../../store/record-check.ts"
import type { RunHistory, RunRecord } from "../../store/runs.ts"
import type { Loss, RecordType, SegmentLog } from "../../store/segment-log.ts"

/** One thing that a look at the store has found. */
export interface Finding {
  readonly code: string
  readonly message: string
  readonly where?: {
    readonly file?: string
    readonly offset?: number
    readonly bytes?: number
    readonly study?: string
    readonly node?: string
    readonly run?: string
  }
}

/** Bytes of a segment that are no record, in words. */
export const lossFinding = (loss: Loss, folder: "traces" | "runs"): { readonly damage?: Finding; readonly note?: Finding } => {
  const { bytes, kind, offset, segment } = loss
  const where = { file: segment, offset, bytes }
  const at = `${segment}: ${bytes} bytes from byte ${offset} on`
  switch (kind) {
    case "torn":
      return {
        note: {
          code: "torn",
          message: `${at} are a record that was not finished: its process was killed, or writes just now. No damage: it was never committed`,
          where
        }
      }
    case "newer version":
      return { note: { code: "newer-version", message: `${at} were written by a newer Sediment, and are left alone`, where } }
    case "damaged":
      return {
        damage: {
          code: "log-damaged",
          message: `${at} are damaged: ${folder === "traces" ? "how some nodes came to their values is lost; which of these are needed is told below" : "some of what runs did is lost. This is history only: no value is lost by it"}`,
          where
        }
      }
  }
}

/** Runs of which something is no longer recorded that another record speaks of. */
export const historyFindings = (history: RunHistory["Service"], runs: ReadonlyArray<RunRecord>): ReadonlyArray<Finding> => {
  const names = new Set([...runs, ...history.forgotten()].map(({ run }) => run))
  return runs.flatMap(({ run, states = {}, studies }): ReadonlyArray<Finding> => {
    const bases = new Set(studies.flatMap(({ base }) => (base === undefined || names.has(base.run) ? [] : [base.run])))
    const gone = [...bases].map((base) => ({
      code: "run-lost",
      message: `run ${run} is told as what it changed in run ${base}, and of that one there is no record: what its other nodes were then is lost. This is history only`,
      where: { run }
    }))
    const due = (states.ran ?? 0) + (states.failed ?? 0) + (states.blocked ?? 0)
    const told = new Set(history.nodesOf(run).flatMap(({ node, state, study }) => (state === "fresh" ? [] : [`${study}:${node}`]))).size
    return told >= due
      ? gone
      : [
          ...gone,
          {
            code: "run-incomplete",
            message: `of ${due} nodes that run ${run} made or failed to make, ${told} are recorded. This is history only`,
            where: { run }
          }
        ]
  })
}

const TYPES: ReadonlyArray<RecordType> = ["trace", "node", "code", "run", "tag"]

/** Records that are whole by their checksum and make no sense. */
export const unreadable = (log: SegmentLog, folder: string): Effect.Effect<ReadonlyArray<Finding>, StoreFailure> =>
  Effect.map(log.records, (records) =>
    TYPES.flatMap((type) => records(type).filter((record) => !isReadable(record))).map(() => ({
      code: "record-unreadable",
      message: `${folder}: a record is whole and makes no sense; it is as good as lost`,
      where: { file: folder }
    }))
  )
