import { hash } from "node:crypto"
import type { TableSummary } from "../artifact/hash.ts"
import { type GraphNode, upstreamOf } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { NodeRecord, RunHistory } from "../store/runs.ts"
import type { Trace } from "../store/trace.ts"
import type { TraceIndex } from "../store/traces.ts"
import type { Lack } from "./command/machine.ts"
import { lastRecord } from "./last-record.ts"
import { PROGRAM, type Today, valueToday } from "./reads.ts"
import { pendingReasons, type Reason, staleReasons } from "./reasons.ts"
import type { Study } from "./study.ts"

/** What `run` would do with a node: nothing, run it, or decide when its inputs have run. */
export type NodePlan =
  /** `lacks`: it is a command whose program is not there, so that it is taken to be the version that it was. */
  | { readonly state: "fresh"; readonly trace: Trace; readonly lacks?: Lack }
  | { readonly state: "stale"; readonly why: ReadonlyArray<Reason> }
  | { readonly state: "unknown"; readonly why: ReadonlyArray<Reason> }

/** What is told of a fresh node: what its stage warned of, and that the program of a command could not be looked at. */
export const warningsIn = (plan: NodePlan): ReadonlyArray<Fault> => {
  if (plan.state !== "fresh") return []
  const { lacks, trace } = plan
  if (lacks === undefined) return trace.warnings
  const version = trace.reads.find(({ read }) => read === PROGRAM)?.value ?? ""
  return [...trace.warnings, { code: "program-unchecked", message: `${lacks.fault.message}. What "${version}" made of the same is taken` }]
}

/** What the store knows, as planning asks it. */
export interface Known {
  readonly traces: TraceIndex["Service"]
  readonly history: RunHistory["Service"]
  readonly hasObject: (sha256: string) => boolean
}

/** SHA-256 of parameters, by their canonical text. */
export const paramsHash = (params: string): string => hash("sha256", params)

const hashes = new WeakMap<GraphNode, string>()
/** That of a node's, which is asked for often. */
export const paramsHashOf = (node: GraphNode): string => {
  let known = hashes.get(node)
  if (known === undefined) hashes.set(node, (known = paramsHash(node.params)))
  return known
}

/** The seed of a node: of the study's seed, its stage's name and its declared stream, and of nothing else. An unsigned 32-bit integer. */
export const nodeSeed = (studySeed: number, node: GraphNode): number => {
  const { stream } = JSON.parse(node.params) as { readonly stream?: unknown }
  return hash("sha256", JSON.stringify([studySeed, node.stage, stream ?? null]), "buffer").readUInt32LE(0)
}

/** What a read of a node gives today; of a program that is not there, what `lastGood` has of it. */
export const valuesToday = (study: Study, node: GraphNode, summary: Today["summary"], lastGood: () => NodeRecord | undefined) => {
  const today: Today = {
    summary,
    source: study.source,
    seed: (one) => nodeSeed(study.graph.seed, one),
    machine: (read) => study.machine.read(node.stage, read) ?? lastGood()?.reads.find((one) => one.read === read)?.value
  }
  return (read: string): string | undefined => valueToday(node, read, today)
}

/** Decides one node from what its inputs are today. */
export const planNode = (study: Study, node: GraphNode, summary: Today["summary"], known: Known): NodePlan => {
  const code = study.fingerprint(node.stage)
  let before: NodeRecord | undefined | null = null
  const lastGood = () => (before === null ? (before = lastRecord(known.history, study.graph.study, node.name, "good")) : before)
  const lacks = study.machine.lacks(node.stage)
  const absent: ReadonlyArray<Reason> =
    lacks?.missing === undefined ? [] : [{ reason: "no-program", program: lacks.missing, optional: study.machine.isOptional(node.stage) }]
  const valueNow = valuesToday(study, node, summary, lastGood)
  const trace = known.traces.find(code, paramsHashOf(node), valueNow)
  if (trace !== undefined) {
    const lost = Object.entries(trace.outputs).filter(([, output]) => !known.hasObject(output.artifact))
    if (lost.length === 0) return { state: "fresh", trace, ...(lacks && { lacks }) }
    return { state: "stale", why: [...lost.map(([output, { artifact }]): Reason => ({ reason: "lost", output, artifact })), ...absent] }
  }
  const pending = pendingReasons(node, summary)
  if (pending.length > 0 && known.traces.mayMatch(code, paramsHashOf(node), valueNow)) return { state: "unknown", why: [...pending, ...absent] }
  const reasons = staleReasons(node, lastGood(), { fingerprint: code, parts: study.declarations(node.stage), partsOf: known.history.codeOf }, valueNow)
  return { state: "stale", why: [...(reasons.length > 0 ? reasons : pending.length > 0 ? pending : [{ reason: "new" } as const]), ...absent] }
}

/** The nodes that a run would skip, each with the programs that are not there: optional commands, and what rests on them. `nodes` stand in an order in which inputs come first. */
export const skippedNodes = (nodes: ReadonlyArray<GraphNode>, plans: ReadonlyMap<string, NodePlan>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const skipped = new Map<string, ReadonlyArray<string>>()
  for (const node of nodes) {
    const plan = plans.get(node.name)
    if (plan === undefined || plan.state === "fresh") continue
    const own = plan.why.flatMap((reason) => (reason.reason === "no-program" && reason.optional ? [reason.program] : []))
    const programs = new Set([...own, ...upstreamOf(node).flatMap((name) => skipped.get(name) ?? [])])
    if (programs.size > 0) skipped.set(node.name, [...programs])
  }
  return skipped
}

/** The nodes that are asked for and all that they rest on, in the graph's order. */
export const neededFor = (study: Study, targets: ReadonlyArray<string>): ReadonlyArray<GraphNode> => {
  const needed = new Set(targets)
  for (const node of [...study.graph.nodes].reverse()) {
    if (needed.has(node.name)) for (const upstream of upstreamOf(node)) needed.add(upstream)
  }
  return study.graph.nodes.filter((node) => needed.has(node.name))
}

/** The state of every node in `nodes`, which stand in an order in which inputs come first. Changes nothing. */
export const planStudy = (study: Study, nodes: ReadonlyArray<GraphNode>, known: Known): ReadonlyMap<string, NodePlan> => {
  const plans = new Map<string, NodePlan>()
  const summary = (name: string, output: string): TableSummary | undefined => {
    const plan = plans.get(name)
    return plan?.state === "fresh" ? plan.trace.outputs[output]?.summary : undefined
  }
  for (const node of nodes) plans.set(node.name, planNode(study, node, summary, known))
  return plans
}
