import { extname } from "node:path"
import { readValue, type TableSummary } from "../artifact/hash.ts"
import type { Read } from "../artifact/tracked.ts"
import { type FilesWire, type FileWire, type GraphNode, isFiles, isList, type WiredInput } from "../dag/dag.ts"

/** What a node's inputs are today, as far as it is known. */
export interface Today {
  /** An output's summary, or undefined while its node has yet to run. */
  readonly summary: (node: string, output: string) => TableSummary | undefined
  /** A source's content hash and note; a file that is not there has the hash "absent". */
  readonly source: (path: string) => { readonly sha256: string; readonly note: string | undefined }
  /** The node's seed. */
  readonly seed: (node: GraphNode) => number
  /** Of a stage that is a command: its program's version, a variable of its environment. */
  readonly machine: (read: string) => string | undefined
}

/** The version of the program of a stage that is a command. */
export const PROGRAM = "program"
const ENVIRONMENT = "environment:"
/** A variable of its environment. */
export const environmentRead = (name: string): string => `${ENVIRONMENT}${name}`
/** The variable that a read is of, where it is one of the environment. */
export const variableIn = (read: string): string | undefined => (read.startsWith(ENVIRONMENT) ? read.slice(ENVIRONMENT.length) : undefined)
/** Whether a read is of what the machine has; no input of a node is. */
export const isOfMachine = (read: string): boolean => read === PROGRAM || read.startsWith(ENVIRONMENT)

/** Which files an input has, as a read of it is recorded: those that may not be taken too, so that one more is told. */
export const filesValue = ({ files, folder }: FilesWire): string =>
  JSON.stringify([...files.map(({ source }) => source), ...(folder?.refused ?? []).map(({ file }) => file)])

const valueAt = (wired: WiredInput, rest: string, today: Today): string | undefined => {
  if (isList(wired)) return rest === "count" ? String(wired.length) : "absent"
  if (isFiles(wired)) return rest === "files" ? filesValue(wired) : "absent"
  if ("source" in wired) {
    if (rest === "path") return wired.source
    if (rest === "ending") return extname(wired.source)
    const { note, sha256 } = today.source(wired.source)
    return rest === "notes" ? (note ?? "") : sha256
  }
  const summary = today.summary(wired.node, wired.output)
  return summary && readValue(summary, rest as Read)
}

const filesByKey = new WeakMap<FilesWire, ReadonlyMap<string, FileWire>>()
/** One of several files by its key in a read's name; found at once, since each of thousands has reads of its own. */
const fileOf = (wired: FilesWire, key: string): FileWire | undefined => {
  let byKey = filesByKey.get(wired)
  if (byKey === undefined) filesByKey.set(wired, (byKey = new Map(wired.files.map((one) => [encodeURIComponent(one.source), one]))))
  return byKey.get(key)
}

/** The wired input that a recorded read asked, and what it asked: `panels[2] column gov` is the third of `panels`, `column gov`. Of several files it is the one by its path. */
export const locateRead = (
  node: Pick<GraphNode, "inputs">,
  read: string
): { readonly input: string; readonly wired: WiredInput | undefined; readonly rest: string } => {
  const space = read.indexOf(" ")
  const input = read.slice(0, space)
  const rest = read.slice(space + 1)
  const bracket = input.indexOf("[")
  if (bracket === -1) return { input, wired: node.inputs[input], rest }
  const list = node.inputs[input.slice(0, bracket)]
  const key = input.slice(bracket + 1, -1)
  if (list === undefined || (!isList(list) && !isFiles(list))) return { input, wired: undefined, rest }
  return { input, wired: isList(list) ? list[Number(key)] : fileOf(list, key), rest }
}

/** What `read` gives today: undefined while an input has yet to run, "absent" where there is no longer such an input. */
export const valueToday = (node: GraphNode, read: string, today: Today): string | undefined => {
  if (read === "seed") return String(today.seed(node))
  if (isOfMachine(read)) return today.machine(read)
  const { wired, rest } = locateRead(node, read)
  return wired === undefined ? "absent" : valueAt(wired, rest, today)
}
