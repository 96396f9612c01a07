import { Effect } from "effect"
import type { TableSummary } from "../../../artifact/hash.ts"
import { failedBelow } from "../../../engine/last-failure.ts"
import { recordedTrace } from "../../../engine/recorded-trace.ts"
import { failureSentence } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import { nodeIn } from "../../../engine/time-travel.ts"
import type { NodeRecord } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { toType } from "../../../workspace/command-to-type.ts"
import { runsOf } from "../../../workspace/history.ts"
import { findRun } from "../../../workspace/run-reference.ts"
import { known } from "../../../workspace/workspace.ts"
import { Studies } from "../studies.ts"
import { studyToday } from "../today/study-today.ts"
import type { Queryable, Queryables } from "./protocol.ts"

/** A table with what is recorded of it; without `summary` where the trace that made it is no longer kept. */
export interface StudyTable extends Queryable {
  readonly summary: TableSummary | undefined
}
export interface StudyTables extends Queryables {
  /** Which study, and which run of it. */
  readonly of: string
  readonly tables: ReadonlyArray<StudyTable>
}

interface Made {
  readonly artifact: string
  readonly summary: TableSummary | undefined
}

/** The tables of a node's outputs: the only one, or that called "output", has the node's name. */
const named = (node: string, outputs: ReadonlyMap<string, Made>, stale: boolean): ReadonlyArray<StudyTable> =>
  [...outputs].flatMap(([output, made]) => {
    const whole = { name: `${node}.${output}`, node, output, stale, ...made }
    if (outputs.size === 1) return [{ ...whole, name: node }]
    return output === "output" ? [{ ...whole, name: node }, whole] : [whole]
  })

const outputsOf = (record: NodeRecord, summaryOf: (output: string) => TableSummary | undefined): ReadonlyMap<string, Made> =>
  new Map(Object.entries(record.artifacts).map(([output, artifact]) => [output, { artifact, summary: summaryOf(output) }]))

/** Today's artifacts; of a node that would be made anew, that of before. */
const tablesToday = (name: string) =>
  Effect.gen(function* () {
    const { nodes, study } = yield* studyToday(name)
    const { history } = yield* known
    const tables: Array<StudyTable> = []
    const without: Array<Queryables["without"][number]> = []
    for (const { artifacts, node, plan, trace } of nodes.values()) {
      const outputs = Object.entries(artifacts).map(([output, artifact]) => [output, { artifact, summary: trace?.outputs[output]?.summary }] as const)
      if (outputs.length > 0) tables.push(...named(node.name, new Map(outputs), plan.state !== "fresh"))
      else {
        const failed = failedBelow(history, study, node).map((one) => `${one.node} ${failureSentence(one)}`)
        without.push({
          name: node.name,
          why: `${node.name} has no artifact yet${failed.length === 0 ? "" : `, since ${failed.join("; ")}`}: ${toType("run", node.name)}`
        })
      }
    }
    return { tables, without }
  })

/** The artifacts of a run, as far as it came to them. */
const tablesOfRun = (study: Study, reference: string) =>
  Effect.gen(function* () {
    const { history, traces } = yield* known
    const { study: name } = study.graph
    const run = yield* findRun(
      reference,
      runsOf(history, (one) => one === name)
    )
    const tables: Array<StudyTable> = []
    const without: Array<Queryables["without"][number]> = []
    for (const node of history.stateOf(name, run.run).nodes.keys()) {
      const past = nodeIn(history, run, name, node)
      if (past.found === "record" && Object.keys(past.record.artifacts).length > 0) {
        const trace = recordedTrace(traces, past.record)
        tables.push(
          ...named(
            node,
            outputsOf(past.record, (output) => trace?.outputs[output]?.summary),
            false
          )
        )
      } else without.push({ name: node, why: `${node} has no artifact in run ${run.run}` })
    }
    return { tables, without }
  })

/** Planning costs more than most queries: a study that is the same object, with the same store, has the same tables. */
const found = new WeakMap<Study, { readonly traces: TraceIndex["Service"]; readonly byRun: Map<string | null, StudyTables> }>()

/** What can be queried of a study: today's artifacts, or those of a run. */
export const studyTables = (name: string, run: string | null) =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(name)
    const traces = yield* TraceIndex
    const before = found.get(study)
    const byRun = before?.traces === traces ? before.byRun : new Map<string | null, StudyTables>()
    found.set(study, { traces, byRun })
    const kept = byRun.get(run)
    if (kept !== undefined) return kept
    const { tables, without } = yield* run === null ? tablesToday(name) : tablesOfRun(study, run)
    const all: StudyTables = { of: JSON.stringify([name, run]), tables, without }
    byRun.set(run, all)
    return all
  })
