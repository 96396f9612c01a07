import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { StudyFolder } from "../cli/study-folder.ts"
import { call } from "./call.ts"
import { checkPlainRun, checkReaders, checkRun, checkVerify } from "./checks.ts"
import { CleanRuns } from "./clean-run.ts"
import type { Dice } from "./dice.ts"
import { filesBelow, sha256 } from "./outcome.ts"
import type { Faults } from "./round.ts"
import { littleStudy, studyFiles } from "./study.ts"

/** What is done to a file: `older` is what it, or another of its folder, held before the last run. */
const damages: Readonly<Record<string, (path: string, dice: Dice, older: ReadonlyArray<string>) => string>> = {
  flip: (path, dice) => {
    const bytes = readFileSync(path)
    if (bytes.length === 0) return "left empty"
    const at = dice.below(bytes.length)
    const mask = 1 + dice.below(255)
    bytes[at]! ^= mask
    writeFileSync(path, bytes)
    return `byte ${at} of ${bytes.length} xor ${mask}`
  },
  // What a checksum alone can tell: the file reads as well as before.
  digit: (path, dice) => {
    const bytes = readFileSync(path)
    const digits = [...bytes.keys()].filter((i) => bytes[i]! >= 0x30 && bytes[i]! <= 0x39)
    if (digits.length === 0) return damages["flip"]!(path, dice, [])
    const at = dice.pick(digits)
    const old = bytes[at]!
    bytes[at] = 0x30 + ((old - 0x30 + 1 + dice.below(9)) % 10)
    writeFileSync(path, bytes)
    return `byte ${at} of ${bytes.length}: the digit ${String.fromCharCode(old, 0x3e, bytes[at]!)}`
  },
  truncate: (path, dice) => {
    const bytes = readFileSync(path)
    const length = dice.below(Math.max(1, bytes.length))
    writeFileSync(path, bytes.subarray(0, length))
    return `cut to ${length} of ${bytes.length} bytes`
  },
  empty: (path) => {
    writeFileSync(path, "")
    return "emptied"
  },
  delete: (path) => {
    rmSync(path)
    return "deleted"
  },
  older: (path, dice, older) => {
    if (older.length === 0) return damages["delete"]!(path, dice, older)
    const from = dice.pick(older)
    writeFileSync(path, readFileSync(from))
    return `replaced by an older ${from}`
  },
  append: (path, dice) => {
    const bytes = Uint8Array.from({ length: 1 + dice.below(200) }, () => dice.below(256))
    writeFileSync(path, bytes, { flag: "a" })
    return `${bytes.length} bytes appended`
  }
}
const kinds = ["flip", "flip", "flip", "flip", "digit", "digit", "truncate", "empty", "delete", "older", "append"]
const KEPT_TIMES = 0.5

/**
 * Damages one file of a cache, sometimes two, then asks for every output. Each round begins with the same cache: two runs, with an edit between; in one
 * round of three the study is edited once more, so that there is also work. `asked`: for how many outputs, if not for all.
 */
export const damaging = async (asked = Number.POSITIVE_INFINITY): Promise<Faults> => {
  const runs = new CleanRuns()
  const study = new StudyFolder(studyFiles(littleStudy))
  const cache = join(study.path, "cache")
  const kept = { older: join(study.path, "older"), whole: join(study.path, "whole") }
  const second = { ...littleStudy, gov: 40, salt: 2, adding: 2 }
  const third = { ...second, salt: 3, y: 9 }
  const write = (settings: typeof second) => {
    for (const [name, text] of Object.entries(studyFiles(settings))) if (study.read(name) !== text) study.write(name, text)
  }
  const copy = (from: string, to: string) => {
    rmSync(to, { recursive: true, force: true })
    cpSync(from, to, { recursive: true, preserveTimestamps: true })
  }
  await call(study, "run")
  copy(cache, kept.older)
  write(second)
  await call(study, "run")
  copy(cache, kept.whole)
  const artifacts = new Set([...(await runs.of(second)).outputs.values()].map(({ artifact }) => artifact))

  const damage = (dice: Dice): { readonly done: string; readonly counts: ReadonlyArray<string>; readonly ofArtifact: boolean } => {
    // A folder first: there are more objects than anything else.
    const files = Map.groupBy(filesBelow(cache), (path) => relative(cache, path).split("/")[0]!)
    const [folder, paths] = dice.pick([...files])
    const path = dice.pick(paths)
    const kind = dice.pick(kinds)
    const name = relative(cache, path)
    const same = join(kept.older, name)
    const beside = statSync(dirname(same), { throwIfNoEntry: false }) === undefined ? [] : filesBelow(dirname(same))
    const { atime, mtime } = statSync(path)
    const artifact = sha256(path)
    const how = damages[kind]!(path, dice, beside.includes(same) ? [same] : beside)
    const disguised = dice.chance(KEPT_TIMES) && existsSync(path)
    if (disguised) utimesSync(path, atime, mtime)
    return {
      done: `${name}: ${how}${disguised ? ", its time as before" : ""}`,
      counts: [kind, folder],
      ofArtifact: artifacts.has(artifact) && (!existsSync(path) || sha256(path) !== artifact)
    }
  }

  return {
    round: async (dice) => {
      copy(kept.whole, cache)
      if (dice.chance(0.5)) rmSync(join(study.path, "results"), { recursive: true, force: true })
      const settings = dice.chance(1 / 3) ? third : second
      write(settings)
      const clean = await runs.of(settings)
      const all = Array.from({ length: dice.chance(0.2) ? 2 : 1 }, () => damage(dice))
      const before = mkdtempSync(join(tmpdir(), "sediment-damaged-"))
      cpSync(study.path, before, { recursive: true, preserveTimestamps: true })
      const place = { study, cache, clean }
      // Asked before anything could mend it, or only after: a run must not depend on what asking found.
      const outputs = dice.some([...clean.outputs.keys()], asked)
      const read = dice.chance(0.7) ? await checkReaders(place, outputs, "lost") : []
      const verified = await checkVerify(place, all.some(({ ofArtifact }) => ofArtifact) || undefined)
      const plain = dice.chance(0.5) ? await checkPlainRun(place) : []
      const ran = await checkRun(place)
      const problems = [...read, ...verified, ...plain, ...ran, ...(await checkReaders(place, dice.some(outputs, 2)))]
      if (problems.length === 0) rmSync(before, { recursive: true })
      return {
        done: all.map(({ done }) => done).join("; "),
        counts: all.flatMap(({ counts }) => counts),
        problems,
        ...(problems.length === 0 ? {} : { kept: before })
      }
    },
    close: () => {
      study.remove()
      runs.close()
    }
  }
}
