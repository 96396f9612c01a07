/** Branches of studies that were made in the studio, and are there until somebody removes them: in the cache, `what-if/branches/`, a file each, so that whoever keeps or removes one touches no other. */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Schema } from "effect"
import { replaceFile } from "../store/replace-file.ts"
import { draftsOf } from "./draft-files.ts"

export const KeptBranch = Schema.Struct({
  /** The study that it is a branch of, by its name. */
  study: Schema.String,
  /** What stands behind the study's name and "@". */
  name: Schema.String,
  /** As `--set` and `--with` are given. */
  set: Schema.Array(Schema.String),
  with: Schema.Array(Schema.String),
  /** When it was made; milliseconds since 1970. */
  at: Schema.Number
})
export type KeptBranch = typeof KeptBranch.Type

const File = Schema.fromJsonString(Schema.Struct({ version: Schema.Literal(1), branch: KeptBranch }))

/** The folder of their files; each is named by what it holds, so that the folder lists others where a branch is another. */
export const branchesFolder = (cache: string): string => join(cache, "what-if", "branches")

/** A branch's whole name. */
export const keptName = ({ name, study }: Pick<KeptBranch, "name" | "study">): string => (study.includes("@") ? `${study}-${name}` : `${study}@${name}`)

/** What a branch has other than its study: each parameter and each file once, so that their order is none of it. */
const whatItIs = ({ set, with: files }: Pick<KeptBranch, "set" | "with">): string => JSON.stringify([[...set].sort(), [...files].sort()])
/** Whether two branches of a study are the same but for their names. */
export const isSameBranch = (a: Pick<KeptBranch, "set" | "with">, b: Pick<KeptBranch, "set" | "with">): boolean => whatItIs(a) === whatItIs(b)

interface InFiles {
  readonly found: ReadonlyArray<{ readonly path: string; readonly branch: KeptBranch }>
  /** What cannot be read, and is left as it is. */
  readonly unread: ReadonlyArray<string>
}

const inFiles = (cache: string): InFiles => {
  const folder = branchesFolder(cache)
  let names: ReadonlyArray<string>
  // Versions before the first release kept all branches of a cache in one file.
  const former = join(cache, "what-if", "branches.json")
  const unread: Array<string> = existsSync(former) ? [former] : []
  try {
    names = readdirSync(folder)
  } catch {
    return { found: [], unread }
  }
  const found = names
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const path = join(folder, name)
      try {
        return [{ path, branch: Schema.decodeUnknownSync(File)(readFileSync(path, "utf8")).branch }]
      } catch (error) {
        // Removed a moment ago.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") unread.push(path)
        return []
      }
    })
  return { found: found.sort(inOrder), unread }
}

/** Those of a cache, in the order in which they were made; of a name the last. */
export const keptBranches = (cache: string): ReadonlyArray<KeptBranch> => [
  ...new Map(inFiles(cache).found.map(({ branch }) => [keptName(branch), branch])).values()
]

/** The files of branches that cannot be read. */
export const unreadBranches = (cache: string): ReadonlyArray<string> => inFiles(cache).unread

type Found = InFiles["found"][number]
const inOrder = (a: Found, b: Found): number => a.branch.at - b.branch.at || (a.path < b.path ? -1 : 1)

/** Removes some files of branches; and of what was written for these, what no other branch has. */
const remove = (cache: string, isGone: (one: Found) => boolean): void => {
  const { found, unread } = inFiles(cache)
  const gone = found.filter(isGone)
  const stay = new Set(found.flatMap((one) => (gone.includes(one) ? [] : draftsOf(cache, one.branch.with))))
  for (const { path } of gone) rmSync(path, { force: true })
  // What cannot be read may need any of them.
  if (unread.length > 0) return
  for (const draft of gone.flatMap(({ branch }) => draftsOf(cache, branch.with))) if (!stay.has(draft)) rmSync(draft, { force: true })
}

/** Keeps a branch with the data files that were written for it, by their paths; in the place of one of that name. */
export const keepBranch = (cache: string, branch: KeptBranch, drafts: ReadonlyMap<string, string>): void => {
  for (const [path, text] of drafts) replaceFile(path, text)
  const text = `${JSON.stringify({ version: 1, branch } satisfies (typeof File)["Type"], null, 1)}\n`
  const path = join(branchesFolder(cache), `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`)
  replaceFile(path, text)
  // Of two who keep one name at a time, each leaves the later one.
  const own = { path, branch }
  remove(cache, (one) => keptName(one.branch) === keptName(branch) && inOrder(one, own) < 0)
}

/** Removes the branch of this whole name; its runs stay in the history. */
export const forgetBranch = (cache: string, study: string): void => remove(cache, ({ branch }) => keptName(branch) === study)
