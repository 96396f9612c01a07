/** How one node differs between two runs: its tables, their rows and cells. */
import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { readArrow } from "../../../artifact/read.ts"
import type { OutputDiff } from "../../../engine/diff/compare-outputs.ts"
import type { NodeDiff } from "../../../engine/diff/diff-runs.ts"
import { aboutRow, type Cell, cellOf, matchRows } from "../../../engine/diff/match-rows.ts"
import { sentence } from "../../../engine/sentences.ts"
import { readArtifact } from "../../../workspace/artifact.ts"
import { apart, cellInWords, keyInWords } from "../../../workspace/difference-words.ts"
import { usage } from "../../../workspace/failure.ts"
import type { OutputDetails } from "../../messages/time/run-diff.ts"
import { type Asked, compared } from "./compared.ts"

/** A column's largest change in words. */
export const changedColumn = ({ cells, column, largest }: OutputDiff["cells"][number]) => {
  const [before, after] = apart((digits) => [cellInWords(largest.before, digits), cellInWords(largest.after, digits)])
  return { column, cells, at: keyInWords(largest.row), before, after }
}

const outputDetails = ({ after, before, cells, columns, estimates, output, rows, unread }: OutputDiff): OutputDetails => ({
  output,
  notes: [
    ...(before === null ? ["It did not have this output before."] : []),
    ...(after === null ? ["It no longer has this output."] : []),
    ...unread.map((why) => `It cannot be compared: ${why}.`)
  ],
  columns: columns ?? { added: [], removed: [], changed: [], described: [] },
  rows:
    rows === null
      ? null
      : { before: rows.before, after: rows.after, changed: rows.changed, key: rows.key, added: rows.added.length, removed: rows.removed.length },
  cells: cells.map(changedColumn),
  estimates: estimates?.length ?? 0
})

const nodeOf = (asked: Asked, node: string) =>
  Effect.gen(function* () {
    const { diff } = yield* compared(asked)
    const found = diff.nodes.find((one) => one.node === node)
    return found ?? (yield* usage("same", `${node} is in both runs what it was, or in neither`))
  })

const outputOf = (node: NodeDiff, output: string) => {
  const found = node.outputs.find((one) => one.output === output)
  return found === undefined ? usage("same", `${node.node}.${output} is in both runs what it was, or in neither`) : Effect.succeed(found)
}

export const nodeDetails = (asked: Asked & { readonly node: string }) =>
  Effect.gen(function* () {
    const found = yield* nodeOf(asked, asked.node)
    return {
      node: found.node,
      stage: found.stage,
      change: found.change,
      why: found.why.map((reason) => sentence(reason, Number.POSITIVE_INFINITY)),
      faults: found.faults.map(({ message }) => message),
      ...(found.before === null ? {} : { madeBefore: found.before.run }),
      ...(found.after === null ? {} : { madeAfter: found.after.run }),
      outputs: found.outputs.map(outputDetails)
    }
  })

interface Page {
  readonly start: number
  readonly count: number
}

export const changedRows = (asked: Asked & Page & { readonly node: string; readonly output: string; readonly which: "added" | "removed" }) =>
  Effect.gen(function* () {
    const { rows } = yield* outputOf(yield* nodeOf(asked, asked.node), asked.output)
    const all = rows?.[asked.which] ?? []
    return { total: all.length, rows: all.slice(asked.start, asked.start + asked.count).map(keyInWords) }
  })

const tableOf = (artifact: string) =>
  Effect.map(readArtifact(artifact, { missing: ": gc has freed it, or somebody deleted it", damaged: "" }), ({ bytes }) => readArrow(bytes))

interface ChangedCell {
  readonly row: number
  readonly before: Cell
  readonly after: Cell
  readonly relative: number | null
  readonly absolute: number
}

const changesIn = (before: StoredTable, after: StoredTable, column: string): ReadonlyArray<ChangedCell> => {
  const [old, now] = [before, after].map((table) => table.columns.find(({ name }) => name === column))
  if (old === undefined || now === undefined) return []
  return matchRows(before, after).pairs.flatMap(([from, to]): ReadonlyArray<ChangedCell> => {
    const [was, is] = [cellOf(old, from), cellOf(now, to)]
    if (Object.is(was, is)) return []
    const numbers = typeof was === "number" && typeof is === "number"
    const absolute = numbers ? Math.abs(is - was) : Number.POSITIVE_INFINITY
    return [{ row: to, before: was, after: is, relative: numbers && was !== 0 ? (is - was) / Math.abs(was) : null, absolute }]
  })
}

const size = ({ absolute, relative }: ChangedCell, by: "relative" | "absolute") =>
  by === "absolute" ? absolute : relative === null ? Number.POSITIVE_INFINITY : Math.abs(relative)

type AskedCells = Asked & Page & { readonly node: string; readonly output: string; readonly column: string; readonly by: "relative" | "absolute" | "row" }

/** The cells of a column that differ, in rows that both runs have. What came from nothing, or went, counts as the largest change. */
export const changedCells = (asked: AskedCells) =>
  Effect.gen(function* () {
    const { after, before, rows } = yield* outputOf(yield* nodeOf(asked, asked.node), asked.output)
    if (before === null || after === null) return { total: 0, cells: [] }
    const [old, now] = [yield* tableOf(before), yield* tableOf(after)]
    const all = changesIn(old, now, asked.column)
    const { by } = asked
    // Infinity less Infinity is no number, and an order needs one.
    const sorted = by === "row" ? all : [...all].sort((a, b) => (size(a, by) === size(b, by) ? a.row - b.row : size(b, by) - size(a, by)))
    return {
      total: sorted.length,
      cells: sorted.slice(asked.start, asked.start + asked.count).map((cell) => {
        const [was, is] = apart((digits) => [cellInWords(cell.before, digits), cellInWords(cell.after, digits)])
        const about = aboutRow(
          now,
          ["entity", "year"].filter((name) => now.columns.some((column) => column.name === name)),
          cell.row
        )
        const { entity, year } = about as { readonly entity?: Cell; readonly year?: Cell }
        return {
          row: keyInWords(aboutRow(now, rows?.key ?? [], cell.row)),
          before: was,
          after: is,
          relative: cell.relative,
          ...(typeof entity === "string" && typeof year === "number" ? { entity, year } : {})
        }
      })
    }
  })
