import type { StoredColumn, StoredTable } from "../../artifact/column.ts"
import { isCompanion } from "../../artifact/column.ts"
import { isIntercept } from "../../artifact/estimates.ts"
import { byDistance, type EstimateChange } from "../../engine/diff/compare-estimates.ts"
import type { StudyDiff } from "../../engine/diff/diff-runs.ts"
import { editSentence } from "../../engine/diff/edit-sentence.ts"
import { count } from "../../engine/wording.ts"
import { significant } from "../../render/numbers.ts"
import { apart, cellsInWords, keyInWords, remark } from "../../workspace/difference-words.ts"

/** Estimates drawn, unless all are asked for; edits and cells that are told. */
const DRAWN = 20
const TOLD = 3

type Moved = EstimateChange & {
  readonly before: NonNullable<EstimateChange["before"]>
  readonly after: NonNullable<EstimateChange["after"]>
  readonly moved: number
}
const hasMoved = (change: EstimateChange): change is Moved =>
  change.before !== null && change.after !== null && change.moved !== null && change.moved !== 0 && !isIntercept(String(change.of["term"]))

interface Row {
  readonly mark: "interval" | "tick" | "rule" | "text"
  readonly series?: string
  readonly x?: number
  readonly y?: number
  readonly range?: readonly [number, number]
  readonly label?: string
}

const figureOf = (rows: ReadonlyArray<Row>, texts: Readonly<Record<"title" | "x_label" | "note", string>>): StoredTable => {
  const column = (kind: StoredColumn["kind"], name: string, values: StoredColumn["values"]): StoredColumn =>
    ({ name, kind, unit: "", description: "", values }) as StoredColumn
  const numbers = (name: string, of: (row: Row) => number | undefined) =>
    column(
      "number",
      name,
      Float64Array.from(rows, (row) => of(row) ?? Number.NaN)
    )
  const words = (name: string, of: (row: Row) => string) => column("text", name, rows.map(of))
  return {
    rows: rows.length,
    notes: [],
    columns: [
      words("panel", () => ""),
      words("mark", ({ mark }) => mark),
      words("series", ({ series = "" }) => series),
      numbers("x", ({ x }) => x),
      numbers("y", ({ y }) => y),
      numbers("x_low", ({ range }) => range?.[0]),
      numbers("x_high", ({ range }) => range?.[1]),
      words("label", ({ label = "" }) => label),
      ...Object.entries({ ...texts, y_label: "", palette: "categorical" }).map(([name, text]) => words(name, () => text))
    ]
  } as StoredTable
}

/** An estimate in so many digits, with its stars; with a true minus, at which no line is broken. */
const inDigits = ({ estimate, stars }: Moved["before"], digits: number): string =>
  `${significant(estimate!, digits).replaceAll("-", "\u2212")}${"*".repeat(stars)}`

/** The line of an estimate: what it is, what became of it, and both intervals. */
const rowsOf = (change: Moved, prefix: string, at: number): ReadonlyArray<Row> => {
  const unit = change.before.std_error!
  const interval = (series: string, { conf_high, conf_low, estimate }: Moved["before"], up: number): Row => ({
    mark: "interval",
    series,
    x: estimate! / unit,
    y: at + up,
    range: [(conf_low ?? estimate!) / unit, (conf_high ?? estimate!) / unit]
  })
  const [was, is] = apart((digits) => [inDigits(change.before, digits), inDigits(change.after, digits)])
  const what = remark(change)
  return [
    { mark: "tick", y: at, label: `${prefix}${keyInWords(change.of)}${what === "" ? "" : ` (${what})`} ${was} → ${is}` },
    interval("before", change.before, 0.16),
    interval("after", change.after, -0.16)
  ]
}

/**
 * What an edit moved, as a figure: of each estimate that differs, before and after with the interval that its table has, in standard errors of before, so that unlike ones stand on one scale; those of a
 * table together, what moved most first; signs and stars that changed are told beside them. Undefined where no estimate moved.
 */
export const editFigure = ({ after, before, edits, nodes }: StudyDiff, all: boolean): StoredTable | undefined => {
  const found = nodes
    .flatMap(({ node, outputs }) =>
      outputs.flatMap(({ estimates, output }) =>
        (estimates ?? []).filter(hasMoved).map((change) => ({ table: output === "output" || output === "coefficients" ? node : `${node}.${output}`, change }))
      )
    )
    .sort((a, b) => byDistance(a.change, b.change))
  if (found.length === 0) return undefined
  const shown = all ? found : found.slice(0, DRAWN)
  let y = 0
  const rows = [...Map.groupBy(shown, ({ table }) => table)].flatMap(([table, own]): ReadonlyArray<Row> => {
    // A table of one estimate needs no line of its own.
    const alone = own.length === 1
    return [
      ...(alone ? [] : [{ mark: "tick" as const, y: y--, label: `${table}:` }]),
      ...own.flatMap(({ change }) => rowsOf(change, alone ? `${table}: ` : "", y--))
    ]
  })
  const touched = new Set(edits.flatMap((edit) => edit.nodes))
  const cells = nodes
    .filter(({ node }) => touched.has(node))
    .flatMap(({ outputs }) => outputs.flatMap((output) => output.cells.filter(({ column }) => !isCompanion(column)).map((one) => cellsInWords(one))))
  const few = (texts: ReadonlyArray<string>) => [...texts.slice(0, TOLD), ...(texts.length > TOLD ? [`${texts.length - TOLD} more`] : [])].join("; ")
  const differ = nodes.filter(({ change }) => change === "changed").length
  const same = nodes.filter(({ change }) => change === "same").length
  const hidden = found.length - shown.length
  return figureOf([{ mark: "rule", x: 0 }, ...rows], {
    title: `What an edit moved: ${edits.length === 0 ? "nothing that is recorded explains it" : few(edits.map(editSentence))}`,
    x_label: "estimates in standard errors of before, with their intervals",
    note: [
      ...(cells.length === 0 ? [] : [`${few(cells)}.`]),
      `${count(differ, "node")} differ${differ === 1 ? "s" : ""}${same === 0 ? "" : `; ${same} more ${same === 1 ? "was" : "were"} made of something else and came out the same: there the wave stopped`}.`,
      ...(hidden === 0 ? [] : [`${count(hidden, "estimate")} that moved less ${hidden === 1 ? "is" : "are"} not drawn.`]),
      `From run ${before.run.run} to ${after.run.run}. Stars: * 10%, ** 5%, *** 1%.`
    ].join("\n")
  })
}
