/** `--indicators FILE` and `--with NAME=FILE`, decoded: which files stand in the place of a study's data files; and where a name is given several, the branches of the study that come of them. */
import { basename, extname, relative, resolve } from "node:path"
import { Effect } from "effect"
import { type CliError, CliFailure, usage } from "./failure.ts"

/** One way to plan a study: with these files in the place of its data files. */
export interface Branch {
  /** What stands behind the study's name: `reduced` of `study@reduced`; "" where no name is given several files. */
  readonly name: string
  /** Absolute paths by the name of the data file. */
  readonly replaced: ReadonlyMap<string, string>
  /** The names that have several files, and so make the branches. */
  readonly by: ReadonlySet<string>
}

export interface ReplacementFlags {
  readonly with: ReadonlyArray<string>
  readonly indicators: ReadonlyArray<string>
}

/** Whether a study's name is that of a branch, `study@branch`; names in dag.ts have no "@". */
export const isBranch = (study: string): boolean => study.includes("@")

/** A file as a branch is called by it. */
const nameOf = (file: string): string => basename(file, extname(file))

const shown = (file: string): string => relative(process.cwd(), file)

// A node is addressed `study@branch:node[key]`, and its results stand in a folder `study@branch+…`.
const UNSAYABLE = /[:@[\]+\p{Cc}]/u

/** Two files of one name that make the same address, and names that no address can hold. */
const faultsOf = (name: string, files: ReadonlyArray<string>): ReadonlyArray<CliError> =>
  files.flatMap((file, i) => {
    const branch = nameOf(file)
    const same = files.slice(0, i).find((other) => nameOf(other) === branch)
    const message =
      same !== undefined
        ? `${shown(same)} and ${shown(file)} are both given for "${name}", and a branch is named by its file: both would be @${branch}; rename one of them`
        : UNSAYABLE.test(branch)
          ? `${shown(file)} would name a branch of the study, and a branch's name holds none of : @ [ ] +; rename the file`
          : undefined
    return message === undefined ? [] : [{ code: "branch", message }]
  })

/** Each choice of one file for each name. */
const combinations = (several: ReadonlyArray<readonly [string, ReadonlyArray<string>]>): ReadonlyArray<ReadonlyArray<readonly [string, string]>> =>
  several.reduce<ReadonlyArray<ReadonlyArray<readonly [string, string]>>>(
    (made, [name, files]) => made.flatMap((one) => files.map((file) => [...one, [name, file] as const])),
    [[]]
  )

/** The branches of each study, by its file: one where no name is given more than one file, or else one for each choice of a file for each name. */
export const branchesOf = (flags: ReplacementFlags, studies: ReadonlyArray<string>): Effect.Effect<ReadonlyMap<string, ReadonlyArray<Branch>>, CliFailure> =>
  Effect.gen(function* () {
    const given = new Map(studies.map((file) => [file, new Map<string, Array<string>>()]))
    for (const text of [...flags.with, ...flags.indicators.map((file) => `indicators=${file}`)]) {
      const match = /^(?:(.+?):)?([\w-]+)=(.+)$/.exec(text)
      if (match === null) return yield* usage("with", `--with takes NAME=FILE, and this is "${text}"`)
      const [, study, name, path] = match
      const target = study ?? (studies.length === 1 ? studies[0] : undefined)
      if (target === undefined)
        return yield* usage("with", `there are several studies: say which one "${text}" is for, as --with STUDY:${text}, STUDY being the file given to --study`)
      const files = given.get(target)
      if (files === undefined) return yield* usage("with", `--with ${text}: there is no --study ${study}; given are: ${studies.join(", ")}`)
      const file = resolve(path!)
      const own = files.get(name!)
      if (own === undefined) files.set(name!, [file])
      else if (!own.includes(file)) own.push(file)
    }
    const errors: Array<CliError> = []
    const branches = new Map(
      [...given].map(([study, files]) => {
        const several = [...files].filter(([, own]) => own.length > 1)
        for (const [name, own] of several) errors.push(...faultsOf(name, own))
        const by = new Set(several.map(([name]) => name))
        const made = combinations([...files]).map(
          (chosen): Branch => ({
            name: chosen.flatMap(([name, file]) => (by.has(name) ? [nameOf(file)] : [])).join("+"),
            replaced: new Map(chosen),
            by
          })
        )
        return [study, made] as const
      })
    )
    if (errors.length > 0) return yield* new CliFailure({ exitCode: 2, errors })
    return branches
  })
