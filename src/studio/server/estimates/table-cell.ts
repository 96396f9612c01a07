import { Effect } from "effect"
import { isList } from "../../../dag/dag.ts"
import { textsOf } from "../../../render/stored.ts"
import { usage } from "../../../workspace/failure.ts"
import type { CellDetail } from "../../messages/estimates/table.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { chainBelow, variablesIn } from "./chain-below.ts"
import { type Comparison, numberIn } from "./comparisons.ts"
import { originsOf, placed } from "./origins.ts"
import { openTable } from "./printed-table.ts"
import { tableOf } from "./today.ts"

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What the comparison tells of a published number. */
const compared = ({ node, table }: Comparison, row: number): NonNullable<CellDetail["compared"]> => {
  const text = (name: string) => textsOf(table, name)[row] ?? ""
  const number = (name: string) => numberIn(table, name, row)
  return {
    node: node.node.name,
    row,
    kind: text("kind"),
    term: text("term"),
    difference: number("difference"),
    roundingUnits: number("rounding_units"),
    inStdErrors: number("in_std_errors"),
    relative: number("relative"),
    excess: number("excess"),
    tolerance: number("tolerance"),
    reasons: text("reasons"),
    explanation: text("explanation"),
    low: number("published_low"),
    high: number("published_high")
  }
}

/** The row of the published numbers that a place names, among those that a table reads. */
const publishedIn = (today: StudyToday, { node }: NodeToday, place: string) =>
  Effect.gen(function* () {
    if (place === "") return null
    const wired = node.inputs["published"]
    for (const wire of wired !== undefined && isList(wired) ? wired : []) {
      const upstream = today.nodes.get(wire.node)
      const table = yield* tableOf(upstream?.artifacts[wire.output])
      if (upstream === undefined || table === undefined) continue
      const [of, column, term, kind] = ["table", "column", "term", "kind"].map((name) => textsOf(table, name))
      const row = of!.findIndex((_, i) => `${of![i]}.${column![i]} ${term![i]} ${kind![i]}` === place)
      if (row === -1) continue
      const source = Object.values(upstream.node.inputs).find((input) => "source" in input)
      return { node: wire.node, row, file: source !== undefined && "source" in source ? source.source : "" }
    }
    return null
  })

/** What there is to tell of a number of a printed table: exact, against what is published, and where it comes from. */
export const tableCellOf = (today: StudyToday, name: string, row: number, column: number) =>
  Effect.gen(function* () {
    const { comparison, found, judge, models, node, rows, table } = yield* openTable(today, name)
    const cell = rows[row]?.[column]
    if (cell === undefined)
      return yield* usage(
        "no-such-cell",
        `${name} has no cell in row ${row}, column ${column}, counted from 0: it has ${rows.length} rows and ${models.length} columns`
      )
    const judged = judge(cell)
    const labels = textsOf(table, "row_label")
    // The second line of an entry has the label of the first.
    const label = ([...Array(row + 1).keys()].map((r) => labels[rows[r]?.[column]?.artifactRow ?? -1] ?? "").findLast((text) => text !== "") ?? "").trim()
    const columnLabel = textsOf(table, "column_label")[cell.artifactRow] ?? ""
    const origins = originsOf(cell, models[column] ?? null, found, [label, columnLabel])
    const first = origins[0]
    const named = first?.key.find(([name]) => name === "term")?.[1] ?? placed(cell.place)?.term
    const terms = named === undefined ? [] : variablesIn(named)
    const answer: CellDetail = {
      artifactRow: cell.artifactRow,
      label,
      columnGroup: textsOf(table, "column_group")[cell.artifactRow] ?? "",
      columnLabel,
      text: cell.text,
      value: orNull(cell.value),
      published: cell.published,
      publishedValue: orNull(cell.publishedValue),
      verdict: judged.verdict,
      signDiffers: judged.signDiffers,
      starsDiffer: judged.starsDiffer,
      compared: comparison === undefined || judged.row === undefined ? null : compared(comparison, judged.row),
      publishedIn: yield* publishedIn(today, node, cell.place),
      origins: origins.slice(0, 12),
      computedFrom: first !== undefined || Number.isNaN(cell.value) ? [] : [...new Set(chainBelow(today, name, [])[1]?.nodes.map((one) => one.node) ?? [])],
      chain: Number.isNaN(cell.value) ? [] : chainBelow(today, first?.node ?? name, terms, first === undefined || first.model ? undefined : first.column)
    }
    return answer
  })
