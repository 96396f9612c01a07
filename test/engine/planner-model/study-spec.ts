/** A study as plain data, small enough to print and easy to edit. */
import { type AnyStage, outputTypes } from "../../../src/dag/stage.ts"
import { File } from "../../../src/sediment.ts"
import { type FileContent, stagesOf } from "./stages.ts"

export interface SourceSpec {
  readonly path: string
  readonly note: string | undefined
  readonly there: boolean
  readonly content: FileContent
}
/** Nodes are wired by number: their names may change. */
export type WireSpec = { readonly node: number; readonly output: string } | { readonly source: string }
export interface NodeSpec {
  readonly id: number
  readonly name: string
  readonly stage: string
  readonly params: Readonly<Record<string, number | string>>
  readonly inputs: Readonly<Record<string, WireSpec | ReadonlyArray<WireSpec>>>
}
export interface StudySpec {
  readonly seed: number
  readonly sources: ReadonlyArray<SourceSpec>
  /** Inputs first. */
  readonly nodes: ReadonlyArray<NodeSpec>
  /** How many nodes were ever added: a number, and the name made of it, is not given twice. */
  readonly added: number
  /** How a stage's code stands: versions 0 and 2 compute the same, as before and after a refactoring. */
  readonly versions: Readonly<Record<string, number>>
  /** Numbers of nodes; all nodes where it is empty. */
  readonly targets: ReadonlyArray<number>
  /** Whether the targets will also be looked at. */
  readonly look: boolean
}

const code = [stagesOf(0), stagesOf(1)] as const
/** The stages by name, each as its code stands. */
export const stagesIn = ({ versions }: StudySpec): Readonly<Record<string, AnyStage>> =>
  Object.fromEntries(Object.keys(code[0]).map((name) => [name, code[(versions[name] ?? 0) % 2 === 0 ? 0 : 1][name]!]))
export const codeOf = ({ versions }: StudySpec, stage: string): string => `${stage}-${versions[stage] ?? 0}`

export const STAGES = Object.keys(code[0])
export const outputsOf = (stage: string): ReadonlyArray<string> => Object.keys(outputTypes(code[0][stage]!))
export const parametersOf = (stage: string): ReadonlyArray<string> => Object.keys((code[0][stage]!.params as { readonly fields: object }).fields)
export const inputsOf = (stage: string): ReadonlyArray<readonly [input: string, kind: "file" | "list" | "table"]> =>
  Object.entries(code[0][stage]!.inputs as Readonly<Record<string, object>>).map(([input, type]) => [
    input,
    type === File ? "file" : "many" in type ? "list" : "table"
  ])

/** Each wire into a node, with its place in a list. */
export const wiresInto = ({ inputs }: NodeSpec): ReadonlyArray<readonly [input: string, at: number, wire: WireSpec]> =>
  Object.entries(inputs).flatMap(([input, wired]) => [wired].flat().map((wire, at) => [input, at, wire] as const))
export const upstreamOf = (node: NodeSpec): ReadonlyArray<number> => [...new Set(wiresInto(node).flatMap(([, , wire]) => ("node" in wire ? [wire.node] : [])))]

/** These nodes and all that they rest on. */
const withUpstream = ({ nodes }: StudySpec, ids: Iterable<number>): ReadonlySet<number> => {
  const all = new Set(ids)
  for (const node of nodes.toReversed()) if (all.has(node.id)) for (const id of upstreamOf(node)) all.add(id)
  return all
}
export const ancestorsOf = (study: StudySpec, node: NodeSpec): ReadonlySet<number> => withUpstream(study, upstreamOf(node))
/** The targets and all that they rest on, inputs first. */
export const neededIn = (study: StudySpec): ReadonlyArray<NodeSpec> => {
  const needed = withUpstream(study, study.targets.length === 0 ? study.nodes.map(({ id }) => id) : study.targets)
  return study.nodes.filter(({ id }) => needed.has(id))
}

/** Whether a node's artifacts will be looked at after the run. */
export const isLookedAt = ({ look, targets }: StudySpec, { id }: NodeSpec): boolean => look && (targets.length === 0 || targets.includes(id))
