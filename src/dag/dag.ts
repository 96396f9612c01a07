import type { Schema } from "effect"
import type { AnyTable } from "../artifact/table-type.ts"
import type { CommandFacts } from "./command.ts"
import type { File, Files, Inputs, InputType, Json, Many, OutputTypes, ParamsSchema, Stage } from "./stage.ts"

/** One output of a node: what another node's input is wired to. */
export interface Output<T extends AnyTable = AnyTable> {
  readonly node: string
  readonly output: string
  readonly table: T
}
/** A file outside, as a node's input. */
export interface Source {
  readonly source: string
  readonly table: File
}

/** The files of a folder outside, as a node's input. */
export interface Folder {
  readonly folder: string
  readonly match: string
  readonly table: Files
}

type OutputsOf<O> = { readonly [K in keyof O]: O[K] extends AnyTable ? Output<O[K]> : never }
/**
 * What `dag.node` gives: the output itself, or a record of them where the stage has several. One that is called `output` is what the stage is for: it is wired by
 * the node itself, the others by their names.
 */
export type NodeOf<O extends OutputTypes> = O extends AnyTable
  ? Output<O>
  : O extends { readonly output: infer Main extends AnyTable }
    ? Output<Main> & OutputsOf<Omit<O, "output">>
    : OutputsOf<O>

// A wrong wiring is compared by the table type's name, so that the compiler prints two names and not two structures.
interface Named<Name extends string> {
  readonly node: string
  readonly output: string
  readonly table: { readonly name: Name }
}
/** `anyTable` takes an output of every type. */
type OfType<T extends AnyTable> = Named<T["name"] extends "AnyTable" ? string : T["name"]>
type Wireable<I extends InputType> =
  I extends Many<infer T>
    ? ReadonlyArray<OfType<T>>
    : I extends File
      ? Source
      : I extends Files
        ? Folder | Source | ReadonlyArray<Source>
        : I extends AnyTable
          ? OfType<I>
          : never
// biome-ignore lint/complexity/noBannedTypes: `{} extends X` asks whether every key of X is optional
type ParamArgs<P extends ParamsSchema> = {} extends P["Encoded"] ? [params?: P["Encoded"]] : [params: P["Encoded"]]

export interface SourceOptions {
  /** Carried into every artifact that rests on this file, and into every table rendered from it. */
  readonly note?: string
}

export interface FolderOptions extends SourceOptions {
  /** Which files: `*.xlsx`, `20??.{xls,xlsx}`; with a name before a /, those of folders in it. docs/folders.md says it all. Unless given, all that lie in the folder itself. */
  readonly match?: string
}

/** What places nodes: the argument of the function that `Dag.make` is given, and of a map's. */
export interface Builder {
  /** Places a stage in the DAG. A name may carry a key, `replicates[0]`: such nodes can be asked for together by the name before the bracket. */
  node<I extends Inputs, P extends ParamsSchema, O extends OutputTypes>(
    name: string,
    stage: Stage<I, P, O>,
    inputs: { readonly [K in keyof I]: Wireable<NoInfer<I>[K]> },
    ...params: ParamArgs<P>
  ): NodeOf<O>
  /**
   * The same nodes for each item of a list of JSON values, or of a record. `one` is the builder to place them with: its nodes are called `name[key]`, and in a map
   * inside of a map `name[outer inner]`. A record's keys are the keys; a list's item is its own key, or a short hash of it where it is more than a text or a
   * number. So neither the order of the items nor what else is among them changes a node's name, and a map that grows makes the new nodes only.
   */
  map<const T extends ReadonlyArray<Json>, R>(items: T, each: (item: T[number], one: Builder, key: string) => R): { readonly [K in keyof T]: R }
  map<const T extends { readonly [key: string]: unknown }, R>(
    items: T,
    each: (item: T[keyof T], one: Builder, key: keyof T & string) => R
  ): { readonly [K in keyof T]: R }
  /** A file of the study, by its path from dag.ts. */
  source(path: string, options?: SourceOptions): Source
  /**
   * The files of a folder, by its path from dag.ts, in the order of their paths: those that lie there when the study is loaded. Hidden files, the marks of open
   * ones (`~$2003.xlsx`) and folders are passed over. A folder without such a file, and a link that leads out of the folder, are faults of the nodes that read it.
   */
  folder(path: string, options?: FolderOptions): Folder
  /** Decodes a YAML or JSON file into parameters; `--with NAME=FILE` puts another file in its place. */
  data<S extends Schema.Codec<unknown, unknown>>(name: string, path: string, schema: S): S["Type"]
}

export interface DagOptions {
  /** Seed of the study's random numbers. */
  readonly seed?: number
}

/** A study, as `Dag.make` gives it: the default export of a dag.ts. */
export interface Dag {
  readonly name: string
  readonly seed: number
  /** Places the nodes and returns the study's targets. Called when the study is loaded; what it reads besides files that it names is refused. */
  readonly build: (dag: Builder) => Readonly<Record<string, unknown>>
}

/** An output of another node. */
export interface OutputWire {
  readonly node: string
  readonly output: string
}
export interface FileWire {
  readonly source: string
}
/** An output of another node, or a file. */
export type Wire = OutputWire | FileWire
/** A folder that files are of. */
export interface FolderWire {
  readonly path: string
  readonly match: string
  /** Files that fit and may not be taken: links that lead out of the folder, or nowhere. */
  readonly refused?: ReadonlyArray<{ readonly file: string; readonly link: "outside" | "broken" }>
}
/** Files as one input. Those of a folder are filled in when the study is loaded. */
export interface FilesWire {
  readonly files: ReadonlyArray<FileWire>
  readonly folder?: FolderWire
}
/** A node's input after wiring. */
export type WiredInput = Wire | ReadonlyArray<OutputWire> | FilesWire
export const isList = (wired: WiredInput): wired is ReadonlyArray<OutputWire> => Array.isArray(wired)
export const isFiles = (wired: WiredInput): wired is FilesWire => "files" in wired

export interface GraphNode {
  readonly name: string
  readonly stage: string
  readonly inputs: Readonly<Record<string, WiredInput>>
  /** Decoded, defaults filled in, encoded again, as RFC 8785 text. */
  readonly params: string
  /** Output name to table type name; the only one, and that which is wired by the node itself, is called "output". */
  readonly outputs: Readonly<Record<string, string>>
}
/** The name under which what is read of one of several files is recorded: `tables[2003.xlsx]`, with other characters than letters, digits and `-_.!~*'()` escaped as in an address. */
export const fileInput = (input: string, path: string): string => `${input}[${encodeURIComponent(path)}]`
/** Such a name as people read it. */
export const readableInput = (input: string): string => input.replace(/\[(.*)\]$/s, (_, path: string) => `[${decodeURIComponent(path)}]`)
/** Each wire into a node, by the name under which what is read of it is recorded: `panel`, `panels[2]` for the third of a list, or that of `fileInput`. */
export const wiresOf = (node: Pick<GraphNode, "inputs">): ReadonlyArray<readonly [input: string, wire: Wire]> =>
  Object.entries(node.inputs).flatMap(([input, wired]): ReadonlyArray<readonly [string, Wire]> => {
    if (isFiles(wired)) return wired.files.map((one) => [fileInput(input, one.source), one])
    return isList(wired) ? wired.map((one, i) => [`${input}[${i}]`, one]) : [[input, wired]]
  })
/** A folder's files in one word. */
export const folderLabel = ({ match, path }: FolderWire): string => `${path}/${match}`
const originsIn = (wired: WiredInput): ReadonlyArray<string> => {
  if (isFiles(wired)) return wired.folder === undefined ? wired.files.map(({ source }) => source) : [folderLabel(wired.folder)]
  return (isList(wired) ? wired : [wired]).map((wire) => ("source" in wire ? wire.source : wire.node))
}
/** The nodes and files that a node reads, as a picture has them: the files of a folder are one. */
export const originsOf = (node: Pick<GraphNode, "inputs">): ReadonlyArray<string> => Object.values(node.inputs).flatMap(originsIn)
/** The one of them that a file is, of which something is told under the name of an input. */
export const originOf = (node: Pick<GraphNode, "inputs">, input: string, file: string): string => {
  const wired = node.inputs[input.replace(/\[.*$/s, "")]
  return wired !== undefined && isFiles(wired) && wired.folder !== undefined ? folderLabel(wired.folder) : file
}
/** The nodes that a node is wired to, each once. */
export const upstreamOf = (node: Pick<GraphNode, "inputs">): ReadonlyArray<string> => {
  const names = new Set<string>()
  for (const wired of Object.values(node.inputs))
    if (!isFiles(wired)) for (const wire of isList(wired) ? wired : [wired]) if ("node" in wire) names.add(wire.node)
  return [...names]
}

/** A study's graph as data: what planning needs, without its stages. Nodes stand in an order in which inputs come first. */
export interface Graph {
  readonly study: string
  readonly seed: number
  readonly nodes: ReadonlyArray<GraphNode>
  readonly sources: ReadonlyArray<{ readonly path: string; readonly note: string | undefined }>
  /** Their files are sources too, once they are filled in. */
  readonly folders: ReadonlyArray<FolderWire & { readonly note: string | undefined }>
  /** The stages that are commands of the system, by name. */
  readonly commands: Readonly<Record<string, CommandFacts>>
  readonly targets: ReadonlyArray<string>
}

export interface GraphFault {
  readonly code: string
  readonly message: string
  readonly where?: { readonly node?: string; readonly input?: string; readonly parameter?: string; readonly file?: string }
}
/** Everything that is wrong with a study's wiring, parameters and data files. */
export class GraphError extends Error {
  readonly faults: ReadonlyArray<GraphFault>
  constructor(faults: ReadonlyArray<GraphFault>) {
    super(faults.map((fault) => fault.message).join("\n"))
    this.name = "GraphError"
    this.faults = faults
  }
}

/** Where a study begins: `export default Dag.make("name", (dag) => …)`. */
export const Dag = {
  /** A study: a DAG with a name. What the function returns (any of its nodes, nested as you like) is what `run` without arguments builds. */
  make: (name: string, build: Dag["build"], options: DagOptions = {}): Dag => ({ name, seed: options.seed ?? 1, build })
}
