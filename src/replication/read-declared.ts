import { existsSync, readFileSync, statSync } from "node:fs"
import { join, posix } from "node:path"
import { parseDataFile } from "../dag/data-file.ts"
import { decode } from "../dag/decode.ts"
import { didYouMean } from "../dag/near-matches.ts"
import { Declared, NOTHING } from "./declared.ts"

export const DECLARED_FILE = "replication.yaml"

/** One thing that is wrong with replication.yaml, or with what it names. */
export interface DeclaredFault {
  readonly code: "replication"
  readonly message: string
  readonly where: { readonly file: string; readonly parameter?: string }
}

const fault = (path: string, message: string): DeclaredFault => ({
  code: "replication",
  message: `${DECLARED_FILE}${path === "" ? "" : `, ${path}`}: ${message}`,
  where: path === "" ? { file: DECLARED_FILE } : { file: DECLARED_FILE, parameter: path }
})

const bare = (folder: string): string => folder.replace(/\/+$/, "")
const isFolder = (file: string, folders: ReadonlyArray<string>): boolean => folders.includes(bare(file))
const filesIn = (folder: string, sources: ReadonlyArray<string>): ReadonlyArray<string> => sources.filter((file) => file.startsWith(`${bare(folder)}/`))

/** Statements of files that are no source of the study, or of which there are two; further files that cannot go in. */
const faultsOf = (declared: Declared, directory: string, sources: ReadonlyArray<string>, folders: ReadonlyArray<string>): ReadonlyArray<DeclaredFault> => {
  const faults: Array<DeclaredFault> = []
  const stated = new Map<string, string>()
  for (const [i, { access, files }] of declared.sources.entries())
    for (const [j, file] of files.entries()) {
      const path = `sources[${i}].files[${j}]`
      const inIt = isFolder(file, folders) ? filesIn(file, sources) : []
      const twice = [file, ...inIt].find((one) => stated.has(one))
      if (twice !== undefined) faults.push(fault(path, `${twice} is stated twice, first in ${stated.get(twice)}`))
      else if (!sources.includes(file) && !isFolder(file, folders)) {
        const hint = didYouMean(file, sources).trim() || `the sources are: ${sources.join(", ") || "none"}`
        faults.push(fault(path, `no dag.source of the study reads "${file}"; ${hint}`))
      }
      for (const one of [file, ...inIt]) stated.set(one, path)
      if (access === "restricted" && declared.files.some((one) => posix.normalize(`${file}/`).startsWith(posix.normalize(`${one}/`))))
        faults.push(fault("files", `${file} is restricted, and a further file or folder would bring it in`))
    }
  for (const [i, file] of declared.files.entries()) {
    const path = `files[${i}]`
    const normal = posix.normalize(file)
    if (normal === "." || normal === "./") faults.push(fault(path, "the whole folder of dag.ts is too much: name the files and folders that go in"))
    else if (posix.isAbsolute(file) || normal.startsWith("..")) faults.push(fault(path, `"${file}" is not below the folder of dag.ts`))
    else if (statSync(join(directory, file), { throwIfNoEntry: false }) === undefined)
      faults.push(fault(path, `there is no file or folder ${file} beside dag.ts`))
    else if (/(^|\/)(node_modules|cache|\.git)(\/|$)/.test(normal))
      faults.push(fault(path, `${file} is no part of a package: npm and Sediment make these folders`))
  }
  return faults
}

/**
 * What the author says of a study in `replication.yaml` beside its dag.ts, or everything that is wrong with it.
 * @param sources the paths that the study gives to `dag.source`, and those of its folders' files
 * @param folders the paths that it gives to `dag.folder`: a statement of one is a statement of its files
 */
export const readDeclared = (
  directory: string,
  sources: ReadonlyArray<string>,
  folders: ReadonlyArray<string>
): { readonly declared: Declared; readonly isThere: boolean } | { readonly faults: ReadonlyArray<DeclaredFault> } => {
  const file = join(directory, DECLARED_FILE)
  if (!existsSync(file)) return { declared: NOTHING, isThere: false }
  let value: unknown
  try {
    value = parseDataFile(file, readFileSync(file, "utf8"))
  } catch (error) {
    return { faults: [fault("", (error as Error).message.trim())] }
  }
  const decoded = decode(Declared, value ?? {})
  if (decoded.value === undefined) return { faults: decoded.faults.map(({ message, path }) => fault(path, message)) }
  const faults = faultsOf(decoded.value, directory, sources, folders)
  if (faults.length > 0) return { faults }
  const whole = (file: string) => (isFolder(file, folders) ? filesIn(file, sources) : [file])
  const stated = decoded.value.sources.map((source) => ({ ...source, files: source.files.flatMap(whole) }))
  return { declared: { ...decoded.value, sources: stated as unknown as Declared["sources"] }, isThere: true }
}

/** What nobody has stated, and a README can only say so: a sentence each. */
export const unstated = (declared: Declared, isThere: boolean, sources: ReadonlyArray<string>): ReadonlyArray<string> => {
  const stated = new Set(declared.sources.flatMap(({ files }) => files))
  const silent = sources.filter((source) => !stated.has(source))
  const keys = [
    ...(declared.title === undefined ? ["title"] : []),
    ...(declared.authors.length === 0 ? ["authors"] : []),
    ...(declared.contact === undefined && declared.authors.every(({ email }) => email === undefined) ? ["contact"] : []),
    ...(declared.licence?.code === undefined ? ["licence.code"] : []),
    ...(declared.licence?.data === undefined ? ["licence.data"] : []),
    ...(declared.rights?.use === undefined || declared.rights.redistribute === undefined ? ["rights"] : []),
    ...(declared.reproduces === undefined ? ["reproduces"] : [])
  ]
  return [
    ...(isThere ? [] : [`there is no ${DECLARED_FILE} beside dag.ts: what only its authors know is not stated (docs/replication.md has the format)`]),
    ...(isThere && keys.length > 0 ? [`${DECLARED_FILE} does not state: ${keys.join(", ")}`] : []),
    ...(silent.length === 0
      ? []
      : [
          `nothing is stated of ${silent.join(", ")}: ${silent.length === 1 ? "it is" : "they are"} in the package all the same; state in ${DECLARED_FILE} what may be given away, and "access: restricted" for what may not`
        ])
  ]
}
