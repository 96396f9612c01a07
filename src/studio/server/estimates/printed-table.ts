import { Effect } from "effect"
import { wiresOf } from "../../../dag/dag.ts"
import { printedSheet } from "../../../render/table/printed-sheet.ts"
import { printedLayout } from "../../../render/table/read-printed.ts"
import type { PrintedTable, TableCell } from "../../messages/estimates/table.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { comparisonFor, comparisonsOf } from "./comparisons.ts"
import { columnModels, numbersRead } from "./origins.ts"
import { type PrintedCellAt, printedCells } from "./printed-cells.ts"
import { headOf, neededOutput, nodeToday } from "./today.ts"
import { judgeOf, tallied } from "./verdicts.ts"

type Found = Effect.Success<ReturnType<typeof numbersRead>>
/** What was found for the tables that were looked at last: while one goes from number to number nothing is searched anew. */
const searched = new Map<string, Found>()
const KEPT = 8

const foundFor = (today: StudyToday, node: NodeToday, artifact: string, cells: ReadonlyArray<PrintedCellAt>) =>
  Effect.gen(function* () {
    const read = wiresOf(node.node).map(([, wire]) => ("node" in wire ? [wire.node, today.nodes.get(wire.node)?.artifacts[wire.output]] : []))
    const key = JSON.stringify([node.node.name, node.node.params, artifact, read])
    const before = searched.get(key)
    if (before !== undefined) return before
    const found = yield* numbersRead(today, node, new Set(cells.flatMap(({ value }) => (Number.isNaN(value) ? [] : [value]))))
    if (searched.size >= KEPT) searched.delete(searched.keys().next().value!)
    searched.set(key, found)
    return found
  })

/** A printed table with all that is needed to judge its cells and to say where they are from. */
export const openTable = (today: StudyToday, name: string) =>
  Effect.gen(function* () {
    const node = yield* nodeToday(today, name)
    const { artifact, table } = yield* neededOutput(node, "PrintedTable")
    const rows = printedCells(table)
    const cells = rows.flatMap((row) => row.flatMap((cell) => (cell === undefined ? [] : [cell])))
    const comparison = comparisonFor(yield* comparisonsOf(today), node)
    const found = yield* foundFor(today, node, artifact, cells)
    return { node, artifact, table, rows, cells, comparison, judge: judgeOf(cells, comparison), found, models: columnModels(rows, found) }
  })

const blank: TableCell = { text: "", published: "", verdict: "none", signDiffers: false, starsDiffer: false, number: false }

/** A printed table as it is laid out, the published numbers beside the run's. */
export const printedTableOf = (today: StudyToday, name: string) =>
  Effect.map(openTable(today, name), ({ artifact, cells, comparison, judge, models, node, rows, table }): PrintedTable => {
    const layout = printedLayout(table)
    const { heads, lines, notes, title } = printedSheet(layout)
    const cellOf = (cell: PrintedCellAt | undefined): TableCell => {
      if (cell === undefined) return blank
      const { signDiffers, starsDiffer, verdict } = judge(cell)
      return {
        text: cell.text,
        published: cell.published,
        verdict,
        signDiffers,
        starsDiffer,
        number: !Number.isNaN(cell.value) || !Number.isNaN(cell.publishedValue)
      }
    }
    return {
      ...headOf(node),
      artifact,
      title,
      notes,
      heads,
      columns: layout.columns,
      lines: lines.map(({ heading, label, level, lines: many, ruled }, r) => ({ heading, label, level, lines: many, ruled, cells: rows[r]!.map(cellOf) })),
      tally: tallied(cells.map(judge)),
      comparedBy: comparison?.node.node.name ?? null,
      models
    }
  })
