import { Effect } from "effect"
import type { GraphNode } from "../../../dag/dag.ts"
import { planStudy } from "../../../engine/plan.ts"
import { madeIn } from "../../../engine/recorded-trace.ts"
import { inBrief } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import { known } from "../../../workspace/workspace.ts"
import type { Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { Studies } from "../studies.ts"

/** The tables of a study, as far as they are there. */
export interface StudyTables {
  readonly study: Study
  /** In the order of its nodes. */
  readonly sources: ReadonlyArray<Source>
  /** Of the types that were asked for, those of outputs that have never been made. */
  readonly unmade: ReadonlyArray<string>
}

/** A study's tables of some types: today's where they are fresh, or else those of before, with why they are stale. */
export const studyTables = (name: string, types: ReadonlySet<string>): Effect.Effect<StudyTables, CliFailure, Known> =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(name)
    const store = yield* known
    const plans = planStudy(study, study.graph.nodes, store)
    const unmade = new Set<string>()
    const sourcesOf = (node: GraphNode): ReadonlyArray<Source> => {
      const outputs = Object.entries(node.outputs).filter(([, type]) => types.has(type))
      if (outputs.length === 0) return []
      const plan = plans.get(node.name)!
      const before = plan.state === "fresh" ? undefined : store.history.lastOf(name, node.name, "good")
      const made = plan.state === "fresh" ? plan.trace : before && madeIn(store.traces, before)
      return outputs.flatMap(([output, type]): ReadonlyArray<Source> => {
        const artifact = plan.state === "fresh" ? plan.trace.outputs[output]?.artifact : before?.artifacts[output]
        if (artifact === undefined || made === undefined || !store.hasObject(artifact)) {
          unmade.add(type)
          return []
        }
        const stale = plan.state === "fresh" ? null : inBrief(plan.why)
        return [{ node: node.name, output, type, stage: node.stage, artifact, made: { run: made.run, at: made.at }, stale }]
      })
    }
    return { study, sources: study.graph.nodes.flatMap(sourcesOf), unmade: [...unmade] }
  })
