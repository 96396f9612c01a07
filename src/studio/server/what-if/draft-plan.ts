import { Effect } from "effect"
import { costInWords } from "../../../engine/cost-in-words.ts"
import { FileMemory } from "../../../engine/file-memory.ts"
import { neededFor } from "../../../engine/plan.ts"
import { plannedRun } from "../../../engine/planned-run.ts"
import { inBrief } from "../../../engine/sentences.ts"
import { loadStudy, type Study } from "../../../engine/study.ts"
import { known } from "../../../workspace/workspace.ts"
import type { DraftPlan } from "../../messages/what-if.ts"
import { Studies } from "../studies.ts"
import type { ReadDraft } from "./read-draft.ts"

/** The study as a draft has it, of which nothing is remembered; or all that is wrong with it. */
export const draftedStudy = (base: Study, { edits, replaced, texts }: ReadDraft, name: string) =>
  Effect.gen(function* () {
    const { cache, imported, installation } = yield* Studies
    imported()
    const files = new FileMemory(`${cache}/remembered/files.json`)
    const branch = { name, by: new Set<string>(), named: true }
    return yield* loadStudy(base.file, { cache, installation, files, replaced, set: edits, branch, draft: { texts } })
  })

/** What a run of a study would do today. */
export const planOf = (study: Study) =>
  Effect.gen(function* () {
    const store = yield* known
    const nodes = neededFor(study, study.graph.targets)
    const { cannot, plans, prediction, skipped } = plannedRun(study, nodes, store)
    const due = nodes.flatMap((node): ReadonlyArray<DraftPlan["nodes"][number]> => {
      const plan = plans.get(node.name)!
      if (plan.state === "fresh" || skipped.has(node.name)) return []
      const state = cannot.has(node.name) ? "blocked" : plan.state
      return [{ node: node.name, state, why: inBrief(plan.why), ms: prediction.nodes.get(node.name) ?? null }]
    })
    const of = (state: "stale" | "unknown") => due.filter((one) => one.state === state).length
    return {
      nodes: due,
      fresh: nodes.length - due.length,
      cost: costInWords(of("stale"), of("unknown"), prediction) ?? "",
      hindrances: [...new Set([...cannot.values()].flat().map(({ message }) => message))]
    } satisfies DraftPlan
  })
