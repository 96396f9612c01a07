import { spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { call, crashes } from "./call.ts"
import { checkReaders, checkRun, isRefused } from "./checks.ts"
import { CleanRuns } from "./clean-run.ts"
import type { Dice } from "./dice.ts"
import { differences, outcomeOf } from "./outcome.ts"
import { type Faults, NotHere } from "./round.ts"
import { edited, littleStudy, studyFiles } from "./study.ts"

const mount = (...args: ReadonlyArray<string>): string | undefined => {
  const done = spawnSync("mount", args, { encoding: "utf8" })
  return done.status === 0 ? undefined : (done.error?.message ?? done.stderr.trim())
}
const unmount = (folder: string): void => {
  spawnSync("umount", [folder])
}

/** A cache to which the operating system refuses to write, until it is told to allow it again. */
interface Refusal {
  readonly name: string
  /** Why it cannot be had on this machine. */
  readonly impossible: () => string | undefined
  /** Done before anything is in the cache, which has been made. */
  readonly before: (cache: string, dice: Dice) => string
  /** Done when a run has filled it. */
  readonly after: (cache: string) => void
  readonly allow: (cache: string) => void
  readonly end: (cache: string) => void
}

/** Whether a mount can be made here: tried in a folder of its own. */
const cannotMount = (): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), "sediment-mount-"))
  const refused = mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", folder)
  if (refused === undefined) unmount(folder)
  rmdirSync(folder)
  return refused === undefined ? undefined : `a file system cannot be mounted here: ${refused}`
}

const setWritable = (folder: string, writable: boolean): void => {
  chmodSync(folder, writable ? 0o755 : 0o555)
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) setWritable(join(folder, entry.name), writable)
}
const isRoot = process.getuid?.() === 0

// Permissions stop nobody who is root.
const readonly: Refusal = {
  name: "read-only",
  impossible: () => (isRoot ? cannotMount() : process.platform === "win32" ? "Windows knows no read-only folders" : undefined),
  before: () => "",
  after: (cache) => {
    if (!isRoot) setWritable(cache, false)
    else for (const refused of [mount("--bind", cache, cache), mount("-o", "remount,bind,ro", cache)]) if (refused !== undefined) throw new Error(refused)
  },
  allow: (cache) => (isRoot ? unmount(cache) : setWritable(cache, true)),
  end: () => {}
}
const full: Refusal = {
  name: "full",
  impossible: cannotMount,
  before: (cache, dice) => {
    // Either of the two can run out: blocks, or places for files.
    const limit = dice.chance(0.7) ? `size=${4 * (1 + dice.below(60))}k` : `nr_inodes=${2 + dice.below(60)}`
    const refused = mount("-t", "tmpfs", "-o", limit, "tmpfs", cache)
    if (refused !== undefined) throw new Error(refused)
    return ` (${limit})`
  },
  after: () => {},
  allow: (cache) => {
    const refused = mount("-o", "remount,size=64m,nr_inodes=10000", cache)
    if (refused !== undefined) throw new Error(refused)
  },
  end: unmount
}

/**
 * Runs in a cache that cannot be written to, or is full at some point: whatever is right there must be given, the rest be told in words; and when the cache
 * can be written to again, the next run must make all that is missing.
 */
export const refusing = (kind: "readonly" | "full"): Faults | NotHere => {
  const refusal = kind === "full" ? full : readonly
  const reason = refusal.impossible()
  if (reason !== undefined) return new NotHere(reason)
  const runs = new CleanRuns()
  return {
    round: async (dice) => {
      const study = new StudyFolder(studyFiles(littleStudy))
      const cache = join(study.path, "cache")
      mkdirSync(cache)
      const how = refusal.before(cache, dice)
      try {
        const filled = await call(study, "run", "--json")
        const problems = [...crashes("the run before", filled)]
        refusal.after(cache)
        const settings = dice.chance(0.6) ? edited(littleStudy, dice) : littleStudy
        for (const [name, text] of Object.entries(studyFiles(settings))) if (study.read(name) !== text) study.write(name, text)
        const place = { study, cache, clean: await runs.of(settings) }
        const some = dice.some([...place.clean.outputs.keys()], 2)
        problems.push(...(await checkReaders(place, some, "refused")))
        const refused = await call(study, "run", "--json")
        problems.push(...crashes("the refused run", refused))
        const document: Partial<RunDocument> = JSON.parse(refused.out)
        if (document.nodes !== undefined) problems.push(...differences("the refused run", place.clean.outcome, outcomeOf(study.path, document as RunDocument)))
        else if (!isRefused(refused) || (kind === "readonly" && settings === littleStudy))
          problems.push(`the refused run: exit code ${refused.code}: ${refused.out}${refused.err}`)
        refusal.allow(cache)
        problems.push(...(await checkRun(place)))
        const said = document.nodes === undefined ? "refused in words" : "all was there"
        return { done: `${refusal.name}${how}, ${settings === littleStudy ? "no edit" : "an edit"}: ${said}`, counts: [said], problems }
      } finally {
        refusal.end(cache)
        study.remove()
      }
    },
    close: () => runs.close()
  }
}
