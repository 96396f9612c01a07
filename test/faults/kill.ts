import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { StudyFolder } from "../cli/study-folder.ts"
import { crashes, type Ended, start } from "./call.ts"
import { checkPlainRun, checkReaders, checkRun, checkVerify } from "./checks.ts"
import { CleanRuns } from "./clean-run.ts"
import { filesBelow } from "./outcome.ts"
import type { Faults } from "./round.ts"
import { edited, largeStudy, type Settings, studyFiles } from "./study.ts"

/** Every file below a folder with its size and time: whether anything was written shows in it. */
const stateOf = (folder: string): string =>
  statSync(folder, { throwIfNoEntry: false }) === undefined
    ? ""
    : filesBelow(folder)
        .map((path) => {
          const { mtimeMs = 0, size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {}
          return `${path} ${size} ${mtimeMs}`
        })
        .join("\n")

/** How far a killed run had come. */
const phaseOf = ({ err }: Ended, wrote: boolean): string =>
  /^\d+ nodes: /m.test(err)
    ? "after the last node"
    : /^[✓✗] /m.test(err)
      ? "between the first node and the last"
      : wrote
        ? "after the first write, before a node"
        : "before the first write"

const ROUNDS_A_CACHE = 8

/**
 * Kills a real run and all its threads at a random moment. The cache goes on from round to round, and a new one is begun every eighth time; before each run
 * the study is edited, so that there is work; one run in four is killed while it mends what another killed one left.
 */
export const killing = (whole: Settings = largeStudy): Faults => {
  const runs = new CleanRuns()
  let study: StudyFolder | undefined
  let settings = whole
  let earlier = settings
  let count = 0
  let unmended = false
  return {
    round: async (dice) => {
      if (count++ % ROUNDS_A_CACHE === 0) {
        study?.remove()
        runs.close()
        settings = earlier = whole
        study = new StudyFolder(studyFiles(settings))
      }
      const folder = study!
      // Going back to what was before finds some work done, and results of what is no longer wanted.
      if (!unmended || dice.chance(0.5)) [settings, earlier] = [dice.chance(0.25) ? earlier : edited(settings, dice), settings]
      for (const [name, text] of Object.entries(studyFiles(settings))) if (folder.read(name) !== text) folder.write(name, text)
      const clean = await runs.of(settings)
      const cache = join(folder.path, "cache")
      const before = stateOf(cache)

      const run = start(folder, "run")
      const [byTime, at, line, after] = [dice.chance(0.5), dice.next() * clean.ms, 1 + dice.below(Math.ceil(clean.outcome.nodes.size / 2)), dice.next() * 40]
      if (byTime) await sleep(at)
      else {
        await run.lines(line)
        await sleep(after)
      }
      run.kill()
      const ended = await run.ended
      const done = byTime ? `killed after ${at.toFixed(0)} ms` : `killed ${after.toFixed(0)} ms after line ${line}`
      if (ended.signal === null) {
        // It was over before: no fault, but its end counts too.
        unmended = false
        const problems = [...crashes("a run that was not killed", ended), ...(await checkRun({ study: folder, cache, clean }))]
        return problems.length === 0 ? undefined : { done: `${done}, when it was over`, counts: [], problems }
      }
      const phase = phaseOf(ended, stateOf(cache) !== before)
      const kept = mkdtempSync(join(tmpdir(), "sediment-killed-"))
      cpSync(folder.path, kept, { recursive: true, preserveTimestamps: true })
      const place = { study: folder, cache, clean }
      const problems = [...(await checkReaders(place, dice.some([...clean.outputs.keys()], 2))), ...(await checkVerify(place, false))]
      unmended = dice.chance(0.25) && count % ROUNDS_A_CACHE !== 0
      if (!unmended) problems.push(...(dice.chance(0.5) ? await checkPlainRun(place) : []), ...(await checkRun(place)))
      if (problems.length === 0) rmSync(kept, { recursive: true })
      return { done: `${done}, ${phase}`, counts: [phase], problems, ...(problems.length === 0 ? {} : { kept }) }
    },
    close: () => {
      study?.remove()
      runs.close()
    }
  }
}
