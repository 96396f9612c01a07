import type { GraphNode } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { NodeRecord } from "../store/runs.ts"
import type { Acceptance } from "../store/trace.ts"
import { cannotRun } from "./cannot-run.ts"
import { type Edit, editsBehind, follow, type Link, type LinkOf } from "./chain.ts"
import { failedBelow, type LastFailure } from "./last-failure.ts"
import { type Known, type NodePlan, neededFor, planStudy, skippedNodes } from "./plan.ts"
import type { Reason } from "./reasons.ts"
import { recordedTrace } from "./recorded-trace.ts"
import type { Study } from "./study.ts"

export interface Explanation {
  readonly state: "fresh" | "stale" | "unknown"
  readonly why: ReadonlyArray<Reason>
  /** The programs for lack of which it would be skipped. */
  readonly lacking: ReadonlyArray<string>
  /** What keeps it from running, where something does: files, folders and programs that are not there, its own or of what it rests on. */
  readonly cannotRun: ReadonlyArray<Fault>
  /** The nodes between the edit and this one, this one first, each after the one that it explains. */
  readonly chain: ReadonlyArray<Link>
  /** Where that chain begins. */
  readonly edits: ReadonlyArray<Edit>
  /** What the node observed of its inputs when it last came out well. */
  readonly reads: ReadonlyArray<string>
  /** By which words a fresh node has what code of before made. */
  readonly accepted: ReadonlyArray<Acceptance>
  /** How it failed when it was last executed, or else how those that it rests on did; none where it is fresh. */
  readonly failed: ReadonlyArray<LastFailure>
  /** The execution that made what it is (what it was, where it is not fresh): when, in which run, and the chain of then; that is empty where it is not known. */
  readonly lastRan:
    | {
        readonly run: string
        readonly at: number
        readonly ms: number
        /** Where another machine executed it. */
        readonly from?: "shared store"
        readonly chain: ReadonlyArray<Link>
        readonly edits: ReadonlyArray<Edit>
      }
    | undefined
}

const asLink = (record: NodeRecord): Link => ({ node: record.node, state: record.state, why: record.why as unknown as ReadonlyArray<Reason> })

/** The links of nodes that were made, or found again, since a moment, by their records. */
export const madeSince =
  (recordOf: (node: string) => NodeRecord | undefined, since: number): LinkOf =>
  (name) => {
    const record = recordOf(name)
    return record === undefined || record.at <= since ? undefined : asLink(record)
  }

/** Why a node would run, or why it ran the last time: from the edit, over the columns that changed, to the node. Changes nothing. */
export const explainNode = (study: Study, node: GraphNode, known: Known): Explanation => {
  const { history } = known
  const { study: name } = study.graph
  const needed = neededFor(study, [node.name])
  const plans = planStudy(study, needed, known)
  const plan = plans.get(node.name)!
  const before = history.lastOf(name, node.name, "good")
  // What it rests on may have been made by a run that did not come to it.
  const earlier = madeSince((one) => history.lastOf(name, one, "good"), before?.at ?? Number.POSITIVE_INFINITY)
  const wouldRun: LinkOf = (one) => {
    const planned = plans.get(one)
    if (planned === undefined || (planned.state === "fresh" && one === node.name)) return undefined
    return planned.state === "fresh" ? earlier(one) : { node: one, state: planned.state, why: planned.why }
  }
  const lacking = skippedNodes(needed, plans).get(node.name) ?? []
  return {
    state: plan.state,
    why: plan.state === "fresh" ? [] : plan.why,
    lacking,
    cannotRun: lacking.length > 0 ? [] : (cannotRun(study, needed, plans).get(node.name) ?? []),
    chain: follow(node.name, wouldRun),
    edits: editsBehind([node.name], wouldRun).all,
    reads: (plan.state === "fresh" ? plan.trace.reads : (before?.reads ?? [])).map((one) => one.read),
    accepted: (plan.state === "fresh" && plan.trace.accepted) || [],
    failed: plan.state === "fresh" ? [] : failedBelow(history, study, node),
    lastRan: madeBy(known, name, node.name, plan, before)
  }
}

/** The execution that made what a node is, or (not fresh) was when it last came out well: that may be an older one than its last, where what it had been was found again. */
const madeBy = (known: Known, study: string, node: string, plan: NodePlan, before: NodeRecord | undefined): Explanation["lastRan"] => {
  const made = plan.state === "fresh" ? plan.trace : before?.state === "fresh" ? recordedTrace(known.traces, before) : before
  if (made === undefined) return undefined
  const { at, ms, run } = made
  // Another study, or branch, may have made it, or gc have forgotten the run: why is not known then.
  const record = known.history.nodesOf(run).findLast((one) => one.study === study && one.node === node && one.state === "ran")
  // What came from the shared store is of a run that is none of here.
  const isOfHere = [...known.history.runs(), ...known.history.forgotten()].some((one) => one.run === run)
  // What it is now may be another thing than what the last record of it tells of.
  const isRecorded = plan.state !== "fresh" || Object.entries(plan.trace.outputs).every(([output, { artifact }]) => before?.artifacts[output] === artifact)
  const from = isOfHere || !isRecorded ? undefined : before?.from
  if (record === undefined) return { run, at, ms, ...(from && { from }), chain: [], edits: [] }
  return { run, at, ms, ...whyItRan(known, record) }
}

/** Why a node ran: the chain of its run, and of the runs between that and the time before. */
const whyItRan = ({ history }: Known, last: NodeRecord): Pick<NonNullable<Explanation["lastRan"]>, "chain" | "edits"> => {
  const { node, run, study } = last
  const state = history.stateOf(study, run)
  const base = history
    .runs()
    .find((one) => one.run === run)
    ?.studies.find((one) => one.study === study)?.base
  const before = base && history.stateOf(study, base.run, base.at).nodes.get(node)?.record()
  // In its own run, what it rests on was made no later than it.
  const linkOf: LinkOf = (one) =>
    one === node ? asLink(last) : madeSince((name) => state.nodes.get(name)?.record(), before?.at ?? Number.NEGATIVE_INFINITY)(one)
  return { chain: follow(node, linkOf), edits: editsBehind([node], linkOf).all }
}
