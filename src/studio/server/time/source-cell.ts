/** A file that a study declares as a source, around a cell: what stands in the yearbook. */
import { Effect } from "effect"
import { type GraphNode, isFiles, isList } from "../../../dag/dag.ts"
import { SourceReading } from "../../../engine/source-content.ts"
import type { Study } from "../../../engine/study.ts"
import { cellName, columnLetters, columnOfLetters } from "../../../tabular/a1.ts"
import { type ReadOptions, readSheets } from "../../../tabular/read-sheets.ts"
import { type CellValue, type SheetRow, UnreadableFile } from "../../../tabular/sheet.ts"
import { CliFailure, usage } from "../../../workspace/failure.ts"
import { Studies } from "../studies.ts"

/** Rows above and below the cell, columns to its left and right, rows from the top on, columns from the left. */
const AROUND = 5
const BESIDE = 2
const HEAD = 2
const LEADING = 2
/** Letters of a cell that are shown. */
const LONGEST = 80

const declares = ({ inputs }: GraphNode, file: string): boolean =>
  Object.values(inputs).some((wired) =>
    isFiles(wired) ? wired.files.some(({ source }) => source === file) : !isList(wired) && "source" in wired && wired.source === file
  )

/** How the nodes that read a file say that it is to be read. */
const optionsOf = (node: GraphNode, sheet: string): ReadOptions => {
  const { delimiter, encoding, quote } = JSON.parse(node.params) as Readonly<Record<string, unknown>>
  const text = (value: unknown) => (typeof value === "string" ? value : undefined)
  return { delimiter: text(delimiter), encoding: text(encoding), quote: text(quote), sheets: sheet === "" ? undefined : [sheet] }
}

/** A declared source by its path as the study has it; any other path is no file of the study's. */
const declared = (study: Study, file: string) => {
  const node = study.graph.nodes.find((one) => declares(one, file))
  return node === undefined
    ? Effect.fail(usage("unknown-source", `${study.graph.study} declares no source "${file}"`))
    : Effect.map(study.readSource(file), (read) => ({ node, read }))
}

const textOf = (value: CellValue | undefined): string => {
  const text = value === null || value === undefined ? "" : String(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

interface Asked {
  readonly study: string
  readonly file: string
  readonly sheet: string
  readonly cell: string
}

/** The rows at the top and those around one. */
const rowsAround = (rows: Iterable<SheetRow>, row: number): ReadonlyArray<SheetRow> => {
  const found: Array<SheetRow> = []
  for (const one of rows) {
    if (one.row > row + AROUND) break
    if (one.row <= HEAD || one.row >= row - AROUND) found.push(one)
  }
  return found
}

const range = (from: number, to: number): ReadonlyArray<number> => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

export const sourceCell = (asked: Asked) =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(asked.study)
    const { node, read } = yield* declared(study, asked.file)
    if (read === undefined) return yield* usage("missing-file", `${asked.file} is no longer there, or cannot be read`)
    const [, letters, number] = /^([A-Z]{1,3})([1-9]\d{0,7})$/.exec(asked.cell) ?? []
    if (letters === undefined) return yield* usage("cell", `"${asked.cell}" is no cell: a column's letters and a row's number, as C7`)
    const file = yield* Effect.tryPromise({
      try: () => readSheets(new SourceReading(asked.file, read.content).file, optionsOf(node, asked.sheet)),
      catch: (error) => error
    }).pipe(
      Effect.catch((error) => (error instanceof UnreadableFile ? Effect.fail(new CliFailure({ exitCode: 2, errors: [...error.faults] })) : Effect.die(error)))
    )
    const sheet = file.sheets.find(({ name }) => name === asked.sheet) ?? (asked.sheet === "" ? file.sheets[0] : undefined)
    if (sheet === undefined) return yield* usage("missing-sheet", `${asked.file} has no sheet "${asked.sheet}" any more`)
    const [at, row] = [columnOfLetters(letters), Number(number)]
    const rows = rowsAround(sheet.rows, row)
    const widest = Math.max(at, ...rows.map(({ cells }) => cells.length - 1))
    const columns = [...new Set([...range(0, Math.min(LEADING, widest + 1) - 1), ...range(Math.max(0, at - BESIDE), Math.min(widest, at + BESIDE))])]
    const own = rows.find((one) => one.row === row)
    return {
      file: asked.file,
      sheet: sheet.name,
      format: file.format,
      ...(file.understood?.["encoding"] === undefined ? {} : { encoding: file.understood["encoding"] }),
      columns: columns.map(columnLetters),
      rows: rows.map((one) => ({ row: one.row, cells: columns.map((column) => textOf(one.cells[column])), head: one.row < row - AROUND })),
      row,
      column: letters,
      text: textOf(own?.cells[at]),
      ...(own === undefined ? { note: `${cellName(at, row)} is past the end of the file, which is another than it was` } : {})
    }
  })
