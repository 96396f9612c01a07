import { Effect } from "effect"
import { usage } from "../../../workspace/failure.ts"
import { isSameBranch, keepBranch, keptBranches, keptName } from "../../../workspace/kept-branches.ts"
import type { Asks } from "../../messages/questions.ts"
import { Studies } from "../studies.ts"
import { draftedStudy } from "./draft-plan.ts"
import { baseOf } from "./opened-study.ts"
import { flagsOfDraft, proposedName } from "./proposed-name.ts"
import { readDraft, refuseFaults } from "./read-draft.ts"

/** Keeps a draft as a branch; gives its whole name. */
export const keepDraft = ({ draft, name: given, replace, study: of }: Asks<"what-if-keep">) =>
  Effect.gen(function* () {
    const { cache, workspace } = yield* Studies
    const { base } = yield* baseOf(of)
    const read = yield* readDraft(base, draft)
    yield* refuseFaults(read)
    if (read.settings.length === 0) return yield* usage("draft", "nothing is other than the study says: change a parameter or a data file")
    const kept = keptBranches(cache)
    const name = given ?? proposedName(base, read, kept).name
    if (!/^[\p{L}\p{N}=.,_~-]{1,80}$/u.test(name))
      return yield* usage("branch", `"${name}" is no name of a branch: letters, digits and = . , _ ~ -, 80 at the most`)
    const branch = { study: base.graph.study, name, ...flagsOfDraft(read), at: Date.now() }
    const { studies } = yield* workspace
    yield* draftedStudy(base, read, name).pipe(Effect.mapError((failure) => usage("draft", failure.message)))
    // Looked at only now, with nothing awaited until it is kept: of two who keep one name at a time, the other is told.
    const other = keptBranches(cache).find((one) => keptName(one) === keptName(branch))
    if (other === undefined && studies.some(({ graph }) => graph.study === keptName(branch)))
      return yield* usage("branch", `${keptName(branch)} is a study that the studio was opened with: give the branch another name`)
    if (other !== undefined && !replace && !isSameBranch(other, branch))
      return yield* usage(
        "branch",
        `there is a branch ${keptName(branch)} already, of something else: give this one another name, or say that it is to be replaced`
      )
    yield* Effect.try({
      try: () => keepBranch(cache, branch, read.texts),
      catch: (error) => usage("cache", `cannot keep the branch in ${cache}: ${(error as Error).message}`)
    })
    return { study: keptName(branch) }
  })
