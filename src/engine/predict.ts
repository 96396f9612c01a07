import type { RunHistory } from "../store/runs.ts"
import { lastRecord } from "./last-record.ts"
import type { NodePlan } from "./plan.ts"
import type { Study } from "./study.ts"

/** What a study's stale nodes are expected to cost, from past runs: work, the sum of the nodes' own times. Where several run at a time, less time passes. */
export interface Prediction {
  /** By node, of those that are stale or unknown: milliseconds; undefined where nothing like it has run. */
  readonly nodes: ReadonlyMap<string, number | undefined>
  /** Of the stale nodes: what runs in any case. */
  readonly ms: number
  /** With the nodes of unknown state: what runs if none is cut off. */
  readonly upTo: number
  /** How many of the stale nodes, and of the unknown ones, nothing is known of. */
  readonly untimed: { readonly stale: number; readonly unknown: number }
}

const median = (values: ReadonlyArray<number>): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length === 0 ? undefined : Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]
}

/** A node is expected to take what it took the last time that it ran with its stage, whatever the code was then; or else the median of the nodes of its stage. */
export const predict = (study: Study, plans: ReadonlyMap<string, NodePlan>, history: RunHistory["Service"]): Prediction => {
  const lastTime = (node: string, stage: string): number | undefined => {
    const last = lastRecord(history, study.graph.study, node, "ran")
    return last?.stage === stage ? last.ms : undefined
  }
  const medians = new Map<string, number | undefined>()
  const medianOf = (stage: string): number | undefined => {
    if (!medians.has(stage))
      medians.set(
        stage,
        median(study.graph.nodes.flatMap((node) => (node.stage === stage ? [lastTime(node.name, stage)] : []).filter((ms) => ms !== undefined)))
      )
    return medians.get(stage)
  }
  const nodes = new Map<string, number | undefined>()
  const sums = { stale: 0, unknown: 0 }
  const untimed = { stale: 0, unknown: 0 }
  for (const { name, stage } of study.graph.nodes) {
    const state = plans.get(name)?.state
    if (state !== "stale" && state !== "unknown") continue
    const ms = lastTime(name, stage) ?? medianOf(stage)
    nodes.set(name, ms)
    if (ms === undefined) untimed[state]++
    else sums[state] += ms
  }
  return { nodes, ms: sums.stale, upTo: sums.stale + sums.unknown, untimed }
}
