import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { applyEdit } from "./planner-model/edits.ts"
import { quietRuns } from "./planner-model/engine-under-test.ts"
import { anyEdit, cacheEdit, type Edit, studyEdit, studyOf } from "./planner-model/random-study.ts"
import type { StudySpec } from "./planner-model/study-spec.ts"
import { newTally, type Tally, Trial } from "./planner-model/trial.ts"

// PLANNER_MODEL_SCALE=5 draws five times as many examples, of larger studies, and tells what happened in them.
const SCALE = Number(process.env["PLANNER_MODEL_SCALE"] ?? 1)
// Then examples and shrinking end, so that a counterexample is told before the test is given up.
const PATIENCE = 60_000 * SCALE ** 2
const NODES = Math.round(10 * Math.sqrt(SCALE))
const EDITS = Math.round(10 * Math.sqrt(SCALE))

/** Checks that `claim` holds in trials of random studies and edits, and gives how often what happened in them. */
const inTrials = async <A>(count: number, edits: fc.Arbitrary<A>, claim: (trial: Trial, study: StudySpec, edits: A) => Promise<void>): Promise<Tally> => {
  const tally = newTally()
  await fc.assert(
    fc.asyncProperty(studyOf(NODES), edits, async (study, chosen) => {
      const trial = new Trial(tally)
      try {
        await claim(trial, study, chosen)
        await trial.end()
      } finally {
        trial.remove()
      }
    }),
    { numRuns: count * SCALE, interruptAfterTimeLimit: PATIENCE }
  )
  if (SCALE > 1) console.log(tally)
  return tally
}

describe("a run after an edit", () => {
  it("does what the model says, no more and no less, and its artifacts hold what is computed from scratch", { timeout: 2 * PATIENCE }, async () => {
    const groups = fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 2 }), { maxLength: EDITS, size: "max" })
    const tally = await inTrials(150, groups, async (trial, first, edits) => {
      const past = [first]
      await trial.run(first)
      for (const group of edits) {
        let study = past.at(-1)!
        for (const edit of group satisfies ReadonlyArray<Edit>) {
          if ("artifact" in edit) trial.harm(edit)
          else study = "runs" in edit ? past.at(-1 - (edit.runs % past.length))! : applyEdit(study, edit)
        }
        past.push(study)
        await trial.run(study)
      }
    })
    expect(quietRuns.count).toBeGreaterThan(0)
    // Each of these happened: the claim is put to the test.
    expect(Object.entries(tally).filter(([, count]) => count === 0)).toEqual([])
  })
})

describe("runs at the same time on one cache", () => {
  it("each come out right after different edits, and leave every artifact whole", { timeout: 2 * PATIENCE }, async () => {
    const edits = fc.array(studyEdit, { maxLength: 3 })
    const rounds = fc.array(fc.record({ harm: fc.array(cacheEdit, { maxLength: 2 }), here: edits, there: edits }), { minLength: 1, maxLength: 3 })
    await inTrials(30, rounds, async (trial, first, chosen) => {
      // The first time, the cache is empty and both make everything.
      let studies = [first, first]
      for (const { harm, here, there } of chosen) {
        for (const edit of harm) trial.harm(edit)
        const before = studies
        studies = [here.reduce(applyEdit, before[0]!), there.reduce(applyEdit, before[1]!)]
        await trial.runTogether(studies)
        // Whoever looks at all that was made finds it right, or makes it good.
        for (const study of [...before, ...studies]) await trial.run({ ...study, targets: [], look: true })
        expect(trial.isDamaged).toBe(false)
      }
    })
  })
})
