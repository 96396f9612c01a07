import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The nearest folder at or above `from` that holds a file of this name. */
export const nearestWith = (file: string, from: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** The name of the framework's package, by which studies and stages import it. */
export const FRAMEWORK_PACKAGE = "@sediment/sediment"

/** The folder of the package that this code belongs to: its `stages/` are what `@sediment/sediment/stages/*` means. */
export const frameworkFolder = (): string => {
  let from = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const folder = nearestWith("package.json", from)
    if (folder === undefined) throw new Error(`no package.json of ${FRAMEWORK_PACKAGE} above ${fileURLToPath(import.meta.url)}`)
    if ((JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string }).name === FRAMEWORK_PACKAGE) return folder
    from = dirname(folder)
  }
}
