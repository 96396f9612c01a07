import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { type GraphNode, isFiles, isList, type OutputWire, type Wire, wiresOf } from "../../../dag/dag.ts"
import { didYouMean } from "../../../dag/near-matches.ts"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { BootstrapReplicates, ParameterInterval, Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { namedLevel } from "../estimates/interval-level.ts"
import { columnOf, openTable, orNull } from "./open-table.ts"
import { type StudyTables, studyTables } from "./study-tables.ts"

/** The blocks of replicates that are read together, and the nodes that read them. */
interface Bootstrap {
  readonly name: string
  readonly blocks: ReadonlyArray<Opened>
  /** The blocks that have not been made. */
  readonly unmade: ReadonlyArray<string>
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
const bootstrapsOf = (tables: StudyTables): Effect.Effect<ReadonlyArray<Bootstrap>, CliFailure, Known> =>
  Effect.gen(function* () {
    const sources = new Map(tables.sources.filter(({ type }) => type === "Replicates").map((source) => [outputName(source), source]))
    const opened = new Map<string, Opened>()
    for (const [name, source] of sources) {
      const table = yield* openTable(source)
      opened.set(name, { source, table, scheme: columnOf(table, "scheme", "category").values[0] ?? "" })
    }
    const found = new Map<string, { readonly blocks: ReadonlyArray<Opened>; readonly unmade: ReadonlyArray<string>; readonly readers: Array<GraphNode> }>()
    for (const { of, reader } of takenTogether(tables)) {
      const blocks = of.flatMap((one) => opened.get(outputName(one)) ?? []).filter((one) => !isJackknife(one))
      if (blocks.length === 0) continue
      const key = blocks
        .map(({ source }) => outputName(source))
        .sort()
        .join()
      const own = found.get(key) ?? { blocks, unmade: of.filter((one) => !opened.has(outputName(one))).map(({ node }) => node), readers: [] }
      found.set(key, own)
      if (reader !== undefined) own.readers.push(reader)
    }
    const all = [...found.values()]
    const shared = ({ blocks }: Pick<Bootstrap, "blocks">) => [...new Set(blocks.map(({ source }) => base(source.node)))].join(", ")
    const named = Map.groupBy(all, shared)
    // Of blocks that several take in several ways, who takes them tells which are meant.
    return all.map((one) => ({
      ...one,
      name: named.get(shared(one))!.length === 1 ? shared(one) : `${shared(one)} of ${one.readers[0]?.name ?? one.blocks[0]!.source.node}`
    }))
  })

const isParameter = (name: string): boolean => name !== "replicate" && name !== "scheme" && !name.startsWith("studentised ")

/** The tables of effects that a bootstrap's readers make, and those of the model that they are given. */
const effectsBeside = ({ sources }: StudyTables, { readers }: Bootstrap): ReadonlyArray<Source> => {
  const named = new Set(
    readers.flatMap((node) => [
      ...Object.keys(node.outputs).map((output) => `${node.name}.${output}`),
      ...wiresOf(node).flatMap(([, wire]) => ("node" in wire ? [`${wire.node}.${wire.output}`] : []))
    ])
  )
  return sources.filter(({ node, output, type }) => type === "Effects" && named.has(`${node}.${output}`))
}

/** The rows of effects that are this parameter: replicates call it by its effect and its term. */
const intervalsIn = ({ study }: StudyTables, source: Source, parameter: string): Effect.Effect<ReadonlyArray<ParameterInterval>, CliFailure, Known> =>
  Effect.map(openTable(source), (table) => {
    const numbers = (name: string) => columnOf(table, name, "number").values
    const effect = columnOf(table, "effect", "category").values
    const method = columnOf(table, "method", "category").values
    const params = study.graph.nodes.find(({ name }) => name === source.node)?.params ?? "{}"
    const level = namedLevel(JSON.parse(params) as Readonly<Record<string, unknown>>) ?? null
    return columnOf(table, "term", "text").values.flatMap((term, row): ReadonlyArray<ParameterInterval> => {
      const estimate = orNull(numbers("estimate")[row])
      if (`${effect[row]} ${term}` !== parameter || estimate === null) return []
      const [stdError, low, high] = ["std_error", "conf_low", "conf_high"].map((name) => orNull(numbers(name)[row])) as [
        number | null,
        number | null,
        number | null
      ]
      return [{ source, method: method[row]!, level, estimate, stdError, low, high }]
    })
  })

/** The replicates of a parameter over all blocks of a bootstrap, with the intervals that the study makes of them. */
export const bootstrapReplicates = (asked: {
  readonly study: string
  readonly bootstrap?: string
  readonly parameter?: string
}): Effect.Effect<BootstrapReplicates, CliFailure, Known> =>
  Effect.gen(function* () {
    const tables = yield* studyTables(asked.study, new Set(["Replicates", "Effects"]))
    const all = yield* bootstrapsOf(tables)
    const names = all.map(({ name }) => name)
    const chosen = asked.bootstrap === undefined ? all[0] : all.find(({ name }) => name === asked.bootstrap)
    if (chosen === undefined)
      return yield* usage(
        "unknown-bootstrap",
        names.length === 0 ? `${asked.study} has no replicates of a bootstrap` : `there is no bootstrap "${asked.bootstrap}"; there are: ${names.join(", ")}`
      )
    const drawn = chosen.blocks
    const first = drawn[0]!
    const parameters = first.table.columns.filter(({ kind, name }) => kind === "number" && isParameter(name)).map(({ name }) => name)
    const parameter = asked.parameter ?? parameters[0]
    if (parameter === undefined || !parameters.includes(parameter))
      return yield* usage(
        "unknown-parameter",
        `${chosen.name} has no parameter "${parameter}"; ${didYouMean(parameter ?? "", parameters)}it has: ${parameters.join(", ")}`
      )
    const values = drawn.flatMap(({ table }) => (table.columns.some(({ name }) => name === parameter) ? [...columnOf(table, parameter, "number").values] : []))
    const present = values.filter(Number.isFinite)
    const intervals = yield* Effect.forEach(effectsBeside(tables, chosen), (source) => intervalsIn(tables, source, parameter))
    return {
      bootstraps: names,
      bootstrap: chosen.name,
      sources: drawn.map(({ source }) => source),
      notes: [
        ...new Set(drawn.flatMap(({ table }) => table.notes)),
        ...(chosen.unmade.length === 0 ? [] : [`not all of its blocks have been made: ${chosen.unmade.join(", ")}`])
      ],
      scheme: first.scheme,
      parameters,
      parameter,
      values: present,
      missing: values.length - present.length,
      intervals: intervals.flat()
    }
  })
