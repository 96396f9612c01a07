/** What a command has written, as its outputs. */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { extname, join } from "node:path"
import { type Data, filledName, type Kind, sourceName } from "../../artifact/column.ts"
import type { AnyTable } from "../../artifact/table-type.ts"
import { type Fault, StageFailure } from "../../dag/stage.ts"
import type { SheetFile } from "../../tabular/sheet.ts"
import { cellsOf } from "./cells-of-kind.ts"
import { csvRows } from "./csv-rows.ts"
import { gatherColumns, type ReadTable, sheetRows } from "./read-table.ts"

type Reader = (file: { readonly path: string; readonly bytes: Uint8Array }) => Promise<SheetFile>
/** The endings of files that are read back, beside csv, and who reads them. */
const READERS: Readonly<Record<string, () => Promise<Reader>>> = {
  arrow: async () => (await import("../../tabular/arrow/read-arrow-file.ts")).readArrowFile,
  parquet: async () => (await import("../../tabular/parquet/read-parquet.ts")).readParquet,
  dta: async () => (await import("../../tabular/stata/read-stata.ts")).readStata
}
const ENDINGS = ["csv", ...Object.keys(READERS)]
/** So many faults of an output are told. */
const MOST_FAULTS = 20

/** The file of an output, read whole; undefined where there is nothing in it. */
const readFile = async (folder: string, file: string): Promise<ReadTable | undefined> => {
  const bytes = readFileSync(join(folder, file))
  if (file.endsWith(".csv")) return gatherColumns(csvRows(bytes, file), true)
  const read = await READERS[extname(file).slice(1)]!()
  const { sheets } = await read({ path: file, bytes })
  return gatherColumns(sheetRows(sheets[0]?.rows ?? []), false)
}

const quoted = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(", ")

/** The file of an output among those of the folder. */
const fileOf = (output: string, present: ReadonlyArray<string>): string => {
  const [file, other] = ENDINGS.map((ending) => `${output}.${ending}`).filter((name) => present.includes(name))
  const where = { value: output }
  if (file === undefined) {
    const there =
      present.length === 0 ? "it wrote no file" : `it wrote ${present.slice(0, 8).join(", ")}${present.length > 8 ? `, and ${present.length - 8} more` : ""}`
    const expected = `${ENDINGS.slice(0, -1)
      .map((ending) => `${output}.${ending}`)
      .join(", ")} or ${output}.${ENDINGS.at(-1)}`
    throw StageFailure.of("missing-output", `the command has not written its output ${output}: expected ${expected} in its folder; ${there}`, where)
  }
  if (other !== undefined)
    throw StageFailure.of("two-outputs", `the command has written its output ${output} twice, as ${file} and ${other}: write it once`, where)
  return file
}

const NOTHING: ReadTable = { isText: true, names: [], columns: [], places: [], tooLong: [] }

/** An output's columns out of its file; every cell that is not of its column's kind, and every column too many or too few, is a fault. */
const readOutput = async (folder: string, output: string, type: AnyTable, present: ReadonlyArray<string>) => {
  const file = fileOf(output, present)
  // A pipe would be waited for, a device read without end.
  if (!statSync(join(folder, file)).isFile()) throw StageFailure.of("unreadable-output", `${file} is no file: write the output ${output} as one`, { file })
  const table = await readFile(folder, file)
  const faults: Array<Fault> = []
  const told = (code: string, message: string, where: Fault["where"] = {}) => faults.push({ code, message: `${file}: ${message}`, where: { file, ...where } })
  const { columns, isText, names, places, tooLong }: ReadTable = table ?? NOTHING
  const declared = Object.keys(type.columns)
  if (table === undefined)
    told("bad-output", `it is empty; expected the names of the columns of the type ${type.name} in its first line: ${declared.join(", ")}`)
  for (const [i, name] of names.entries()) if (names.indexOf(name) < i) told("bad-output", `the column "${name}" is there twice`, { column: name })
  const owner = (name: string): string | undefined => names.find((one) => filledName(one) === name || sourceName(one) === name)
  const further = [...new Set(names)].filter((name) => !declared.includes(name) && owner(name) === undefined)
  if (type.rest === undefined && further.length > 0)
    told(
      "bad-output",
      `found the column${further.length === 1 ? "" : "s"} ${quoted(further)}, which the type ${type.name} does not have; it has: ${declared.join(", ")}`,
      {
        column: further[0]!
      }
    )
  const absent = declared.filter((name) => !names.includes(name))
  if (table !== undefined && absent.length > 0)
    told("bad-output", `no column ${quoted(absent)}; found: ${names.join(", ")}; expected those of the type ${type.name}: ${declared.join(", ")}`, {
      column: absent[0]!
    })
  for (const { cells, place } of tooLong)
    told("bad-output", `row ${place}: found ${cells} cells, expected ${names.length}, one for each column`, { row: place })

  const column = (name: string, kind: Kind, nullable: boolean) =>
    cellsOf(kind, { cells: columns[names.indexOf(name)]!, isText, nullable }, (i, found, expected) => {
      const row = places[i]!
      told("bad-output", `row ${row}, column "${name}": found ${found}, expected ${expected}`, { row, column: name, value: found, expected })
    })
  const data = (name: string, kind: Kind, nullable: boolean): Data => ({
    ...column(name, kind, nullable),
    ...(names.includes(filledName(name)) ? { filled: column(filledName(name), "flag", false).values as Uint8Array } : {}),
    ...(names.includes(sourceName(name)) ? { source: column(sourceName(name), "text", true).values as ReadonlyArray<string | null> } : {})
  })
  const out: Record<string, unknown> = {}
  for (const [name, { kind, nullable }] of Object.entries(type.columns)) if (names.includes(name)) out[name] = data(name, kind, nullable)
  const { rest } = type
  if (rest !== undefined) out["rest"] = new Map(further.map((name) => [name, data(name, rest.kind, rest.nullable)]))
  return { out, faults }
}

/** Reads the outputs of a command out of its folder. `handed`: the files that were there before. */
export const readBack = async (
  folder: string,
  outputs: Readonly<Record<string, AnyTable>>,
  handed: ReadonlySet<string>
): Promise<Readonly<Record<string, unknown>>> => {
  const present = readdirSync(folder)
    .filter((name) => !handed.has(name))
    .sort()
  const found: Record<string, unknown> = {}
  const faults: Array<Fault> = []
  for (const [output, type] of Object.entries(outputs)) {
    const read = await readOutput(folder, output, type, present).catch((error: unknown) => {
      if (error instanceof StageFailure) return { out: undefined, faults: error.faults }
      const told = (error as { readonly faults?: ReadonlyArray<Fault> }).faults
      return { out: undefined, faults: told ?? [{ code: "unreadable-output", message: `the output ${output} cannot be read: ${(error as Error).message}` }] }
    })
    found[output] = read.out
    faults.push(...read.faults.slice(0, MOST_FAULTS))
    if (read.faults.length > MOST_FAULTS) faults.push({ code: "bad-output", message: `${output}: and ${read.faults.length - MOST_FAULTS} more of the like` })
  }
  const [first, ...others] = faults
  if (first !== undefined) throw new StageFailure({ faults: [first, ...others] })
  return found
}
