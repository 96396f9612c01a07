import { pathToFileURL } from "node:url"
import { FRAMEWORK_PACKAGE } from "./package-folder.ts"
import type { StudyBundle } from "./study-bundle.ts"

/** Where the one Effect and the one framework of this process stand, as URLs: two of either in a thread do not understand each other. */
export interface LinkTargets {
  readonly effect: string
  readonly framework: string
  /** Where a package stands, by the file that it resolves to; without this, there. */
  readonly packageAt?: (file: string) => string
}

/** The bundle as a module that any thread can import, line by line as it is, so that its source map holds: packages are imported by URL, and an export `stages` holds its stages by name, beside the study's own exports. */
export const linkBundle = (bundle: StudyBundle, targets: LinkTargets): string => {
  const packageAt = targets.packageAt ?? ((file) => pathToFileURL(file).href)
  let text = ""
  let from = 0
  for (const { specifier, start, end, file } of bundle.imports) {
    // What resolves to no file is Effect, the framework, or a module of Node's, which keeps its name.
    const target = file === undefined ? ({ effect: targets.effect, [FRAMEWORK_PACKAGE]: targets.framework }[specifier] ?? specifier) : packageAt(file)
    text += bundle.code.slice(from, start) + JSON.stringify(target)
    from = end
  }
  let holder = "stages"
  while (bundle.code.includes(holder)) holder += "$"
  const stages = [...bundle.stages.values()].map(({ binding, name }) => `${JSON.stringify(name)}: ${binding}`)
  return `${text}${bundle.code.slice(from)}\nconst ${holder} = { ${stages.join(", ")} };\nexport { ${holder} as stages };\n`
}
