import type { NodeRecord } from "../store/runs.ts"
import type { Trace } from "../store/trace.ts"
import type { TraceIndex } from "../store/traces.ts"
import { paramsHash } from "./plan.ts"

/** The trace by which a recorded node has the artifacts that it has; undefined where it is no longer kept. */
export const recordedTrace = (traces: TraceIndex["Service"], record: NodeRecord): Trace | undefined => {
  const values = new Map(record.reads.map(({ read, value }) => [read, value]))
  const found = traces.find(record.code, paramsHash(record.params), (read) => values.get(read))
  return found !== undefined && Object.entries(record.artifacts).every(([output, artifact]) => found.outputs[output]?.artifact === artifact) ? found : undefined
}

/** The run that made what a recorded node has, and when. */
export const madeIn = (traces: TraceIndex["Service"], record: NodeRecord): { readonly run: string; readonly at: number } => {
  const { at, run } = record.state === "fresh" ? (recordedTrace(traces, record) ?? record) : record
  return { run, at }
}
