/** What the study's own comparisons say of published numbers. */
import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { isList } from "../../../dag/dag.ts"
import { numbersOf, textsOf } from "../../../render/stored.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import type { Tally } from "../../messages/estimates/outline.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { outputsOf } from "./today.ts"

/** A node that holds published numbers against tables. */
export interface Comparison {
  readonly node: NodeToday
  readonly table: StoredTable
  /** The nodes whose tables it looks at. */
  readonly tables: ReadonlySet<string>
  /** Its rows by the name of a published thing, "4.1 coagglo estimate". */
  readonly rows: ReadonlyMap<string, number>
}

const TYPE = new Set(["PublishedComparison"])

/** All comparisons of a study that there are, the one of most numbers first. */
export const comparisonsOf = (today: StudyToday): Effect.Effect<ReadonlyArray<Comparison>, CliFailure, ObjectStore> =>
  Effect.gen(function* () {
    const found: Array<Comparison> = []
    for (const node of today.nodes.values()) {
      for (const { table } of yield* outputsOf(node, TYPE)) {
        const [of, column, term, kind] = ["table", "column", "term", "kind"].map((name) => textsOf(table, name))
        const rows = new Map(Array.from({ length: table.rows }, (_, i) => [`${of![i]}.${column![i]} ${term![i]} ${kind![i]}`, i]))
        const wired = node.node.inputs["tables"]
        found.push({ node, table, rows, tables: new Set(wired !== undefined && isList(wired) ? wired.map((wire) => wire.node) : []) })
      }
    }
    return found.sort((a, b) => b.table.rows - a.table.rows)
  })

/** The first comparison that looks at a table. One that is to be made anew says nothing of a table that is not. */
export const comparisonFor = (comparisons: ReadonlyArray<Comparison>, table: NodeToday): Comparison | undefined =>
  comparisons.find(({ node, tables }) => tables.has(table.node.name) && (node.plan.state === "fresh" || table.plan.state !== "fresh"))

export const NOTHING: Tally = { numbers: 0, rounding: 0, tolerance: 0, beyond: 0, missing: 0, signs: 0, stars: 0 }

/** What a comparison comes to over all of its numbers. */
export const tallyOf = ({ table }: Comparison): { readonly tally: Tally; readonly explained: number } => {
  const outcome = textsOf(table, "outcome")
  const flagged = (name: string) => (table.columns.find((column) => column.name === name)!.values as Uint8Array).reduce((sum, one) => sum + one, 0)
  const count = (which: string) => outcome.filter((one) => one === which).length
  return {
    tally: {
      numbers: table.rows,
      rounding: count("rounding"),
      tolerance: count("tolerance"),
      beyond: count("beyond"),
      missing: count("missing"),
      signs: flagged("sign_differs"),
      stars: flagged("stars_differ")
    },
    explained: textsOf(table, "explanation").filter((one) => one !== undefined && one !== "").length
  }
}

export const numberIn = (table: StoredTable, name: string, row: number): number | null => {
  const value = numbersOf(table, name)[row]!
  return Number.isFinite(value) ? value : null
}
export const flagIn = (table: StoredTable, name: string, row: number): boolean => table.columns.find((column) => column.name === name)!.values[row] === 1
