import type { GraphNode } from "../dag/dag.ts"
import type { NodeRecord } from "../store/runs.ts"
import { type Known, neededFor, planStudy } from "./plan.ts"
import type { Reason } from "./reasons.ts"
import type { Study } from "./study.ts"

/** One link of the chain from an edit to a node: a node, and why it runs or ran. */
export interface Link {
  readonly node: string
  readonly state: string
  readonly why: ReadonlyArray<Reason>
}

export interface Explanation {
  readonly state: "fresh" | "stale" | "unknown"
  readonly why: ReadonlyArray<Reason>
  /** The nodes between the edit and this one, this one first, each after the one that it explains. */
  readonly chain: ReadonlyArray<Link>
  /** What the node observed of its inputs when it last came out well. */
  readonly reads: ReadonlyArray<string>
  /** When it ran for what it is now (for what it was, where it is not fresh): when, in which run, and the chain of then. */
  readonly lastRan: { readonly run: string; readonly at: number; readonly ms: number; readonly chain: ReadonlyArray<Link> } | undefined
}

/** Follows "input" reasons upstream, breadth first, naming each node once. */
const follow = (start: string, linkOf: (node: string) => Link | undefined): ReadonlyArray<Link> => {
  const chain: Array<Link> = []
  const seen = new Set([start])
  for (const queue = [start]; queue.length > 0; ) {
    const link = linkOf(queue.shift()!)
    if (link === undefined) continue
    chain.push(link)
    for (const reason of link.why)
      if (reason.reason === "input" && !seen.has(reason.node)) {
        seen.add(reason.node)
        queue.push(reason.node)
      }
  }
  return chain
}

const asLink = (record: NodeRecord): Link => ({ node: record.node, state: record.state, why: record.why as unknown as ReadonlyArray<Reason> })

/** Why a node would run, or why it ran the last time: from the edit, over the columns that changed, to the node. Changes nothing. */
export const explainNode = (study: Study, node: GraphNode, known: Known): Explanation => {
  const plans = planStudy(study, neededFor(study, [node.name]), known)
  const plan = plans.get(node.name)!
  const recordsOf = (run: string) =>
    new Map(known.history.nodesOf(run).flatMap((record) => (record.study === study.graph.study ? [[record.node, record] as const] : [])))
  const made = plan.state === "fresh" ? recordsOf(plan.trace.run).get(node.name) : undefined
  const last = made ?? known.history.lastOf(study.graph.study, node.name, "ran")
  const then: ReadonlyMap<string, NodeRecord> = last === undefined ? new Map() : recordsOf(last.run)
  return {
    state: plan.state,
    why: plan.state === "fresh" ? [] : plan.why,
    chain: follow(node.name, (name) => {
      const one = plans.get(name)
      return one === undefined || one.state === "fresh" ? undefined : { node: name, state: one.state, why: one.why }
    }),
    reads: (plan.state === "fresh" ? plan.trace.reads : (known.history.lastOf(study.graph.study, node.name, "good")?.reads ?? [])).map((one) => one.read),
    lastRan:
      last === undefined
        ? undefined
        : {
            run: last.run,
            at: last.at,
            ms: last.ms,
            chain: follow(node.name, (name) => {
              const record = then.get(name)
              return record === undefined || record.state === "fresh" ? undefined : asLink(record)
            })
          }
  }
}
