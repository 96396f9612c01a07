import { Effect } from "effect"
import { wiresOf } from "../../../dag/dag.ts"
import { didYouMean } from "../../../dag/near-matches.ts"
import { CliFailure, usage } from "../../../workspace/failure.ts"
import type { BootstrapReplicates, ParameterInterval, Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { multiple, namedLevel } from "../estimates/interval-level.ts"
import { type Bootstrap, bootstrapsOf } from "./bootstraps.ts"
import { columnOf, openTable, orNull } from "./open-table.ts"
import { type StudyTables, studyTables } from "./study-tables.ts"

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
    const level = namedLevel(study.graph.nodes.find(({ name }) => name === source.node)) ?? null
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
    const first = drawn[0]
    if (first === undefined) return yield* new CliFailure({ exitCode: 1, errors: chosen.damaged })
    const parameters = first.table.columns.filter(({ kind, name }) => kind === "number" && isParameter(name)).map(({ name }) => name)
    const parameter = asked.parameter ?? parameters[0]
    if (parameter === undefined || !parameters.includes(parameter))
      return yield* usage(
        "unknown-parameter",
        `${chosen.name} has no parameter "${parameter}"; ${didYouMean(parameter ?? "", parameters)}it has: ${parameters.join(", ")}`
      )
    const values = drawn.flatMap(({ table }) => (table.columns.some(({ name }) => name === parameter) ? [...columnOf(table, parameter, "number").values] : []))
    const present = values.filter(Number.isFinite)
    const intervals = (yield* Effect.forEach(effectsBeside(tables, chosen), (source) => intervalsIn(tables, source, parameter))).flat()
    const isOwn = ({ source }: ParameterInterval) => chosen.readers.some(({ name }) => name === source.node)
    const level = [...intervals.filter(isOwn), ...intervals].find((one) => one.level !== null)?.level ?? 95
    return {
      bootstraps: names,
      bootstrap: chosen.name,
      sources: drawn.map(({ source }) => source),
      notes: [
        ...new Set(drawn.flatMap(({ table }) => table.notes)),
        ...(chosen.damaged.length === 0 ? [] : [`not all of its blocks can be read: ${chosen.damaged.map(({ message }) => message).join("; ")}`]),
        ...(chosen.unmade.length === 0 ? [] : [`not all of its blocks have been made: ${chosen.unmade.join(", ")}`])
      ],
      scheme: first.scheme,
      parameters,
      parameter,
      values: present,
      missing: values.length - present.length,
      intervals,
      beside: { level, multiple: multiple(level, null) }
    }
  })
