import { Effect } from "effect"
import { type GraphNode, wiresOf } from "../../../dag/dag.ts"
import { didYouMean } from "../../../dag/near-matches.ts"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { BootstrapReplicates, ParameterInterval, Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { columnOf, openTable, orNull } from "./open-table.ts"
import { type StudyTables, studyTables } from "./study-tables.ts"

/** The blocks of replicates that are read together, and the nodes that read them. */
interface Bootstrap {
  readonly name: string
  readonly blocks: ReadonlyArray<Source>
  readonly readers: ReadonlyArray<GraphNode>
}

/** A node's name without its last key: what the blocks of one `map` have alike. */
const base = (node: string): string => node.replace(/\[(?:(.*) )?[^ ]*\]$/s, (_, outer?: string) => (outer === undefined ? "" : `[${outer}]`))

/** The study's bootstraps: replicates that some node reads together, or whose nodes one `map` made. */
const bootstrapsOf = ({ sources, study }: StudyTables): ReadonlyArray<Bootstrap> => {
  const blocks = Map.groupBy(
    sources.filter(({ type }) => type === "Replicates"),
    ({ node }) => base(node)
  )
  return [...blocks].map(([name, own]) => {
    const nodes = new Set(own.map(({ node }) => node))
    const readers = study.graph.nodes.filter((node) => wiresOf(node).some(([, wire]) => "node" in wire && nodes.has(wire.node)))
    return { name, blocks: own, readers }
  })
}

/** A jackknife is a table of replicates too, for BCa intervals: it is no distribution. */
const isJackknife = (scheme: string): boolean => scheme.startsWith("jackknife")

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
const intervalsIn = (source: Source, parameter: string): Effect.Effect<ReadonlyArray<ParameterInterval>, CliFailure, Known> =>
  Effect.map(openTable(source), (table) => {
    const numbers = (name: string) => columnOf(table, name, "number").values
    const effect = columnOf(table, "effect", "category").values
    const method = columnOf(table, "method", "category").values
    return columnOf(table, "term", "text").values.flatMap((term, row): ReadonlyArray<ParameterInterval> => {
      const estimate = orNull(numbers("estimate")[row])
      if (`${effect[row]} ${term}` !== parameter || estimate === null) return []
      const [stdError, low, high] = ["std_error", "conf_low", "conf_high"].map((name) => orNull(numbers(name)[row])) as [
        number | null,
        number | null,
        number | null
      ]
      return [{ source, method: method[row]!, estimate, stdError, low, high }]
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
    const all = bootstrapsOf(tables)
    const names = all.map(({ name }) => name)
    const chosen = asked.bootstrap === undefined ? all[0] : all.find(({ name }) => name === asked.bootstrap)
    if (chosen === undefined)
      return yield* usage(
        "unknown-bootstrap",
        names.length === 0 ? `${asked.study} has no replicates of a bootstrap` : `there is no bootstrap "${asked.bootstrap}"; there are: ${names.join(", ")}`
      )
    const opened = yield* Effect.forEach(chosen.blocks, (source) => Effect.map(openTable(source), (table) => ({ source, table })))
    const schemeOf = ({ table }: (typeof opened)[number]) => columnOf(table, "scheme", "category").values[0] ?? ""
    const drawn = opened.filter((one) => !isJackknife(schemeOf(one)))
    const first = drawn[0]
    if (first === undefined) return yield* usage("no-replicates", `${chosen.name} has no replicates that are drawn: only a jackknife`)
    const parameters = first.table.columns.filter(({ kind, name }) => kind === "number" && isParameter(name)).map(({ name }) => name)
    const parameter = asked.parameter ?? parameters[0]
    if (parameter === undefined || !parameters.includes(parameter))
      return yield* usage(
        "unknown-parameter",
        `${chosen.name} has no parameter "${parameter}"; ${didYouMean(parameter ?? "", parameters)}it has: ${parameters.join(", ")}`
      )
    const values = drawn.flatMap(({ table }) => (table.columns.some(({ name }) => name === parameter) ? [...columnOf(table, parameter, "number").values] : []))
    const present = values.filter(Number.isFinite)
    const intervals = yield* Effect.forEach(effectsBeside(tables, chosen), (source) => intervalsIn(source, parameter))
    return {
      bootstraps: names,
      bootstrap: chosen.name,
      sources: drawn.map(({ source }) => source),
      notes: [...new Set(drawn.flatMap(({ table }) => table.notes))],
      scheme: schemeOf(first),
      parameters,
      parameter,
      values: present,
      missing: values.length - present.length,
      intervals: intervals.flat()
    }
  })
