/** Branches of studies that were made in the studio, and are there until somebody removes them: kept in the cache, `what-if/branches.json`, with the data files that were written for them. */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join, sep } from "node:path"
import { Schema } from "effect"
import { replaceFile } from "../store/replace-file.ts"

export const KeptBranch = Schema.Struct({
  /** The study that it is a branch of, by its name. */
  study: Schema.String,
  /** The path of that study's dag.ts. */
  file: Schema.String,
  /** What stands behind the study's name and "@". */
  name: Schema.String,
  /** As `--set` and `--with` are given. */
  set: Schema.Array(Schema.String),
  with: Schema.Array(Schema.String),
  /** When it was made; milliseconds since 1970. */
  at: Schema.Number
})
export type KeptBranch = typeof KeptBranch.Type

const File = Schema.Struct({ version: Schema.Literal(1), branches: Schema.Array(KeptBranch) })
const folderIn = (cache: string): string => join(cache, "what-if")
const fileIn = (cache: string): string => join(folderIn(cache), "branches.json")

/** A branch's whole name. */
export const keptName = ({ name, study }: Pick<KeptBranch, "name" | "study">): string => (study.includes("@") ? `${study}-${name}` : `${study}@${name}`)

/** Those of a cache, in the order in which they were made. A file that cannot be read keeps none. */
export const keptBranches = (cache: string): ReadonlyArray<KeptBranch> => {
  try {
    return Schema.decodeUnknownSync(File)(JSON.parse(readFileSync(fileIn(cache), "utf8"))).branches
  } catch {
    return []
  }
}

const write = (cache: string, branches: ReadonlyArray<KeptBranch>): void => {
  replaceFile(fileIn(cache), `${JSON.stringify({ version: 1, branches } satisfies typeof File.Type, null, 1)}\n`)
  // What was written for a branch goes with it.
  for (const name of existsSync(folderIn(cache)) ? readdirSync(folderIn(cache)) : []) {
    const path = join(folderIn(cache), name)
    if (/^[0-9a-f]{16}\.(ya?ml|json)$/.test(name) && !branches.some((one) => one.with.some((text) => text.endsWith(`=${path}`)))) rmSync(path, { force: true })
  }
}

/** Keeps a branch, in the place of one of that name. */
export const keepBranch = (cache: string, branch: KeptBranch): void =>
  write(cache, [...keptBranches(cache).filter((one) => keptName(one) !== keptName(branch)), branch])

/** Removes the branch of this whole name; its runs stay in the history. */
export const forgetBranch = (cache: string, study: string): void =>
  write(
    cache,
    keptBranches(cache).filter((one) => keptName(one) !== study)
  )

/** Where a data file of this text is kept for a branch; `like` is the file in whose place it is put. */
export const draftPath = (cache: string, like: string, text: string): string =>
  join(folderIn(cache), `${createHash("sha256").update(text).digest("hex").slice(0, 16)}${/\.(ya?ml|json)$/i.exec(like)?.[0].toLowerCase() ?? ".yaml"}`)

/** Whether a data file was written for a branch. */
export const isDraft = (cache: string, path: string): boolean => path.startsWith(folderIn(cache) + sep)

/** The flags of a call about a branch alone: each with its value in one piece, so that no value is taken for a flag. */
export const flagsOfBranch = (branch: KeptBranch): ReadonlyArray<string> => [
  `--study=${branch.file}`,
  ...branch.with.map((one) => `--with=${one}`),
  ...branch.set.map((one) => `--set=${one}`),
  `--as=${keptName(branch).slice(keptName(branch).indexOf("@") + 1)}`
]
