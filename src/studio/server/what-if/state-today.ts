import { Effect } from "effect"
import { artifactsOf } from "../../../engine/make.ts"
import { neededFor } from "../../../engine/plan.ts"
import { plannedRun } from "../../../engine/planned-run.ts"
import type { Study } from "../../../engine/study.ts"
import { makingOf, type NodeRecord, type RunRecord, type StudyState } from "../../../store/runs.ts"
import { known } from "../../../workspace/workspace.ts"

/**
 * What a study's nodes have today: a fresh one what makes it fresh, which an earlier run may have made than the one that was last; one that is due what `last` left.
 * Gives how many of them are due, too.
 */
export const stateToday = (study: Study, last: RunRecord) =>
  Effect.gen(function* () {
    const store = yield* known
    const name = study.graph.study
    const nodes = neededFor(study, study.graph.targets)
    const { plans, skipped } = plannedRun(study, nodes, store)
    const left = store.history.stateOf(name, last.run)
    const today = new Map(left.nodes)
    let due = 0
    for (const node of nodes) {
      const plan = plans.get(node.name)!
      if (plan.state !== "fresh") {
        if (!skipped.has(node.name)) due++
        continue
      }
      const { at, ms, outputs, reads, run, warnings } = plan.trace
      const making = { code: study.fingerprint(node.stage), params: node.params, inputs: node.inputs, reads, artifacts: artifactsOf(outputs) }
      const before = left.nodes.get(node.name)
      if (before?.making === makingOf(making)) continue
      const record: NodeRecord = { run, at, study: name, node: node.name, stage: node.stage, state: "fresh", ...making, why: [], warnings, ms }
      today.set(node.name, { making: makingOf(making), run, at, record: () => record })
    }
    return { due, state: { at: left.at, nodes: today, unreached: new Set() } satisfies StudyState }
  })
