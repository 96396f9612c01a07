import { Effect } from "effect"
import type { Side } from "../../engine/diff/diff-runs.ts"
import type { Compared } from "../../engine/diff/last-change.ts"
import type { Installation, Study } from "../../engine/study.ts"
import type { RunHistory } from "../../store/runs.ts"
import { isBranch } from "../../workspace/branches.ts"
import { toType } from "../../workspace/command-to-type.ts"
import { CliFailure, usage } from "../../workspace/failure.ts"
import { openWorkspace, type SharedFlags } from "../../workspace/workspace.ts"

const withItself = (branches: ReadonlyArray<Study>, flags: SharedFlags, installation: Installation) =>
  Effect.gen(function* () {
    const [first] = branches
    if (branches.length > 1 || !isBranch(first!.graph.study)) return branches
    const { studies } = yield* openWorkspace({ ...flags, study: [first!.file], with: [], indicators: [], set: [], as: "" }, installation)
    return [...studies, ...branches]
  })

/** The branches of a study by their names, as the flags make them; of several studies those of each. Where the flags make one only, which has a name of its own, the study itself comes first. */
export const branchesAsked = (flags: SharedFlags, installation: Installation): Effect.Effect<ReadonlyArray<ReadonlyArray<string>>, CliFailure> =>
  Effect.gen(function* () {
    const { remember, studies } = yield* openWorkspace(flags, installation)
    remember()
    const own = yield* Effect.forEach([...Map.groupBy(studies, ({ file }) => file).values()], (branches) => withItself(branches, flags, installation))
    const groups = own.filter((branches) => branches.length > 1)
    if (groups.length === 0)
      return yield* usage(
        "with",
        "diff compares the branches that several files of one name make, as --indicators A.yaml --indicators B.yaml, or the study with the branch that --set makes; two runs are named themselves, whatever files they had"
      )
    return groups.map((own) => own.map(({ graph }) => graph.study))
  })

/** The first branch of each study beside each of its others, each as its newest run left it. */
export const branchesCompared = (
  history: RunHistory["Service"],
  groups: ReadonlyArray<ReadonlyArray<string>>
): Effect.Effect<ReadonlyArray<Compared>, CliFailure> =>
  Effect.gen(function* () {
    const runs = history.runs()
    const sides = new Map(
      groups.flat().map((study): readonly [string, Side | undefined] => {
        const run = runs.find(({ studies }) => studies.some((one) => one.study === study))
        return [study, run && { run, study }]
      })
    )
    const missing = [...sides].flatMap(([study, side]) => (side === undefined ? [study] : []))
    if (missing.length > 0)
      return yield* new CliFailure({
        exitCode: 2,
        errors: missing.map((study) => ({
          code: "never-ran",
          message: `${study} never ran: ${isBranch(study) ? toType("run") : "run it without the flags that make the branch"}`
        }))
      })
    return groups.flatMap(([first, ...others]) =>
      others.map((other): Compared => ({ study: `${first} and ${other.slice(other.indexOf("@"))}`, before: sides.get(first!)!, after: sides.get(other)! }))
    )
  })
