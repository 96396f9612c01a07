import { Effect } from "effect"
import type { StoredColumn, StoredTable } from "../../../artifact/column.ts"
import { didYouMean } from "../../../dag/near-matches.ts"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { PanelSeries, PanelVariable } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { dictionaryOf, groupingsOf } from "./groupings.ts"
import { columnOf, findSource, openTable, orNull } from "./open-table.ts"
import { rectangleOf } from "./rectangle.ts"
import { type StudyTables, studyTables } from "./study-tables.ts"

/** Types of tables with variables by entity and year. */
export const PANELS: ReadonlySet<string> = new Set(["Panel", "NormalizedPanel"])
/** More cells than these no picture shows: the artifact does. */
const MOST_CELLS = 400_000

const KEYS = new Set(["entity", "year"])

/** The variables of a panel: its columns of numbers, what stands beside them for filled cells and sources left out. */
const variablesOf = (table: StoredTable): ReadonlyArray<StoredColumn<"number">> =>
  table.columns.filter((column): column is StoredColumn<"number"> => column.kind === "number" && !KEYS.has(column.name) && !column.name.includes("__"))

const described = ({ description, name, unit }: StoredColumn<"number">): PanelVariable => ({ name, unit, description })

/** The variable that a panel is about, where its node says so: the index that it makes. */
const mainOf = ({ study }: StudyTables, node: string): unknown =>
  (JSON.parse(study.graph.nodes.find(({ name }) => name === node)!.params) as { readonly index?: unknown }).index

/** A variable of a panel, as a rectangle of entities by years. */
export const panelSeries = (asked: {
  readonly study: string
  readonly node: string
  readonly output: string
  readonly variable?: string
}): Effect.Effect<PanelSeries, CliFailure, Known> =>
  Effect.gen(function* () {
    const tables = yield* studyTables(asked.study, new Set([...PANELS, "Entities"]))
    const source = yield* findSource(tables, asked.node, asked.output)
    const table = yield* openTable(source)
    const variables = variablesOf(table)
    const main = asked.variable ?? mainOf(tables, asked.node)
    const column = variables.find(({ name }) => name === main) ?? (asked.variable === undefined ? variables[0] : undefined)
    if (column === undefined) {
      const names = variables.map(({ name }) => name)
      if (asked.variable === undefined) return yield* usage("no-variable", `${asked.node} has no variable`)
      return yield* usage(
        "unknown-variable",
        `${asked.node} has no variable "${asked.variable}"; ${didYouMean(asked.variable, names)}it has: ${names.join(", ")}`
      )
    }
    const tooLarge = usage(
      "too-large",
      `${asked.node} has more than ${MOST_CELLS} pairs of an entity and a year: more than a picture can show; look at the artifact`
    )
    if (table.rows > MOST_CELLS) return yield* tooLarge
    const { entities, rows, years } = rectangleOf(columnOf(table, "entity", "category").values, columnOf(table, "year", "integer").values, [
      ...Array(table.rows).keys()
    ])
    if (rows.length > MOST_CELLS) return yield* tooLarge
    const mask = table.columns.find(({ name }) => name === `${column.name}__filled`)
    const marks = mask?.kind === "flag" ? (mask as StoredColumn<"flag">).values : undefined
    const dictionary = yield* dictionaryOf(tables, entities)
    return {
      source,
      notes: table.notes,
      variables: variables.map(described),
      variable: described(column),
      entities,
      years,
      values: rows.map((row) => (row < 0 ? null : orNull(column.values[row]))),
      rows,
      filled: marks === undefined ? [] : [...rows.keys()].filter((place) => rows[place]! >= 0 && marks[rows[place]!] === 1),
      groupings: dictionary === undefined ? [] : groupingsOf(dictionary, entities)
    }
  })
