import { readFileSync } from "node:fs"
import { relative, resolve } from "node:path"
import { Schema } from "effect"
import { type AnyTable, anyTable } from "../artifact/table-type.ts"
import { canonicalJson } from "./canonical-json.ts"
import { commandFaults, factsOf } from "./command.ts"
import type { Builder, Dag, Folder, Graph, GraphFault, GraphNode, Output, Source, WiredInput } from "./dag.ts"
import { GraphError } from "./dag.ts"
import { parseDataFile } from "./data-file.ts"
import { decode } from "./decode.ts"
import { patternFault } from "./file-pattern.ts"
import { type MapItem, type MapItems, mapItems, nameInMaps } from "./map-items.ts"
import type { ParamEdit } from "./param-edits.ts"
import { SetParams } from "./set-params.ts"
import { type AnyStage, File, Files, type InputType, type Json, outputTypes } from "./stage.ts"
import { policyFaults } from "./stage-policies.ts"

export interface BuildOptions {
  /** The folder of dag.ts: paths of sources and data files count from it. */
  readonly directory: string
  /** `--with NAME=FILE`: absolute paths by the name of the `dag.data` that they replace. */
  readonly replaced: ReadonlyMap<string, string>
  /** Told each data file's path before it is read: they decide the graph, as dag.ts does. */
  readonly reading: (path: string) => void
  /** `--set NODE.path=VALUE`: parameters that are other than the study says. */
  readonly set?: ReadonlyArray<ParamEdit>
  /** Texts of data files that are not written yet, by their absolute paths. */
  readonly texts?: ReadonlyMap<string, string>
  /** Told each data file with its Schema. */
  readonly decoding?: (name: string, file: string, schema: DataSchema) => void
  /** Told the name of each node while the study's code that places it is on the stack. */
  readonly placing?: (node: string) => void
}

/** The Schema of a data file. */
export type DataSchema = Schema.Codec<unknown, unknown>

const NAME = /^[A-Za-z][\w-]*$/
const NODE_NAME = /^[A-Za-z][\w-]*(\[[^[\]]+\])?$/

const isOutput = (value: unknown): value is Output => typeof value === "object" && value !== null && "node" in value && "output" in value && "table" in value
const isSource = (value: unknown): value is Source => typeof value === "object" && value !== null && "source" in value
const isFolder = (value: unknown): value is Folder => typeof value === "object" && value !== null && "folder" in value

/** The nodes named anywhere in what the study returned. */
const collectTargets = (value: unknown, into: Set<string>): void => {
  if (isOutput(value)) into.add(value.node)
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) collectTargets(inner, into)
}

/** What was given as a file and is none. */
const inWords = (given: unknown): string =>
  isOutput(given)
    ? `the output ${given.node}`
    : isFolder(given)
      ? `the folder ${given.folder}`
      : Array.isArray(given)
        ? "a list"
        : given === undefined
          ? "nothing"
          : typeof given

/** Evaluates a study's builder: the graph as data, and the stages that its nodes use. Throws GraphError with everything that is wrong. */
export const buildGraph = (dag: Dag, options: BuildOptions): { readonly graph: Graph; readonly stages: ReadonlyMap<string, AnyStage> } => {
  const faults: Array<GraphFault> = []
  const nodes = new Map<string, GraphNode>()
  const made = new WeakSet<object>()
  const stages = new Map<string, AnyStage>()
  const sources = new Map<string, string | undefined>()
  const folders = new Map<string, Graph["folders"][number]>()
  const dataNames = new Set<string>()
  const set = new SetParams(options.set ?? [])

  const wire = (node: string, input: string, type: InputType, given: unknown): WiredInput | undefined => {
    const wrong = (found: string, expected: string): undefined => {
      faults.push({ code: "wiring", message: `node "${node}", input "${input}": found ${found}, expected ${expected}`, where: { node, input } })
      return undefined
    }
    const one = (value: unknown, table: AnyTable, at = "") => {
      const expected = `an output of type ${table.name}`
      if (isSource(value)) return wrong(`the file ${value.source}${at}`, expected)
      if (isFolder(value)) return wrong(`the folder ${value.folder}${at}`, expected)
      // What a mistyped output's name gives.
      if (value === undefined) return wrong(`nothing${at}`, `${expected}: look whether the output's name is right`)
      if (!isOutput(value)) return wrong(`${typeof value}${at}`, expected)
      if (!made.has(value)) return wrong(`"${value.node}" of another study${at}`, `an output of this study`)
      if (table !== anyTable && value.table !== table) return wrong(`${value.node}.${value.output} of type ${value.table.name}${at}`, expected)
      return { node: value.node, output: value.output }
    }
    if (type === File) return isSource(given) ? { source: given.source } : wrong(inWords(given), "a file: dag.source(path)")
    if (type === Files) {
      if (isFolder(given)) return { files: [], folder: { path: given.folder, match: given.match } }
      const list: ReadonlyArray<unknown> = Array.isArray(given) ? given : [given]
      const other = list.findIndex((one) => !isSource(one))
      if (other !== -1 || list.length === 0)
        return wrong(list.length === 0 ? "an empty list" : inWords(list[other]), "files: dag.folder(path, { match }), dag.source(path), or a list of sources")
      return { files: [...new Set((list as ReadonlyArray<Source>).map((one) => one.source))].map((one) => ({ source: one })) }
    }
    if ("many" in type) {
      if (!Array.isArray(given)) return wrong(typeof given, `a list of ${type.many.name}`)
      const wired = given.map((value, i) => one(value, type.many, ` at place ${i + 1} of the list`))
      return wired.every((value) => value !== undefined) ? wired : undefined
    }
    return one(given, type as AnyTable)
  }

  const node: Builder["node"] = (name, stage, inputs, ...params) => {
    options.placing?.(name)
    const any = stage as unknown as AnyStage
    if (!NODE_NAME.test(name))
      faults.push({
        code: "node-name",
        message: `"${name}" is not a node's name: letters, digits, - and _, and at the end a key in brackets (which holds none itself) if you like`,
        where: { node: name }
      })
    if (nodes.has(name)) faults.push({ code: "duplicate-node", message: `there are two nodes named "${name}"`, where: { node: name } })
    const other = stages.get(any.name)
    if (other !== undefined && other !== any)
      faults.push({ code: "duplicate-stage", message: `two different stages are named "${any.name}"`, where: { node: name } })
    if (other === undefined) {
      for (const message of policyFaults(any)) faults.push({ code: "stage-policy", message, where: { node: name } })
      if (any.command !== undefined)
        for (const message of commandFaults(any.name, any.command, Object.keys(any.inputs), outputTypes(any)))
          faults.push({ code: "stage-command", message, where: { node: name } })
    }
    stages.set(any.name, any)
    const wired: Record<string, WiredInput> = {}
    // Records of what a stage read begin with the input's name.
    for (const input of Object.keys(any.inputs))
      if (!NAME.test(input))
        faults.push({
          code: "input-name",
          message: `stage ${any.name}: "${input}" is not an input's name: letters, digits, - and _`,
          where: { node: name, input }
        })
    for (const [input, type] of Object.entries(any.inputs as Record<string, InputType>)) {
      const value = wire(name, input, type, (inputs as Record<string, unknown>)[input])
      if (value !== undefined) wired[input] = value
    }
    for (const input of Object.keys(inputs))
      if (!(input in any.inputs))
        faults.push({
          code: "wiring",
          message: `node "${name}": stage ${any.name} has no input "${input}"; it has: ${Object.keys(any.inputs).join(", ") || "none"}`,
          where: { node: name, input }
        })
    const given = set.paramsOf(name, any, params[0] ?? {}, faults)
    const decoded = decode<unknown>(any.params, given)
    for (const { path, message } of decoded.faults)
      faults.push({
        code: "parameter",
        message: `node "${name}", parameter ${path === "" ? "(all)" : path}: ${message}`,
        where: { node: name, parameter: path }
      })
    const types = outputTypes(any)
    // The node is the wire of its `output`, which has these names itself.
    for (const reserved of ["node", "table"])
      if ("output" in types && reserved in types)
        faults.push({
          code: "output-name",
          message: `stage ${any.name}: an output beside "output" cannot be called "${reserved}": give it another name`,
          where: { node: name }
        })
    nodes.set(name, {
      name,
      stage: any.name,
      inputs: wired,
      params: decoded.faults.length > 0 ? "{}" : canonicalJson(Schema.encodeUnknownSync(any.params as Schema.Codec<unknown, Json>)(decoded.value)),
      outputs: Object.fromEntries(Object.entries(types).map(([output, type]) => [output, type.name]))
    })
    const outputs = Object.fromEntries(
      Object.entries(types).map(([output, table]) => {
        const made_: Output = { node: name, output, table }
        made.add(made_)
        return [output, made_]
      })
    )
    const { output, ...others } = outputs
    return (output === undefined ? outputs : Object.assign(output, others)) as never
  }
  const source: Builder["source"] = (path, { note } = {}) => {
    const before = sources.get(path)
    if (sources.has(path) && before !== note)
      faults.push({ code: "source-note", message: `the file ${path} is given two different notes`, where: { file: path } })
    sources.set(path, note)
    return { source: path, table: File }
  }
  const folder: Builder["folder"] = (path, { match = "*", note } = {}) => {
    const place = path.replace(/(?<=.)\/+$/, "")
    const wrong = patternFault(match)
    if (wrong !== undefined)
      faults.push({ code: "folder-pattern", message: `the folder ${place}: found the pattern "${match}", and ${wrong}`, where: { file: place } })
    const key = JSON.stringify([place, match])
    const before = folders.get(key)
    if (before !== undefined && before.note !== note)
      faults.push({ code: "source-note", message: `the folder ${place} is given two different notes`, where: { file: place } })
    folders.set(key, { path: place, match, note })
    return { folder: place, match, table: Files }
  }
  const data: Builder["data"] = (name, path, schema) => {
    dataNames.add(name)
    const file = options.replaced.get(name) ?? resolve(options.directory, path)
    const shown = relative(options.directory, file) || file
    options.reading(file)
    options.decoding?.(name, file, schema as unknown as DataSchema)
    let value: unknown
    try {
      value = parseDataFile(file, options.texts?.get(file) ?? readFileSync(file, "utf8"))
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT"
      const message = missing ? `there is no file ${shown} (looked for in ${options.directory})` : `${shown}: ${(error as Error).message}`
      throw new GraphError([{ code: "data-file", message, where: { file: shown } }])
    }
    const decoded = decode<unknown>(schema as unknown as DataSchema, value)
    if (decoded.faults.length > 0)
      throw new GraphError(
        decoded.faults.map(({ path: at, message }) => ({
          code: "data-file",
          message: `${shown}${at === "" ? "" : `, ${at}`}: ${message}`,
          where: { file: shown, parameter: at }
        }))
      )
    return decoded.value as never
  }
  /** The builder inside of maps whose keys are these, outermost first. */
  const builderIn = (keys: ReadonlyArray<string>): Builder => ({
    node: (name, ...given) => node(nameInMaps(keys, name), ...given),
    source,
    folder,
    data,
    map: (items: MapItems, each: (item: never, one: Builder, key: never) => unknown) => {
      const results = new Map<string, { readonly title: string; readonly result: unknown; readonly nodes: ReadonlyArray<string> }>()
      const result = ({ item, key, title }: MapItem) => {
        const same = results.get(key)
        if (same !== undefined) {
          const doubled = same.nodes.length === 0 ? "" : ` (of ${same.nodes.map((one) => `"${one}"`).join(", ")})`
          faults.push({
            code: "map-item",
            message: `a map's ${same.title} and ${title} have one key, "${key}"${doubled}: take one out, or give the items as a record, { key: item }`
          })
          return same.result
        }
        const before = nodes.size
        const made = each(item as never, builderIn([...keys, key]), key as never)
        results.set(key, { title, result: made, nodes: [...nodes.keys()].slice(before) })
        return made
      }
      const all = mapItems(items).map((one) => [one.key, result(one)] as const)
      return (Array.isArray(items) ? all.map(([, made]) => made) : Object.fromEntries(all)) as never
    }
  })

  // It names a folder of results, and stands before the colon in a reference to a node.
  if (!NAME.test(dag.name)) faults.push({ code: "study-name", message: `"${dag.name}" is not a study's name: letters, digits, - and _` })
  const returned = dag.build(builderIn([]))
  for (const name of options.replaced.keys())
    if (!dataNames.has(name))
      faults.push({ code: "with", message: `--with ${name}=…: the study has no data file named "${name}"; it has: ${[...dataNames].join(", ") || "none"}` })
  faults.push(...set.unused([...nodes.keys()]))
  const targets = new Set<string>()
  collectTargets(returned, targets)
  if (targets.size === 0) faults.push({ code: "no-targets", message: "the study returns no node: return those that it is for, as { table4, figure2 }" })
  if (faults.length > 0) throw new GraphError(faults)
  return {
    graph: {
      study: dag.name,
      seed: dag.seed,
      nodes: [...nodes.values()],
      sources: [...sources].map(([path, note]) => ({ path, note })),
      folders: [...folders.values()],
      commands: Object.fromEntries([...stages].flatMap(([name, { command }]) => (command === undefined ? [] : [[name, factsOf(command)]]))),
      targets: [...targets]
    },
    stages
  }
}
