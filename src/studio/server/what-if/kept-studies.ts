import { Effect } from "effect"
import { compareStates } from "../../../engine/diff/compare-states.ts"
import type { Study } from "../../../engine/study.ts"
import { RunHistory } from "../../../store/runs.ts"
import { keptBranches, keptName } from "../../../workspace/kept-branches.ts"
import { outcomeInWords } from "../../../workspace/outcome.ts"
import type { KeptStudy } from "../../messages/what-if.ts"
import { Studies } from "../studies.ts"
import { comparedNodes, newestSide } from "./compare-branch.ts"
import { draftOfBranch } from "./draft-of-branch.ts"
import { planOf } from "./draft-plan.ts"
import { readDraft } from "./read-draft.ts"
import { stateToday } from "./state-today.ts"

/** How many nodes two studies have made differently, by the artifacts alone. */
const differingNodes = (base: Study, branch: Study) =>
  Effect.gen(function* () {
    const [before, after] = [yield* newestSide(base.graph.study), yield* newestSide(branch.graph.study)]
    if (before === undefined || after === undefined) return 0
    const states = [(yield* stateToday(base, before.run)).state, (yield* stateToday(branch, after.run)).state] as const
    const compares = comparedNodes(base, branch)
    return compareStates(...states, { partsOf: () => undefined, summary: () => undefined }).filter(
      ({ change, node }) => change !== "same" && compares.has(node)
    ).length
  })

/** The branches of a study that were made in the studio, the newest first, with what became of each. */
export const keptStudies = (base: Study) =>
  Effect.gen(function* () {
    const { cache, workspace } = yield* Studies
    const { lost, studies } = yield* workspace
    const history = yield* RunHistory
    const own = keptBranches(cache).filter(({ study }) => study === base.graph.study)
    return yield* Effect.forEach(own.toReversed(), (branch) =>
      Effect.gen(function* () {
        const name = keptName(branch)
        const study = studies.find(({ graph }) => graph.study === name)
        const run = history.runs().find((one) => one.studies.some((its) => its.study === name))
        return {
          study: name,
          name: branch.name,
          at: branch.at,
          settings: study === undefined ? [] : (yield* readDraft(base, draftOfBranch(base, study, cache))).settings,
          given: [...branch.set, ...branch.with.map((text) => text.replace(/=.*$/s, ": another file"))],
          faults: (lost.get(name) ?? []).map(({ message }) => message),
          run: run === undefined ? null : { run: run.run, at: run.at, outcome: outcomeInWords(run) },
          due: study === undefined ? 0 : (yield* planOf(study)).nodes.length,
          differing: study === undefined ? 0 : yield* differingNodes(base, study)
        } satisfies KeptStudy
      })
    )
  })
