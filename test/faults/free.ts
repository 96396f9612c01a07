import { readdirSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { call, crashes, start } from "./call.ts"
import { checkRun, checkVerify } from "./checks.ts"
import { CleanRuns } from "./clean-run.ts"
import { differences, outcomeOf } from "./outcome.ts"
import type { Faults } from "./round.ts"
import { edited, littleStudy, type Settings, studyFiles } from "./study.ts"

const AGO_MS = 3 * 24 * 60 * 60 * 1000
const CLOCK = `const now = Date.now; globalThis.Date = class extends Date { constructor(...given) { super(...(given.length === 0 ? [now() - ${AGO_MS}] : given)) } static now() { return now() - ${AGO_MS} } }`

/** A study's folder whose runs happened three days ago, by their clock. */
class OfLongAgo extends StudyFolder {
  override get environment(): NodeJS.ProcessEnv {
    return { ...super.environment, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(CLOCK)}` }
  }
}
const age = (cache: string): void => {
  const then = new Date(Date.now() - AGO_MS)
  for (const entry of readdirSync(cache, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), then, then)
}
const write = (study: StudyFolder, settings: Settings): void => {
  for (const [name, text] of Object.entries(studyFiles(settings))) if (study.read(name) !== text) study.write(name, text)
}

/** Frees what is old in a cache, one gc or two at once, while runs go on there that come back to it or go beyond it. In one round of four, a gc is killed. */
export const freeing = (whole: Settings = littleStudy): Faults => {
  const runs = new CleanRuns()
  return {
    round: async (dice) => {
      const old = new OfLongAgo(studyFiles(whole))
      const cache = join(old.path, "cache")
      const folders = [new StudyFolder(studyFiles(whole)), new StudyFolder(studyFiles(whole))]
      try {
        const history = [whole]
        for (let more = 2 + dice.below(3); more > 0; more--) history.push(edited(dice.pick(history), dice))
        for (const settings of history) {
          write(old, settings)
          await call(old, "run", "--cache", cache)
        }
        age(cache)
        const chosen = folders.map(() => (dice.chance(0.7) ? dice.pick(history) : edited(dice.pick(history), dice)))
        const clean = [await runs.of(chosen[0]!), await runs.of(chosen[1]!)]
        for (const [i, folder] of folders.entries()) write(folder, chosen[i]!)
        // What the narrower of two frees is freed, and one that begins later may be narrower by the runs since: with the newest alone it is not.
        const gc = () => start(folders[0]!, "gc", "--delete", "--keep", "1", "--json", "--cache", cache)
        const ms = Math.min(...clean.map((one) => one.ms))
        const gcs = [gc(), ...(dice.chance(0.5) ? [gc()] : [])]
        const asked = []
        for (const folder of folders) {
          asked.push(start(folder, "run", "--json", "--cache", cache))
          await sleep(dice.next() * ms * 0.5)
        }
        if (dice.chance(0.5)) gcs.push(gc())
        const victim = dice.chance(0.25) ? dice.pick(gcs) : undefined
        if (victim !== undefined) void sleep(dice.next() * ms * 0.5).then(victim.kill)
        const problems: Array<string> = []
        let freed = 0
        for (const one of gcs) {
          const ended = await one.ended
          if (one === victim) continue
          problems.push(...crashes("gc", ended), ...(ended.code === 0 ? [] : [`gc: exit code ${ended.code}: ${ended.out}${ended.err}`]))
          if (ended.code === 0) freed += JSON.parse(ended.out).objects.count
        }
        for (const [i, one] of asked.entries()) {
          const ended = await one.ended
          problems.push(...crashes(`run ${i + 1}`, ended))
          const document: RunDocument | undefined = ended.out === "" ? undefined : JSON.parse(ended.out)
          if (document?.nodes === undefined) problems.push(`run ${i + 1}: exit code ${ended.code}: ${ended.out}${ended.err}`)
          else problems.push(...differences(`run ${i + 1}`, clean[i]!.outcome, outcomeOf(folders[i]!.path, document)))
        }
        for (const [i, study] of folders.entries()) problems.push(...(await checkRun({ study, cache, clean: clean[i]! })))
        problems.push(...(await checkVerify({ study: folders[0]!, cache }, false)))
        const what = `${gcs.length} gc${victim === undefined ? "" : ", one killed"}`
        return {
          done: `${what} beside two runs, ${history.length} old ones, ${freed} objects freed`,
          counts: [what, freed > 0 ? "freed" : "nothing freed"],
          problems
        }
      } finally {
        for (const folder of [old, ...folders]) folder.remove()
        runs.close()
      }
    },
    close: () => runs.close()
  }
}
