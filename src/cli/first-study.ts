import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, join, relative, sep } from "node:path"

const PACKAGE = "@sediment/sediment"
const STUDY_NAME = /^[\w-]+$/

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const slashes = (path: string): string => path.split(sep).join("/")

/** Whether a study in this folder finds the package of Sediment, as it does where npm has installed it. */
const findsSediment = (folder: string): boolean => {
  try {
    createRequire(join(folder, "dag.ts")).resolve(`${PACKAGE}/package.json`)
    return true
  } catch {
    return false
  }
}

const tsconfig = {
  compilerOptions: {
    target: "esnext",
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ["node"]
  }
}

export interface FirstStudy {
  /** The study itself, by path from the folder: of these, none may be there. */
  readonly study: ReadonlyMap<string, string>
  /** What stands around it: one that is there stays as it is. */
  readonly around: ReadonlyMap<string, string>
  /** Whether npm has to install Sediment before it runs. */
  readonly toInstall: boolean
}

/**
 * The files of a first study for `folder`: the example's, named for the folder where it has a study's name, and what npm, git and an editor need. `installed` is the
 * folder of the Sediment that is called, `versions` are of the tools that it is developed with.
 */
export const firstStudy = (folder: string, installed: string, versions: Readonly<Record<string, string>>): FirstStudy => {
  const example = join(installed, "examples", "first-study")
  const files = readdirSync(example, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const name = basename(folder)
  const own = STUDY_NAME.test(name) ? name : "first-study"
  const study = new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => {
        const text = readFileSync(file, "utf8")
        return [slashes(relative(example, file)), file.endsWith("dag.ts") ? text.replace('Dag.make("first-study"', `Dag.make(${JSON.stringify(own)}`) : text]
      })
  )
  const toInstall = !findsSediment(folder)
  const { "@types/node": node, typescript } = versions
  const packageFile = {
    name: own.toLowerCase(),
    private: true,
    type: "module",
    scripts: { start: "sediment run" },
    ...(toInstall ? { dependencies: { [PACKAGE]: `file:${slashes(relative(folder, installed))}` } } : {}),
    devDependencies: { "@types/node": node, typescript }
  }
  const around = new Map([
    ["package.json", json(packageFile)],
    ["tsconfig.json", json(tsconfig)],
    [".gitignore", "node_modules/\ncache/\nresults/\ndebug/\n"],
    // A folder is installed as its package would be, with what it depends on beside it; npm else makes a link, beside which a stage finds no Effect.
    ...(toInstall ? [[".npmrc", "install-links=true\n"] as const] : [])
  ])
  return { study, around, toInstall }
}
