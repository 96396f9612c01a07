import { Effect } from "effect"
import { neededFor } from "../../../engine/plan.ts"
import { plannedRun } from "../../../engine/planned-run.ts"
import { inBrief } from "../../../engine/sentences.ts"
import { findAllNodes } from "../../../workspace/node-reference.ts"
import { known } from "../../../workspace/workspace.ts"
import type { dryRunQuestions } from "../../messages/dry-run.ts"
import type { AnswersTo } from "../answer.ts"
import { Studies } from "../studies.ts"

export const dryRunAnswers: AnswersTo<typeof dryRunQuestions> = {
  "dry-run": ({ nodes: asked, study: name }) =>
    Effect.gen(function* () {
      const study = yield* (yield* Studies).study(name)
      const found = yield* findAllNodes([study], asked)
      const targets = found.length === 0 ? study.graph.targets : found.map(({ node }) => node.name)
      const store = yield* known
      const nodes = neededFor(study, targets)
      const { cannot, plans, prediction, skipped } = plannedRun(study, nodes, store)
      const due = nodes.flatMap((node) => {
        const plan = plans.get(node.name)!
        if (plan.state === "fresh") return []
        const state = skipped.has(node.name) ? ("skipped" as const) : cannot.has(node.name) ? ("blocked" as const) : plan.state
        return [{ node: node.name, state, why: inBrief(plan.why), ms: prediction.nodes.get(node.name) ?? null }]
      })
      const { ms, untimed, upTo } = prediction
      return {
        targets,
        nodes: due,
        fresh: nodes.length - due.length,
        faults: [...new Set([...cannot.values()].flat().map(({ message }) => message))],
        estimate: { ms, upTo, untimed }
      }
    })
}
