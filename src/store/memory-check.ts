import { hash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, extname, join } from "node:path"
import { recall } from "./memory-file.ts"

/** Named by the SHA-256 of what is in them; all others begin with it. */
const NAMED = /^[0-9a-f]{64}\.(?:mjs|json)$/

const isWhole = (path: string): boolean => {
  const name = basename(path)
  return NAMED.test(name) ? hash("sha256", readFileSync(path)) === basename(name, extname(name)) : recall(path) !== undefined
}

/** Files of a memory that are not what they were written as, and so are ignored by whoever looks for them. */
export const ignoredIn = (remembered: string): ReadonlyArray<string> =>
  (existsSync(remembered) ? readdirSync(remembered, { recursive: true, withFileTypes: true }) : [])
    // A source map has the name of its module; it tells places in errors, and decides nothing.
    .filter((entry) => entry.isFile() && !/\.(?:tmp|map)$/.test(entry.name))
    .map(({ name, parentPath }) => join(parentPath, name))
    .filter((path) => !isWhole(path))
