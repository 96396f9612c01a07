/** Data files that were written for branches, in the place of a study's own: in the cache, `what-if/`, named by what they hold. */
import { createHash } from "node:crypto"
import { join, sep } from "node:path"

const folderIn = (cache: string): string => join(cache, "what-if")

/** Where a data file of this text is kept; `like` is the file in whose place it is put. */
export const draftPath = (cache: string, like: string, text: string): string =>
  join(folderIn(cache), `${createHash("sha256").update(text).digest("hex").slice(0, 16)}${/\.(ya?ml|json)$/i.exec(like)?.[0].toLowerCase() ?? ".yaml"}`)

/** Whether a data file was written for a branch. */
export const isDraft = (cache: string, path: string): boolean => path.startsWith(folderIn(cache) + sep)

/** Those that a branch has, of what `--with` is given. */
export const draftsOf = (cache: string, replaced: ReadonlyArray<string>): ReadonlyArray<string> =>
  replaced.map((text) => text.slice(text.indexOf("=") + 1)).filter((path) => isDraft(cache, path))
