/** Which replicates of a study are drawn together. */
import { Effect, Result } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { type GraphNode, isFiles, isList, type OutputWire, type Wire } from "../../../dag/dag.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import type { Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { columnOf, openTable } from "./open-table.ts"
import type { StudyTables } from "./study-tables.ts"

/** The blocks of replicates that are read together, and the nodes that read them. */
export interface Bootstrap {
  readonly name: string
  readonly blocks: ReadonlyArray<Opened>
  /** The blocks that have not been made. */
  readonly unmade: ReadonlyArray<string>
  /** What is wrong with the blocks that cannot be read. */
  readonly damaged: ReadonlyArray<CliFailure["errors"][number]>
  readonly readers: ReadonlyArray<GraphNode>
}

interface Opened {
  readonly source: Source
  readonly table: StoredTable
  readonly scheme: string
}

/** A jackknife is a table of replicates too, for BCa intervals: it is no distribution. */
const isJackknife = ({ scheme }: Opened): boolean => scheme.startsWith("jackknife")

/** A node's name without its last key: what the blocks of one `map` have alike. */
const base = (node: string): string => node.replace(/\[(?:(.*) )?[^ ]*\]$/s, (_, outer?: string) => (outer === undefined ? "" : `[${outer}]`))

/** The outputs with replicates that inputs of nodes take together; those that no node reads stand alone. */
const takenTogether = ({ study }: StudyTables): ReadonlyArray<{ readonly of: ReadonlyArray<OutputWire>; readonly reader?: GraphNode }> => {
  const typeOf = new Map(study.graph.nodes.map(({ name, outputs }) => [name, outputs]))
  const isReplicates = (wire: Wire): wire is OutputWire => "node" in wire && typeOf.get(wire.node)?.[wire.output] === "Replicates"
  const read = study.graph.nodes.flatMap((reader) =>
    Object.values(reader.inputs).flatMap((wired) => {
      const of = isFiles(wired) ? [] : (isList(wired) ? wired : [wired]).filter(isReplicates)
      return of.length === 0 ? [] : [{ of, reader }]
    })
  )
  const known = new Set(read.flatMap(({ of }) => of.map(outputName)))
  const alone = study.graph.nodes.flatMap(({ name, outputs }) =>
    Object.entries(outputs).flatMap(([output, type]) =>
      type === "Replicates" && !known.has(outputName({ node: name, output })) ? [{ of: [{ node: name, output }] }] : []
    )
  )
  return [...read, ...alone]
}

const outputName = ({ node, output }: { readonly node: string; readonly output: string }): string => JSON.stringify([node, output])

/** The study's bootstraps: replicates that are drawn together, since an input of some node takes them together, whoever else does so too. */
export const bootstrapsOf = (tables: StudyTables): Effect.Effect<ReadonlyArray<Bootstrap>, CliFailure, Known> =>
  Effect.gen(function* () {
    const sources = new Map(tables.sources.filter(({ type }) => type === "Replicates").map((source) => [outputName(source), source]))
    const opened = new Map<string, Opened>()
    const lost = new Map<string, CliFailure>()
    for (const [name, source] of sources) {
      const table = yield* Effect.result(openTable(source))
      if (Result.isFailure(table)) lost.set(name, table.failure)
      else opened.set(name, { source, table: table.success, scheme: columnOf(table.success, "scheme", "category").values[0] ?? "" })
    }
    const found = new Map<string, Omit<Bootstrap, "name" | "readers"> & { readonly wires: ReadonlyArray<OutputWire>; readonly readers: Array<GraphNode> }>()
    for (const { of, reader } of takenTogether(tables)) {
      // A block that is not there, or cannot be read, is of its bootstrap all the same.
      const wires = of.filter((one) => {
        const block = opened.get(outputName(one))
        return block === undefined || !isJackknife(block)
      })
      const names = wires.map(outputName)
      const blocks = names.flatMap((name) => opened.get(name) ?? [])
      const damaged = names.flatMap((name) => lost.get(name)?.errors ?? [])
      if (blocks.length + damaged.length === 0) continue
      const key = [...names].sort().join()
      const unmade = wires.filter((one) => !sources.has(outputName(one))).map(({ node }) => node)
      const own = found.get(key) ?? { blocks, damaged, unmade, wires, readers: [] }
      found.set(key, own)
      if (reader !== undefined) own.readers.push(reader)
    }
    const all = [...found.values()]
    // The plainest name that no other has: what the blocks have alike, then who takes them, then the blocks themselves.
    const namesOf = ({ readers, wires }: (typeof all)[number]): ReadonlyArray<string> => {
      const nodes = wires.map(({ node }) => node)
      const shared = [...new Set(nodes.map(base))].join(", ")
      return [shared, ...readers.slice(0, 1).map(({ name }) => `${shared} of ${name}`), nodes.join(", ")]
    }
    const times = new Map<string, number>()
    for (const one of all) for (const name of new Set(namesOf(one))) times.set(name, (times.get(name) ?? 0) + 1)
    return all.map((one) => ({ ...one, name: namesOf(one).find((name) => times.get(name) === 1) ?? namesOf(one).at(-1)! }))
  })
