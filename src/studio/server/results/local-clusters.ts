import { Effect } from "effect"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { LocalClusters } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { columnOf, findSource, openTable, orNull } from "./open-table.ts"
import { rectangleOf } from "./rectangle.ts"
import { studyTables } from "./study-tables.ts"

export const LOCAL: ReadonlySet<string> = new Set(["LocalMoran", "LocalG"])

/** p-values that such a table may have, in the order of their columns. */
const TESTS = ["p", "p_fdr", "p_permutation", "p_permutation_fdr"]

/** What a row would be if it were significant: its quadrant of the Moran scatter plot; hot or cold, by the sign of its z. */
const kindsOf = (statistic: "moran" | "g", quadrant: ReadonlyArray<string>, z: ReadonlyArray<number | null>): ReadonlyArray<string> =>
  statistic === "moran" ? quadrant : z.map((one) => (one === null ? "island" : one > 0 ? "hot spot" : "cold spot"))

/** Clusters and outliers of a variable over entities and years. */
export const localClusters = (asked: {
  readonly study: string
  readonly node: string
  readonly output: string
  readonly variable?: string
}): Effect.Effect<LocalClusters, CliFailure, Known> =>
  Effect.gen(function* () {
    const source = yield* findSource(yield* studyTables(asked.study, LOCAL), asked.node, asked.output)
    const table = yield* openTable(source)
    const texts = (name: string) => columnOf(table, name, "category").values
    const variables = [...new Set(texts("variable"))]
    const variable = asked.variable ?? variables[0]
    if (variable === undefined || !variables.includes(variable))
      return yield* usage("unknown-variable", `${asked.node} has no variable "${variable ?? ""}"; it has: ${variables.join(", ")}`)
    const entity = texts("entity")
    const year = columnOf(table, "year", "integer").values
    const own = [...texts("variable").keys()].filter((row) => texts("variable")[row] === variable)
    const { entities, rows, years } = rectangleOf(entity, year, own)
    const numbers = (name: string) => {
      const { values } = columnOf(table, name, "number")
      return rows.map((row) => (row < 0 ? null : orNull(values[row])))
    }
    const named = (name: string) => rows.map((row) => (row < 0 ? "" : texts(name)[row]!))
    const statistic = source.type === "LocalMoran" ? ("moran" as const) : ("g" as const)
    const z = numbers("z")
    return {
      source,
      notes: table.notes,
      statistic,
      variables,
      variable,
      entities,
      years,
      rows,
      cluster: named("cluster"),
      kind: kindsOf(statistic, statistic === "moran" ? named("quadrant") : [], z),
      statistics: numbers("statistic"),
      z,
      tests: TESTS.flatMap((name) => {
        const values = numbers(name)
        return values.some((value) => value !== null) ? [{ name, description: columnOf(table, name, "number").description, values }] : []
      }),
      decidedBy: texts("decided_by")[own[0]!] ?? ""
    }
  })
