import { Effect } from "effect"
import { wiresOf } from "../../../dag/dag.ts"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { GlobalMoran, MoranPoints } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { columnOf, findSource, openTable, orNull } from "./open-table.ts"
import { rectangleOf } from "./rectangle.ts"
import { type StudyTables, studyTables } from "./study-tables.ts"

/** The tests of a variable that stand beside its scatter plots: those of the same node. */
const globalOf = (tables: StudyTables, node: string, variable: string): Effect.Effect<ReadonlyArray<GlobalMoran>, CliFailure, Known> =>
  Effect.gen(function* () {
    const source = tables.sources.find((one) => one.node === node && one.type === "MoranByYear")
    if (source === undefined) return []
    const table = yield* openTable(source)
    const named = columnOf(table, "variable", "category").values
    const numbers = (name: string) => columnOf(table, name, "number").values
    const [statistic, expected, z] = [numbers("statistic"), numbers("expected"), numbers("z_randomisation")]
    const [p, pNormality, pPermutation] = [numbers("p_randomisation"), numbers("p_normality"), numbers("p_permutation")]
    const year = columnOf(table, "year", "integer").values
    const entities = columnOf(table, "entities", "integer").values
    const alternative = columnOf(table, "alternative", "category").values
    return [...named.keys()]
      .filter((row) => named[row] === variable && Number.isFinite(statistic[row]))
      .map((row) => ({
        year: year[row]!,
        entities: entities[row]!,
        statistic: statistic[row]!,
        expected: expected[row]!,
        z: orNull(z[row]),
        p: orNull(p[row]),
        pNormality: orNull(pNormality[row]),
        pPermutation: orNull(pPermutation[row]),
        alternative: alternative[row]!
      }))
  })

/** The Moran scatter plots of a variable, with Moran's I of each year. */
export const moranPoints = (asked: {
  readonly study: string
  readonly node: string
  readonly output: string
  readonly variable?: string
}): Effect.Effect<MoranPoints, CliFailure, Known> =>
  Effect.gen(function* () {
    const tables = yield* studyTables(asked.study, new Set(["MoranScatter", "MoranByYear"]))
    const source = yield* findSource(tables, asked.node, asked.output)
    const table = yield* openTable(source)
    const named = columnOf(table, "variable", "category").values
    const variables = [...new Set(named)]
    const variable = asked.variable ?? variables[0]
    if (variable === undefined || !variables.includes(variable))
      return yield* usage("unknown-variable", `${asked.node} has no variable "${variable ?? ""}"; it has: ${variables.join(", ")}`)
    const own = [...named.keys()].filter((row) => named[row] === variable)
    const rectangle = rectangleOf(columnOf(table, "entity", "category").values, columnOf(table, "year", "integer").values, own)
    const numbers = (name: string) => {
      const { values } = columnOf(table, name, "number")
      return rectangle.rows.map((row) => (row < 0 ? null : orNull(values[row])))
    }
    const node = tables.study.graph.nodes.find(({ name }) => name === asked.node)!
    const wire = wiresOf(node).find(([input]) => input === "weights")?.[1]
    return {
      source,
      notes: table.notes,
      variables,
      variable,
      ...rectangle,
      z: numbers("z"),
      lag: numbers("lag"),
      global: yield* globalOf(tables, asked.node, variable),
      weights: wire !== undefined && "node" in wire ? wire.node : ""
    }
  })
