/** Executes fresh nodes once more with their present inputs, beside the store, and tells what does not come out the same. */
import { Effect } from "effect"
import type { StoredColumn, StoredTable } from "../../artifact/column.ts"
import type { ColumnSummary, TableSummary } from "../../artifact/hash.ts"
import { readArrow } from "../../artifact/read.ts"
import { CommandLog } from "../../dag/command.ts"
import type { GraphNode } from "../../dag/dag.ts"
import type { Fault } from "../../dag/stage.ts"
import { ObjectStore } from "../../store/objects.ts"
import type { Trace } from "../../store/trace.ts"
import { attempt } from "../attempts.ts"
import type { Produced, Task, Turn } from "../execute.ts"
import { Executor } from "../executor.ts"
import { type NodePlan, nodeSeed } from "../plan.ts"
import type { Study } from "../study.ts"
import { takeInputs } from "../task-inputs.ts"

/** A column that came out otherwise: its values (with the first row in which they differ), its unit or description, or that it is there at all. */
export interface ColumnDifference {
  readonly output: string
  readonly column: string
  readonly differs: "values" | "unit or description" | "there before, not now" | "there now, not before"
  readonly row?: number
  readonly before?: string
  readonly now?: string
}
export interface Rerun {
  readonly node: string
  readonly stage: string
  /** The trace that it was compared with. */
  readonly trace: Trace
  readonly differences: ReadonlyArray<ColumnDifference>
  /** Warnings that only one of the two gave. */
  readonly warnings: { readonly before: ReadonlyArray<Fault>; readonly now: ReadonlyArray<Fault> }
  /** What it read and had not read before. */
  readonly newReads: ReadonlyArray<string>
  /** Why it could not be executed, or failed. */
  readonly faults: ReadonlyArray<Fault>
  readonly ms: number
}
export const cameOutTheSame = ({ differences, faults, newReads, warnings }: Rerun): boolean =>
  differences.length + faults.length + newReads.length + warnings.before.length + warnings.now.length === 0

const cell = ({ kind, valid, values }: StoredColumn, row: number): string => {
  if (row >= values.length) return "no such row"
  if (valid?.[row] === 0) return "missing"
  const value = values[row]!
  return kind === "flag" ? String(value === 1) : kind === "text" || kind === "category" ? JSON.stringify(value) : String(value)
}

/** The first row in which two columns differ. */
const firstDifference = (before: StoredColumn, now: StoredColumn): Pick<ColumnDifference, "row" | "before" | "now"> => {
  const rows = Math.max(before.values.length, now.values.length)
  for (let row = 0; row < rows; row++) {
    const [old, fresh] = [cell(before, row), cell(now, row)]
    if (old !== fresh) return { row, before: old, now: fresh }
  }
  return { before: before.kind, now: now.kind }
}

const compareTables = (
  output: string,
  before: { readonly summary: TableSummary; readonly table: () => StoredTable },
  now: { readonly summary: TableSummary; readonly table: () => StoredTable }
): ReadonlyArray<ColumnDifference> => {
  const after = new Map(now.summary.columns.map((column) => [column.name, column]))
  const valuesOf = ({ table }: typeof before, name: string) => table().columns.find((column) => column.name === name)!
  const changed = before.summary.columns.flatMap((old: ColumnSummary): ReadonlyArray<ColumnDifference> => {
    const { name } = old
    const one = after.get(name)
    if (one === undefined) return [{ output, column: name, differs: "there before, not now" }]
    if (one.data !== old.data) return [{ output, column: name, differs: "values", ...firstDifference(valuesOf(before, name), valuesOf(now, name)) }]
    return one.metadata === old.metadata ? [] : [{ output, column: name, differs: "unit or description" }]
  })
  const known = new Set(before.summary.columns.map(({ name }) => name))
  return [
    ...changed,
    ...now.summary.columns.flatMap(({ name }) => (known.has(name) ? [] : [{ output, column: name, differs: "there now, not before" as const }]))
  ]
}

/** Those of `all` that are not among `others`, each as often as it is more often there. In which order a stage warns is its own. */
const without = (all: ReadonlyArray<Fault>, others: ReadonlyArray<Fault>): ReadonlyArray<Fault> => {
  const left = others.map((one) => JSON.stringify(one))
  return all.filter((one) => {
    const at = left.indexOf(JSON.stringify(one))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const fault = (code: string, message: string): Fault => ({ code, message })

/** Executes a fresh node of which `plans` has the trace, and those of all that it reads. */
export const rerun = (study: Study, node: GraphNode, plans: ReadonlyMap<string, NodePlan>): Effect.Effect<Rerun, never, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const faults: Array<Fault> = []
    const traceOf = (name: string): Trace | undefined => {
      const plan = plans.get(name)
      return plan?.state === "fresh" ? plan.trace : undefined
    }
    const trace = traceOf(node.name)!
    const bytesOf = (artifact: string) =>
      objects.get(artifact).pipe(
        Effect.catch((error) => {
          faults.push(fault(error._tag, error.message))
          return Effect.succeed(undefined)
        })
      )
    const { inputs } = yield* takeInputs(node, {
      source: (path) =>
        Effect.gen(function* () {
          const planned = study.source(path).sha256
          const file = yield* study.readSource(path)
          if (file?.sha256 !== planned) faults.push(fault("source-changed", `the file ${path} changed while it was to be read`))
          return file
        }),
      output: (from, output) =>
        Effect.gen(function* () {
          const traced = traceOf(from)?.outputs[output]
          const bytes = traced && (yield* bytesOf(traced.artifact))
          return traced && bytes && { ...traced, bytes }
        })
    })
    const done = (more: Partial<Rerun>): Rerun => ({
      node: node.name,
      stage: node.stage,
      trace,
      differences: [],
      warnings: { before: [], now: [] },
      newReads: [],
      faults,
      ms: 0,
      ...more
    })
    if (faults.length > 0) return done({})

    const task: Task = { node: node.name, stage: node.stage, params: node.params, inputs, seed: nodeSeed(study.graph.seed, node) }
    const loaded = yield* study.load
    const executor = yield* Executor
    const outcome = yield* attempt(loaded.stages[node.stage]!, (turn: Turn) => executor.execute(loaded, task, () => true, turn), {
      begins: () => true,
      retries: () => {},
      fails: () => {}
    })
    if (outcome?.outputs === undefined) return done({ faults: outcome?.faults ?? [], ms: outcome?.ms ?? 0 })
    const { ms, outputs, reads } = outcome
    const before = new Set(trace.reads.map(({ read }) => read))
    const newReads = reads.filter((read) => !before.has(read))
    const differences: Array<ColumnDifference> = []
    for (const [output, { artifact, summary }] of Object.entries(trace.outputs)) {
      // What a command says of itself, when it ran and how long, is no result.
      if (node.outputs[output] === CommandLog.name) continue
      const now: Produced | undefined = outputs[output]
      if (now === undefined) faults.push(fault("no-output", `it no longer has an output ${output}`))
      else {
        // The trace has the hash of every column: the artifact is read only where some differ.
        const bytes = JSON.stringify(summary) === JSON.stringify(now.summary) ? undefined : yield* bytesOf(artifact)
        if (bytes !== undefined)
          differences.push(...compareTables(output, { summary, table: () => readArrow(bytes) }, { summary: now.summary, table: () => readArrow(now.bytes) }))
      }
    }
    const warnings = { before: without(trace.warnings, outcome.warnings), now: without(outcome.warnings, trace.warnings) }
    return done({ differences, warnings, newReads, ms })
  })
