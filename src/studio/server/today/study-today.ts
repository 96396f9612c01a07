/** A study's nodes as they are today, with the artifacts that they have. */
import { Effect } from "effect"
import type { GraphNode } from "../../../dag/dag.ts"
import type { Fault } from "../../../dag/stage.ts"
import { type NodePlan, planStudy, warningsIn } from "../../../engine/plan.ts"
import { madeIn, recordedTrace } from "../../../engine/recorded-trace.ts"
import { failureSentence, inBrief } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import type { NodeRecord } from "../../../store/runs.ts"
import type { Trace } from "../../../store/trace.ts"
import { TraceIndex } from "../../../store/traces.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import { known } from "../../../workspace/workspace.ts"
import type { Standing } from "../../messages/graph.ts"
import type { Known } from "../answer.ts"
import { type Stands, standings } from "../graph/standing.ts"
import { Studies } from "../studies.ts"

/** A node: today's artifacts where it is fresh, or else those of before. */
export class NodeToday {
  readonly node: GraphNode
  readonly plan: NodePlan
  /** What it was when it last came out well, of one that is not fresh; undefined where it never did. */
  readonly before: NodeRecord | undefined
  readonly #stands: Stands
  readonly #traces: TraceIndex["Service"]
  #params: Readonly<Record<string, unknown>> | undefined

  constructor(node: GraphNode, plan: NodePlan, before: NodeRecord | undefined, stands: Stands, traces: TraceIndex["Service"]) {
    this.node = node
    this.plan = plan
    this.before = before
    this.#stands = stands
    this.#traces = traces
  }

  get state(): Standing {
    return this.#stands.state
  }

  /** Why it is not fresh, in brief words; empty of one that is. */
  get why(): string {
    const { failure } = this.#stands
    return this.plan.state === "fresh" ? "" : [...(failure === undefined ? [] : [`it ${failureSentence(failure)}`]), inBrief(this.plan.why)].join("; ")
  }

  get params(): Readonly<Record<string, unknown>> {
    if (this.#params === undefined) {
      const value: unknown = JSON.parse(this.node.params)
      this.#params = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
    }
    return this.#params
  }

  /** Output name to the artifact's name; none where it never ran. */
  get artifacts(): Readonly<Record<string, string>> {
    if (this.plan.state !== "fresh") return this.before?.artifacts ?? {}
    return Object.fromEntries(Object.entries(this.plan.trace.outputs).map(([output, { artifact }]) => [output, artifact]))
  }

  /** What it read to make them. */
  get reads(): ReadonlyArray<{ readonly read: string }> {
    return this.plan.state === "fresh" ? this.plan.trace.reads : (this.before?.reads ?? [])
  }

  /** By which it has them; undefined where it is no longer kept. */
  get trace(): Trace | undefined {
    if (this.plan.state === "fresh") return this.plan.trace
    return this.before && recordedTrace(this.#traces, this.before)
  }

  /** The run that made them, and when. */
  get made(): { readonly run: string; readonly at: number } | undefined {
    if (this.plan.state !== "fresh") return this.before && madeIn(this.#traces, this.before)
    const { at, run } = this.plan.trace
    return { run, at }
  }

  get warnings(): ReadonlyArray<Fault> {
    return this.plan.state === "fresh" ? warningsIn(this.plan) : (this.before?.warnings ?? [])
  }
}

export interface StudyToday {
  readonly study: Study
  /** In the study's order, inputs first. */
  readonly nodes: ReadonlyMap<string, NodeToday>
}

/** A study is loaded anew when what decides it changes, and the index of traces when the store does: until then nothing else comes out. */
const planned = new WeakMap<Study, { readonly traces: unknown; readonly today: StudyToday }>()

/** All nodes of a study. Changes nothing. */
export const studyToday = (name: string): Effect.Effect<StudyToday, CliFailure, Known> =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(name)
    const traces = yield* TraceIndex
    const kept = planned.get(study)
    if (kept?.traces === traces) return kept.today
    const store = yield* known
    const { nodes: all, study: ownName } = study.graph
    const plans = planStudy(study, all, store)
    const stands = standings(study, all, plans, store)
    const nodes = new Map(
      all.map((node): readonly [string, NodeToday] => {
        const plan = plans.get(node.name)!
        const before = plan.state === "fresh" ? undefined : store.history.lastOf(ownName, node.name, "good")
        return [node.name, new NodeToday(node, plan, before, stands.get(node.name)!, traces)]
      })
    )
    const today = { study, nodes }
    planned.set(study, { traces, today })
    return today
  })
