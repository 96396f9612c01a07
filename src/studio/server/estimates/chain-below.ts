/** What lies below a number: from the node that has it down to the files, over the columns that were read. */
import { isCompanion } from "../../../artifact/column.ts"
import { isFiles, type OutputWire, type Wire, wiresOf } from "../../../dag/dag.ts"
import { usedVariables } from "../../../engine/lineage/used-variables.ts"
import { locateRead } from "../../../engine/reads.ts"
import type { ChainStep } from "../../messages/estimates/table.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"

/** The columns that a node read of other nodes, by node; what is published is nothing that a run's number is made of. */
const columnsRead = (node: NodeToday, types: (of: OutputWire) => string | undefined): ReadonlyMap<string, ReadonlySet<string>> => {
  const columns = new Map<string, Set<string>>()
  for (const { read } of node.reads) {
    const { rest, wired } = locateRead(node.node, read)
    if (wired === undefined || !("node" in wired) || !rest.startsWith("column ") || types(wired) === "Published") continue
    const own = columns.get(wired.node) ?? new Set()
    own.add(rest.slice("column ".length))
    columns.set(wired.node, own)
  }
  return columns
}

const KEYS: ReadonlySet<string> = new Set(["entity", "year"])

type Read = ReadonlyMap<string, ReadonlySet<string>>

/** Nodes of which more was read than keys, as far as there are any: the others say which rows there are. */
const beyondKeys = (read: Read): Read => {
  const own = [...read].filter(([, columns]) => [...columns].some((column) => !KEYS.has(column) && !isCompanion(column)))
  return own.length === 0 ? read : new Map(own)
}

/** The reads of some columns; all, where none is among them. */
const onlyOf = (read: Read, wanted: ReadonlySet<string>): Read => {
  const own = [...read].flatMap(([from, columns]): ReadonlyArray<[string, ReadonlySet<string>]> => {
    const some = new Set([...columns].filter((column) => wanted.has(column) && !KEYS.has(column)))
    return some.size === 0 ? [] : [[from, some]]
  })
  return own.length === 0 ? beyondKeys(read) : new Map(own)
}

/** Of the columns that were read, those that some wanted columns are made of: those of the same name, or those of the expression that makes one, or else all. */
const madeOf = (node: NodeToday, wanted: ReadonlySet<string> | undefined, read: Read): Read => {
  if (wanted === undefined) return beyondKeys(read)
  const there = new Set([...read.values()].flatMap((columns) => [...columns]))
  const names = new Set<string>()
  for (const column of wanted) {
    const used = usedVariables(node.node.params, column)
    if (used !== undefined) for (const one of used) names.add(one.column)
    else if (there.has(column)) names.add(column)
    else return beyondKeys(read)
  }
  return onlyOf(read, names)
}

/** A term's variable: W*L.coagglo is made of coagglo, an interaction of both. */
export const variablesIn = (term: string): ReadonlyArray<string> =>
  term
    .split(/\s*(?:\*|->|:|\|)\s*/)
    .map((part) => part.replace(/^(?:[LDF]\d*\.)+/, ""))
    .filter((part) => part !== "" && part !== "W" && !part.startsWith("("))

const filesOf = ({ node }: NodeToday): ReadonlyArray<string> => [
  ...wiresOf(node).flatMap(([, wire]: readonly [string, Wire]) => ("source" in wire ? [wire.source] : [])),
  ...Object.values(node.inputs).flatMap((wired) => (isFiles(wired) && wired.folder !== undefined ? [`${wired.folder.path}/${wired.folder.match}`] : []))
]

/**
 * Layer by layer what a node rests on, itself first: `columns` are those of what it reads that are asked about (a term's variables); none of them known, all that it read. `of`: the column of its own that is asked about. Each node is told once, as
 * deep as it lies.
 */
export const chainBelow = (today: StudyToday, from: string, columns: ReadonlyArray<string>, of?: string): ReadonlyArray<ChainStep> => {
  const typeOf = (of: OutputWire) => today.nodes.get(of.node)?.node.outputs[of.output]
  const steps: Array<ChainStep> = []
  let layer = new Map<string, ReadonlySet<string> | undefined>([[from, of === undefined ? undefined : new Set([of])]])
  const first = today.nodes.get(from)
  const told = new Set<string>()
  while (layer.size > 0) {
    const below = new Map<string, Set<string>>()
    const files = new Set<string>()
    const nodes: Array<ChainStep["nodes"][number]> = []
    for (const [name, wanted] of layer) {
      const node = today.nodes.get(name)
      if (node === undefined || told.has(name)) continue
      told.add(name)
      nodes.push({ node: name, stage: node.node.stage, columns: [...(wanted ?? [])].filter((column) => !KEYS.has(column) && !isCompanion(column)) })
      for (const file of filesOf(node)) files.add(file)
      const read = columnsRead(node, typeOf)
      const asked = node === first && columns.length > 0 ? onlyOf(read, new Set(columns)) : madeOf(node, wanted, read)
      for (const [upstream, own] of asked) {
        const known = below.get(upstream) ?? new Set()
        for (const column of own) known.add(column)
        below.set(upstream, known)
      }
    }
    if (nodes.length > 0 || files.size > 0) steps.push({ nodes, files: [...files] })
    layer = below
  }
  return steps
}
