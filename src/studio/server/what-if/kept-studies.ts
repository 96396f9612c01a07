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

/** How two runs that are over made nodes differently is not compared twice. */
const compared = new Map<string, ReadonlyArray<string>>()

/** The nodes that two studies have made differently, by the artifacts alone. */
const differingNodes = (base: string, branch: string) =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const [before, after] = [yield* newestSide(base), yield* newestSide(branch)]
    if (before === undefined || after === undefined) return []
    const over = before.run.ok !== undefined && after.run.ok !== undefined
    const key = JSON.stringify([before.run.run, base, after.run.run, branch])
    const known = over ? compared.get(key) : undefined
    if (known !== undefined) return known
    const states = [history.stateOf(base, before.run.run), history.stateOf(branch, after.run.run)] as const
    const differences = compareStates(...states, { partsOf: () => undefined, summary: () => undefined })
    const found = differences.flatMap(({ change, node }) => (change === "same" ? [] : [node]))
    if (over) compared.set(key, found)
    return found
  })

const among = (nodes: ReadonlyArray<string>, all: ReadonlySet<string>): number => nodes.filter((one) => all.has(one)).length

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
          differing: study === undefined ? 0 : among(yield* differingNodes(base.graph.study, name), comparedNodes(base, study))
        } satisfies KeptStudy
      })
    )
  })
