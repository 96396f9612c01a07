import { Clock, Effect } from "effect"
import { type GraphNode, upstreamOf } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { RunRecord } from "../store/runs.ts"
import type { Acceptance, Trace } from "../store/trace.ts"
import { artifactsOf } from "./make.ts"
import { type Known, type NodePlan, neededFor, paramsHash, planNode } from "./plan.ts"
import { recordedTrace } from "./recorded-trace.ts"
import { inBrief } from "./sentences.ts"
import type { Study } from "./study.ts"

export interface AcceptRequest {
  readonly run: string
  readonly command: ReadonlyArray<string>
  readonly reason: string
  readonly study: Study
  readonly nodes: ReadonlyArray<GraphNode>
  /** The command that runs a node, as the reader of a refusal would type it. */
  readonly toRun: (node: string) => string
}
export interface Accepted {
  readonly node: string
  readonly artifacts: Readonly<Record<string, string>>
  readonly acceptance: Acceptance
}
/** Why what a node has cannot be accepted. */
export interface Refusal {
  readonly node: string
  readonly code: "not-only-code" | "inputs-pending" | "nothing-before" | "lost"
  readonly message: string
}
export interface AcceptReport {
  readonly accepted: ReadonlyArray<Accepted>
  readonly fresh: ReadonlyArray<string>
  /** If there is any, nothing was accepted. */
  readonly refused: ReadonlyArray<Refusal>
}

type Decision = { readonly trace: Trace } | Refusal

const sameKeys = (a: object, b: object): boolean => JSON.stringify(Object.keys(a).sort()) === JSON.stringify(Object.keys(b).sort())

/** The trace by which a stale node has what it has, if its code is the only reason for which that does not count. */
const acceptable = (
  study: Study,
  node: GraphNode,
  plan: Exclude<NodePlan, { state: "fresh" }>,
  pending: ReadonlyArray<string>,
  known: Known,
  toRun: string
): Decision => {
  const { name } = node
  const refuse = (code: Refusal["code"], message: string): Refusal => ({ node: name, code, message })
  const before = known.history.lastOf(study.graph.study, name, "good")
  if (before === undefined) return refuse("nothing-before", `${name} has no artifact yet, so there is nothing to accept: ${toRun} makes one`)
  const others = plan.why.filter(({ reason }) => reason !== "code")
  if (others.length > 0 && plan.state === "stale")
    return refuse(
      "not-only-code",
      `${name} is stale for more than its code: ${inBrief(others)}. Accepting keeps an artifact over a change of code only: ${toRun}`
    )
  if (pending.length > 0)
    return refuse(
      "inputs-pending",
      `${name} rests on ${pending.join(", ")}, which ${pending.length === 1 ? "is" : "are"} not up to date: run or accept ${pending.length === 1 ? "it" : "these"} first`
    )
  const trace = recordedTrace(known.traces, before)
  if (trace === undefined) return refuse("nothing-before", `how the artifact of ${name} was made is no longer known, so it cannot be accepted: ${toRun}`)
  if (!sameKeys(before.inputs, node.inputs) || !sameKeys(trace.outputs, node.outputs))
    return refuse("not-only-code", `the inputs or outputs of ${name} are not those of before, so what its code did does not tell what it would do: ${toRun}`)
  return { trace }
}

/**
 * Keeps what nodes have over a change of their code: writes, for each, a trace that says that today's code makes of the same the same. All of them or none; in
 * the graph's order, so that nodes that rest on each other can be accepted together.
 */
export const accept = (request: AcceptRequest, known: Known): Effect.Effect<AcceptReport, StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const { command, nodes, reason, run, study, toRun } = request
    const objects = yield* ObjectStore
    const began = yield* Clock.currentTimeMillis
    const name = study.graph.study
    const asked = new Set(nodes.map((node) => node.name))
    const plans = new Map<string, NodePlan>()
    const summary = (from: string, output: string) => {
      const plan = plans.get(from)
      return plan?.state === "fresh" ? plan.trace.outputs[output]?.summary : undefined
    }
    const accepted: Array<Accepted> = []
    const refused: Array<Refusal> = []
    const records: Array<() => void> = []
    for (const node of neededFor(study, [...asked])) {
      const plan = planNode(study, node, summary, known)
      plans.set(node.name, plan)
      if (plan.state === "fresh" || !asked.has(node.name)) continue
      const pending = upstreamOf(node).filter((one) => plans.get(one)?.state !== "fresh")
      const decision = acceptable(study, node, plan, pending, known, toRun(node.name))
      if ("message" in decision) {
        refused.push(decision)
        continue
      }
      const { trace } = decision
      const artifacts = artifactsOf(trace.outputs)
      const damaged = yield* Effect.forEach(Object.values(artifacts), (artifact) => Effect.result(objects.get(artifact)))
      const lost = damaged.find((one) => one._tag === "Failure")
      if (lost?._tag === "Failure") {
        refused.push({ node: node.name, code: "lost", message: `${lost.failure.message}, so it cannot be accepted: ${toRun(node.name)}` })
        continue
      }
      for (const artifact of Object.values(artifacts)) yield* objects.touch(artifact)
      const code = study.fingerprint(node.stage)
      const acceptance: Acceptance = { reason, at: began, run, command, from: trace.code }
      const { at, ms, outputs, reads, run: madeIn, warnings } = trace
      known.traces.add({
        code,
        params: paramsHash(node.params),
        reads,
        outputs,
        warnings,
        ms,
        run: madeIn,
        at,
        accepted: [...(trace.accepted ?? []), acceptance]
      })
      plans.set(node.name, planNode(study, node, summary, known))
      accepted.push({ node: node.name, artifacts, acceptance })
      records.push(() => {
        known.history.addCode(code, study.declarations(node.stage))
        const { inputs, params, stage } = node
        known.history.addNode({
          run,
          at: began,
          study: name,
          node: node.name,
          stage,
          state: "fresh",
          code,
          params,
          inputs,
          reads,
          artifacts,
          why: [],
          warnings,
          ms: 0
        })
      })
    }
    const fresh = [...asked].filter((one) => plans.get(one)?.state === "fresh" && accepted.every(({ node }) => node !== one))
    if (refused.length > 0) return { accepted: [], fresh, refused }
    if (accepted.length === 0) return { accepted, fresh, refused }
    const last = known.history.runs().find((one) => one.studies.some((other) => other.study === name))
    const base = last && { run: last.run, at: known.history.stateOf(name, last.run, began).at }
    for (const record of records) record()
    const looked = accepted.map(({ node }) => node)
    const record: RunRecord = {
      run,
      at: began,
      command,
      studies: [{ study: name, variant: study.variant, nodes: looked.length, looked, ...(base === undefined ? {} : { base }), gone: [] }],
      ok: true,
      ms: (yield* Clock.currentTimeMillis) - began,
      states: { fresh: looked.length }
    }
    known.history.addRun(record)
    yield* known.history.commit
    return { accepted, fresh, refused }
  })
