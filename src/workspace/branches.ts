/** `--indicators FILE`, `--with NAME=FILE` and `--set NODE.parameter=VALUE`, decoded: what a study is planned with in the place of what it says itself, and the branches that come of it. */
import { createHash } from "node:crypto"
import { basename, extname, relative, resolve } from "node:path"
import { Effect } from "effect"
import { type ParamEdit, parseParamEdit, writeParamEdit } from "../dag/param-edits.ts"
import { type CliError, CliFailure, usage } from "./failure.ts"

/** One way to plan a study: with these files in the place of its data files, and these parameters in the place of its own. */
export interface Branch {
  /** What stands behind the study's name: `reduced` of `study@reduced`; "" where no name is given several files, no parameter is set, and nobody has named it. */
  readonly name: string
  /** Whether somebody has: `--as`. */
  readonly named: boolean
  readonly set: ReadonlyArray<ParamEdit>
  /** Absolute paths by the name of the data file. */
  readonly replaced: ReadonlyMap<string, string>
  /** The names that have several files, and so make the branches. */
  readonly by: ReadonlySet<string>
}

export interface ReplacementFlags {
  readonly with: ReadonlyArray<string>
  readonly indicators: ReadonlyArray<string>
  readonly set: ReadonlyArray<string>
  readonly as: string
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

/** Letters of a name that is made of what is set. */
const LONGEST = 40

/** What a branch is called after the parameters that it has: as they are typed, where that can be a name and a folder's; otherwise what can be of it, and enough of a hash. */
const nameOfEdits = (edits: ReadonlyArray<ParamEdit>): string => {
  const written = edits.map(writeParamEdit).sort().join(",")
  const sayable = written.replace(/[^\p{L}\p{N}=.,_-]+/gu, "-")
  if (sayable === written && written.length <= LONGEST) return written
  return `${sayable.slice(0, LONGEST - 8)}~${createHash("sha256").update(written).digest("hex").slice(0, 6)}`
}

/** `STUDY:NODE.path=VALUE`; a colon in a node's key, or in the value, is none of these. */
const SETTING = /^(?:([^=[]+?):)?([A-Za-z].*)$/s

/** The parameters that are set of each study, by its file. */
const settingsOf = (flags: ReplacementFlags, studies: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const settings = new Map(studies.map((file) => [file, [] as Array<ParamEdit>]))
    for (const text of flags.set) {
      const [, study, setting = ""] = SETTING.exec(text) ?? []
      const edit = parseParamEdit(setting)
      if (edit === undefined) return yield* usage("set", `--set takes NODE.PARAMETER=VALUE, as baseline.variance=iid, and this is "${text}"`)
      const target = study ?? (studies.length === 1 ? studies[0] : undefined)
      if (target === undefined)
        return yield* usage("set", `there are several studies: say which one "${text}" is for, as --set STUDY:${text}, STUDY being the file given to --study`)
      const own = settings.get(target)
      if (own === undefined) return yield* usage("set", `--set ${text}: there is no --study ${study}; given are: ${studies.join(", ")}`)
      own.push(edit)
    }
    return settings
  })

/** Each choice of one file for each name. */
const combinations = (several: ReadonlyArray<readonly [string, ReadonlyArray<string>]>): ReadonlyArray<ReadonlyArray<readonly [string, string]>> =>
  several.reduce<ReadonlyArray<ReadonlyArray<readonly [string, string]>>>(
    (made, [name, files]) => made.flatMap((one) => files.map((file) => [...one, [name, file] as const])),
    [[]]
  )

/** The branches of each study, by its file: one where no name is given more than one file, or else one for each choice of a file for each name. What is set, all of them have. */
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
    const settings = yield* settingsOf(flags, studies)
    const errors: Array<CliError> = []
    if (UNSAYABLE.test(flags.as) || /[/\\]/.test(flags.as))
      errors.push({ code: "branch", message: `--as ${flags.as}: a branch's name holds none of : @ [ ] + / \\` })
    if (flags.as !== "" && [...given.values(), ...settings.values()].every((one) => [...one].length === 0))
      errors.push({ code: "branch", message: `--as ${flags.as} names the branch that --set, --with or --indicators make: give one of these` })
    const branches = new Map(
      [...given].map(([study, files]) => {
        const several = [...files].filter(([, own]) => own.length > 1)
        for (const [name, own] of several) errors.push(...faultsOf(name, own))
        const set = settings.get(study)!
        const named = flags.as !== "" && (files.size > 0 || set.length > 0)
        const own = named ? [flags.as] : set.length > 0 ? [nameOfEdits(set)] : []
        const by = new Set(several.map(([name]) => name))
        const made = combinations([...files]).map(
          (chosen): Branch => ({
            name: [...chosen.flatMap(([name, file]) => (by.has(name) ? [nameOf(file)] : [])), ...own].join("+"),
            named,
            set,
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
