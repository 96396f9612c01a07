import { readFileSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"

/** A relative specifier in an import or an export of TypeScript. */
const RELATIVE = /\bfrom\s*["'](\.{1,2}\/[^"']+)["']/g

/** Files of code, and those that they import for types alone: a bundle has no use for these, but who reads the code does. Absolute paths. */
export const withTypeImports = (files: ReadonlyArray<string>): ReadonlyArray<string> => {
  const found = new Set(files)
  for (const file of found) {
    if (!/\.[cm]?tsx?$/.test(file)) continue
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(RELATIVE)) {
      const path = resolve(dirname(file), specifier!)
      if (/\.[cm]?tsx?$/.test(path) && statSync(path, { throwIfNoEntry: false })?.isFile()) found.add(path)
    }
  }
  return [...found]
}
