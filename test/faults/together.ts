import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { type Call, crashes, start } from "./call.ts"
import { checkReaders, checkRun, type Place } from "./checks.ts"
import { CleanRuns } from "./clean-run.ts"
import { differences, outcomeOf } from "./outcome.ts"
import type { Faults } from "./round.ts"
import { edited, largeStudy, type Settings, studyFiles } from "./study.ts"

const write = (study: StudyFolder, settings: Settings): void => {
  for (const [name, text] of Object.entries(studyFiles(settings))) if (study.read(name) !== text) study.write(name, text)
}

/**
 * Starts two or three runs at once on one cache, with readers between: of one folder as it is, of one folder that is edited between their starts, or of
 * two folders that differ. In one round of four, one of the runs is killed.
 */
export const together = (whole: Settings = largeStudy): Faults => {
  const runs = new CleanRuns()
  const study = new StudyFolder(studyFiles(whole))
  const other = new StudyFolder(studyFiles(whole))
  const cache = join(study.path, "cache")
  return {
    round: async (dice) => {
      const way = dice.pick(["one folder", "one folder, edited between", "two folders"] as const)
      const first = edited(whole, dice)
      const last = way === "one folder" ? first : edited(first, dice)
      write(study, first)
      const [cleanFirst, cleanLast] = [await runs.of(first), await runs.of(last)]
      const second = way === "two folders" ? other : study
      if (way === "two folders") write(other, last)

      const run = (folder: StudyFolder) => start(folder, "run", "--json", "--cache", cache)
      const calls: Array<{ readonly call: Call; readonly clean: Place["clean"] | undefined; readonly folder: StudyFolder }> = []
      // What a run in a folder that is edited meanwhile comes to is of both, node by node.
      calls.push({ call: run(study), clean: way === "one folder, edited between" ? undefined : cleanFirst, folder: study })
      await sleep(dice.next() * cleanFirst.ms * (way === "one folder, edited between" ? 1 : 0.2))
      write(second, last)
      for (let more = 1 + dice.below(2); more > 0; more--) calls.push({ call: run(second), clean: cleanLast, folder: second })
      const victim = dice.chance(0.25) ? dice.pick(calls) : undefined
      if (victim !== undefined) void sleep(dice.next() * cleanFirst.ms).then(victim.call.kill)

      const problems = [...(await checkReaders({ study: second, cache, clean: cleanLast }, dice.some([...cleanLast.outputs.keys()], 1)))]
      for (const [i, one] of calls.entries()) {
        const ended = await one.call.ended
        if (one === victim) continue
        const what = `run ${i + 1} of ${calls.length}`
        problems.push(...crashes(what, ended))
        const document: RunDocument | undefined = ended.out === "" ? undefined : JSON.parse(ended.out)
        if (document?.nodes === undefined) problems.push(`${what}: exit code ${ended.code}: ${ended.out}${ended.err}`)
        else if (one.clean !== undefined) {
          const { nodes } = outcomeOf(one.folder.path, document)
          problems.push(...differences(what, one.clean.outcome, { nodes, results: one.clean.outcome.results }))
        }
      }
      problems.push(...(await checkRun({ study: second, cache, clean: cleanLast })))
      if (way === "two folders") problems.push(...(await checkRun({ study, cache, clean: cleanFirst })))
      runs.close()
      const killed = victim === undefined ? "" : ", one killed"
      return { done: `${calls.length} runs at once, ${way}${killed}`, counts: [`${way}${killed}`], problems }
    },
    close: () => {
      study.remove()
      other.remove()
      runs.close()
    }
  }
}
