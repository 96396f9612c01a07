import { Effect } from "effect"
import type { Study } from "../../../engine/study.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import { known } from "../../../workspace/workspace.ts"
import type { Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { studyToday } from "../today/study-today.ts"

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
    const { nodes, study } = yield* studyToday(name)
    const { hasObject } = yield* known
    const unmade = new Set<string>()
    const sources: Array<Source> = []
    for (const one of nodes.values()) {
      const outputs = Object.entries(one.node.outputs).filter(([, type]) => types.has(type))
      if (outputs.length === 0) continue
      const { artifacts, made, node, plan, why } = one
      for (const [output, type] of outputs) {
        const artifact = artifacts[output]
        if (artifact === undefined || made === undefined || !hasObject(artifact)) unmade.add(type)
        else sources.push({ node: node.name, output, type, stage: node.stage, artifact, made, stale: plan.state === "fresh" ? null : why })
      }
    }
    return { study, sources, unmade: [...unmade] }
  })
