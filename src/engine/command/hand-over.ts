/** A command's inputs as files in its folder. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs"
import { basename, join } from "node:path"
import type { StoredColumn, StoredTable } from "../../artifact/column.ts"
import { filledName, sourceName } from "../../artifact/column.ts"
import type { Column, Tracked } from "../../artifact/table-type.ts"
import type { HandOver } from "../../dag/command.ts"
import { type AnyInputs, type SourceFile, StageFailure } from "../../dag/stage.ts"

type Input = AnyInputs[string]
/** A file as the engine opens it: of its path a command sees the ending alone. */
export type OpenedFile = SourceFile & { readonly ending: string }

const isFileList = (input: Input): input is ReadonlyArray<SourceFile> => Array.isArray(input) && input[0] !== undefined && "bytes" in input[0]
const isTableList = (input: Input): input is ReadonlyArray<Tracked> => Array.isArray(input)

/** A column as it is stored, with what tells of its cells beside it. Asking for it is what makes the node rest on it. */
const storedColumns = (column: Column): ReadonlyArray<StoredColumn> => {
  const { description, filled, kind, name, source, unit, valid, values } = column
  const own: StoredColumn = { name, kind, values, valid, unit, description }
  const companion = (title: string, of: "flag" | "text", cells: Uint8Array | ReadonlyArray<string>, told: string): StoredColumn => ({
    name: title,
    kind: of,
    values: cells,
    valid: undefined,
    unit: "",
    description: told
  })
  return [
    own,
    ...(filled === undefined ? [] : [companion(filledName(name), "flag", filled, `1 where ${name} was filled in`)]),
    ...(source === undefined ? [] : [companion(sourceName(name), "text", source, `where ${name} was read, or how it was made`)])
  ]
}

const storedTable = (tracked: Tracked, columns: ReadonlyArray<string> | undefined): StoredTable => {
  const stored = (columns ?? tracked.names).flatMap((name) => storedColumns(tracked.column(name) as Column))
  return { rows: stored[0]?.values.length ?? tracked.rows, columns: stored, notes: [] }
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What the columns of a table are, for programs that read nothing but CSV. */
const columnsFile = ({ columns }: StoredTable): string =>
  ["name,kind,unit,description", ...columns.map(({ description, kind, name, unit }) => [name, kind, unit, description].map(field).join(","))].join("\n") + "\n"

/** The content of a table's file. */
const encoded = async (table: StoredTable, format: HandOver, input: string): Promise<Iterable<string | Uint8Array>> => {
  switch (format) {
    case "csv":
      return (await import("../../render/artifact/csv-file.ts")).csvPieces(table)
    case "arrow":
      return [(await import("../../artifact/write.ts")).writeArrow(table)]
    case "parquet":
      return [await (await import("../../render/artifact/parquet-file.ts")).parquetFile(table)]
    case "dta": {
      const { lost, pieces, renamed } = (await import("../../tabular/stata/write-stata.ts")).writeStata(table)
      const told = [
        ...renamed.map(({ from }) => `the name ${from} is not one of Stata's`),
        ...lost.map(({ cells, column }) => `${column} has ${cells} numbers that Stata cannot hold`)
      ]
      if (told.length > 0)
        throw StageFailure.of(
          "hand-over",
          `the input ${input} cannot be handed over as a Stata dataset: ${told.join("; ")}. Hand it over as "csv", or other columns of it`
        )
      return pieces
    }
  }
}

/** Writes each input to the folder and gives where it is there, by its name. */
export const handOver = async (
  folder: string,
  inputs: AnyInputs,
  format: HandOver,
  columnsOf: Readonly<Record<string, ReadonlyArray<string> | undefined>>
): Promise<ReadonlyMap<string, string>> => {
  const places = new Map<string, string>()
  const table = async (name: string, input: string, tracked: Tracked) => {
    const stored = storedTable(tracked, columnsOf[input])
    const file = openSync(join(folder, `${name}.${format}`), "wx")
    try {
      for (const piece of await encoded(stored, format, input)) writeWhole(file, piece)
    } finally {
      closeSync(file)
    }
    writeFileSync(join(folder, `${name}.columns.csv`), columnsFile(stored), { flag: "wx" })
  }
  /** Piece by piece: it may be large. */
  const copyOf = ({ chunks }: SourceFile, name: string) => {
    const file = openSync(join(folder, name), "wx")
    try {
      for (const piece of chunks()) writeWhole(file, piece)
    } finally {
      closeSync(file)
    }
  }
  for (const [input, given] of Object.entries(inputs)) {
    if (isFileList(given)) {
      mkdirSync(join(folder, input))
      for (const [i, one] of given.entries()) {
        const { path } = one
        if (given.slice(0, i).some((other) => basename(other.path) === basename(path)))
          throw StageFailure.of("hand-over", `two files of the input ${input} are called ${basename(path)}, and they are handed over in one folder: rename one`)
        copyOf(one, join(input, basename(path)))
      }
      places.set(input, input)
    } else if (isTableList(given)) {
      mkdirSync(join(folder, input))
      const digits = String(given.length).length
      for (const [i, one] of given.entries()) await table(join(input, String(i + 1).padStart(digits, "0")), input, one)
      places.set(input, input)
    } else if ("bytes" in given) {
      const file = `${input}${(given as OpenedFile).ending}`
      copyOf(given, file)
      places.set(input, file)
    } else {
      await table(input, input, given as Tracked)
      places.set(input, `${input}.${format}`)
    }
  }
  return places
}

const writeWhole = (file: number, piece: string | Uint8Array): void => {
  const bytes = typeof piece === "string" ? Buffer.from(piece) : piece
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
