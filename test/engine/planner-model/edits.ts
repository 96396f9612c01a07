/** Edits of a study. Each choice is a number taken modulo what there is to choose from, so that a sequence stays one with any part of it left out. */
import type { FileContent } from "./stages.ts"
import { inputsOf, type NodeSpec, outputsOf, parametersOf, type SourceSpec, STAGES, type StudySpec, upstreamOf, type WireSpec } from "./study-spec.ts"

export interface Params {
  readonly column: string
  readonly other: string
  readonly by: number
  readonly stream: number
}
export type StudyEdit =
  | { readonly edit: "cell"; readonly source: number; readonly column: number; readonly row: number; readonly value: number | null }
  | { readonly edit: "filled"; readonly source: number; readonly column: number; readonly row: number }
  | { readonly edit: "words"; readonly source: number; readonly column: number; readonly unit: string; readonly description: string }
  | { readonly edit: "column"; readonly source: number; readonly column: string }
  | { readonly edit: "row"; readonly source: number; readonly grow: boolean }
  | { readonly edit: "note"; readonly source: number; readonly note: string | undefined }
  | { readonly edit: "file"; readonly source: number }
  | { readonly edit: "seed"; readonly seed: number }
  | { readonly edit: "code"; readonly node: number; readonly version: number }
  | { readonly edit: "parameters"; readonly node: number; readonly params: Params }
  | { readonly edit: "add"; readonly stage: number; readonly at: number; readonly wires: ReadonlyArray<number>; readonly params: Params }
  | { readonly edit: "remove"; readonly node: number }
  | { readonly edit: "rename"; readonly node: number; readonly name: string }
  | { readonly edit: "swap names"; readonly node: number; readonly other: number }
  | { readonly edit: "rewire"; readonly node: number; readonly wires: ReadonlyArray<number> }
  | { readonly edit: "swap inputs"; readonly node: number }
  | { readonly edit: "list"; readonly node: number; readonly wires: ReadonlyArray<number>; readonly longer: boolean }
  | { readonly edit: "reorder"; readonly node: number }
  | { readonly edit: "targets"; readonly targets: ReadonlyArray<number>; readonly look: boolean }

const chosen = <A>(list: ReadonlyArray<A>, choice: number): A | undefined => list[choice % list.length]
const replaced = <A>(list: ReadonlyArray<A>, old: A, by: A): ReadonlyArray<A> => list.map((one) => (one === old ? by : one))

type Columns = FileContent["columns"]
const withColumns = (source: SourceSpec, label: FileContent["label"], columns: Columns): SourceSpec => ({ ...source, content: { label, columns } })
const editColumn = (source: SourceSpec, choice: number, change: (column: Columns[string]) => Columns[string]): SourceSpec => {
  const { columns, label } = source.content
  const found = chosen(Object.entries(columns), choice)
  return found === undefined ? source : withColumns(source, label, { ...columns, [found[0]]: change(found[1]) })
}

const editSource = (source: SourceSpec, edit: Extract<StudyEdit, { readonly source: number }>): SourceSpec => {
  const { columns, label } = source.content
  switch (edit.edit) {
    case "cell":
      return editColumn(source, edit.column, (column) => ({ ...column, values: column.values.with(edit.row % label.length, edit.value) }))
    case "filled": {
      const row = edit.row % label.length
      return editColumn(source, edit.column, (column) => ({ ...column, filled: column.filled.with(row, 1 - column.filled[row]!) }))
    }
    case "words":
      return editColumn(source, edit.column, (column) => ({ ...column, unit: edit.unit, description: edit.description }))
    case "column": {
      const { [edit.column]: gone, ...others } = columns
      const added = { values: label.map((_, i) => i), filled: label.map(() => 0), unit: "", description: "" }
      return withColumns(source, label, gone === undefined ? { ...columns, [edit.column]: added } : others)
    }
    case "row": {
      const rows = edit.grow ? label.length + 1 : Math.max(1, label.length - 1)
      const resized = <A>(list: ReadonlyArray<A>, more: A) => Array.from({ length: rows }, (_, i) => list[i] ?? more)
      const cells = Object.entries(columns).map(([name, column]) => [
        name,
        { ...column, values: Array.from({ length: rows }, (_, i) => (i < label.length ? column.values[i]! : 1)), filled: resized(column.filled, 0) }
      ])
      return withColumns(source, resized(label, null), Object.fromEntries(cells))
    }
    case "note":
      return { ...source, note: edit.note }
    case "file":
      return { ...source, there: !source.there }
  }
}

const paramsOf = (stage: string, params: Params): NodeSpec["params"] =>
  Object.fromEntries(parametersOf(stage).map((name) => [name, params[name as keyof Params]]))

/** Wires for a stage among what comes before it, counted from the last; undefined where there is nothing to be wired to. */
const wired = (stage: string, before: ReadonlyArray<NodeSpec>, sources: StudySpec["sources"], wires: ReadonlyArray<number>): NodeSpec["inputs"] | undefined => {
  const outputs = before.flatMap((node) => outputsOf(node.stage).map((output): WireSpec => ({ node: node.id, output }))).reverse()
  const inputs = inputsOf(stage)
  if (outputs.length === 0 && inputs.some(([, kind]) => kind === "table")) return undefined
  return Object.fromEntries(
    inputs.map(([input, kind], i) => {
      const wire = wires[i]!
      if (kind === "file") return [input, { source: chosen(sources, wire)!.path }]
      if (kind === "table") return [input, chosen(outputs, wire)!]
      return [input, outputs.length === 0 ? [] : Array.from({ length: wire % 4 }, (_, k) => chosen(outputs, wires[k % wires.length]! + k)!)]
    })
  )
}

/** Without a node: what was wired to it is wired to its own first input, or goes too where it has none. */
const without = (study: StudySpec, gone: NodeSpec): StudySpec => {
  const stand = Object.values(gone.inputs)
    .flat()
    .find((wire) => "node" in wire)
  const dependent = study.nodes.find((node) => upstreamOf(node).includes(gone.id))
  if (dependent === undefined) {
    return { ...study, nodes: study.nodes.filter((node) => node !== gone), targets: study.targets.filter((id) => id !== gone.id) }
  }
  if (stand === undefined) return without(without(study, dependent), gone)
  const turn = (wire: WireSpec): WireSpec => ("node" in wire && wire.node === gone.id ? stand : wire)
  const inputs = Object.fromEntries(Object.entries(dependent.inputs).map(([input, to]) => [input, Array.isArray(to) ? to.map(turn) : turn(to as WireSpec)]))
  return without({ ...study, nodes: replaced(study.nodes, dependent, { ...dependent, inputs }) }, gone)
}

const editNode = (study: StudySpec, node: NodeSpec, edit: Extract<StudyEdit, { readonly node: number }>): StudySpec => {
  const at = study.nodes.indexOf(node)
  const changed = (by: Partial<NodeSpec>): StudySpec => ({ ...study, nodes: study.nodes.with(at, { ...node, ...by }) })
  switch (edit.edit) {
    case "code":
      return { ...study, versions: { ...study.versions, [node.stage]: edit.version } }
    case "parameters":
      return changed({ params: paramsOf(node.stage, edit.params) })
    case "remove":
      return without(study, node)
    case "rename":
      return study.nodes.some(({ name }) => name === edit.name) ? study : changed({ name: edit.name })
    case "swap names": {
      const other = chosen(study.nodes, edit.other)!
      return { ...study, nodes: study.nodes.map((one) => (one === node ? { ...one, name: other.name } : one === other ? { ...one, name: node.name } : one)) }
    }
    case "rewire": {
      const inputs = wired(node.stage, study.nodes.slice(0, at), study.sources, edit.wires)
      return inputs === undefined ? study : changed({ inputs })
    }
    case "swap inputs": {
      const entries = Object.entries(node.inputs)
      const turned = entries.map(([input, to], i) => [input, Array.isArray(to) ? to.toReversed() : entries[entries.length - 1 - i]![1]] as const)
      return node.stage === "compare" ? study : changed({ inputs: Object.fromEntries(turned) })
    }
    case "list": {
      const more = wired(node.stage, study.nodes.slice(0, at), study.sources, edit.wires.with(0, 1))
      const lists = Object.entries(node.inputs).flatMap(([input, to]) =>
        Array.isArray(to) ? [[input, edit.longer ? [...to, ...[more?.[input] ?? []].flat()] : to.slice(0, -1)] as const] : []
      )
      return changed({ inputs: { ...node.inputs, ...Object.fromEntries(lists) } })
    }
    case "reorder": {
      const next = study.nodes[at + 1]
      return next === undefined || upstreamOf(next).includes(node.id) ? study : { ...study, nodes: study.nodes.with(at, next).with(at + 1, node) }
    }
  }
}

export const applyEdit = (study: StudySpec, edit: StudyEdit): StudySpec => {
  if ("source" in edit) {
    const source = chosen(study.sources, edit.source)!
    return { ...study, sources: replaced(study.sources, source, editSource(source, edit)) }
  }
  if ("node" in edit) {
    const node = chosen(study.nodes, edit.node)
    return node === undefined ? study : editNode(study, node, edit)
  }
  switch (edit.edit) {
    case "seed":
      return { ...study, seed: edit.seed }
    case "targets":
      return { ...study, targets: [...new Set(edit.targets.flatMap((choice) => chosen(study.nodes, choice)?.id ?? []))], look: edit.look }
    case "add": {
      const at = Math.min(edit.at, study.nodes.length)
      const asked = chosen(STAGES, edit.stage)!
      const before = study.nodes.slice(0, at)
      const stage = wired(asked, before, study.sources, edit.wires) === undefined ? "load" : asked
      const id = study.added
      const inputs = wired(stage, before, study.sources, edit.wires)!
      return {
        ...study,
        added: id + 1,
        nodes: study.nodes.toSpliced(at, 0, { id, name: `${stage}-${id}`, stage, params: paramsOf(stage, edit.params), inputs })
      }
    }
  }
}
