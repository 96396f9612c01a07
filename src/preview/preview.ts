/** `sediment ingest --preview`: what files hold, a description of them, and what it makes of them. */
import { Effect, type Schema } from "effect"
import { headerRowsOf } from "../../stages/ingest/sheet-plan.ts"
import { SourceDescription } from "../../stages/ingest/source-params.ts"
import { decode } from "../dag/decode.ts"
import type { Fault, SourceFile } from "../dag/stage.ts"
import { type ReadFile, type ReadOptions, readSheets } from "../tabular/read-sheets.ts"
import { type Sheet, UnreadableFile } from "../tabular/sheet.ts"
import { textOf } from "./cell-kind.ts"
import { type Dictionary, withoutDictionary } from "./dictionary.ts"
import { type FoundTable, findTable } from "./find-table.ts"
import { type Proposal, propose } from "./propose.ts"
import { type Understood, understand } from "./understood.ts"

export interface PreviewedSheet {
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly table: FoundTable | undefined
}
export interface PreviewedFile {
  readonly path: string
  readonly understood: Readonly<Record<string, string>>
  readonly sheets: ReadonlyArray<PreviewedSheet>
  readonly warnings: ReadonlyArray<Fault>
}
export interface Preview {
  readonly files: ReadonlyArray<PreviewedFile>
  /** The description that was given, or the one that is proposed; undefined where no table was found. */
  readonly description: (typeof SourceDescription)["Encoded"] | undefined
  readonly proposed: boolean
  /** Where a description was given: the rows in which it has the headers, and the first of the data. */
  readonly layout?: { readonly headers: ReadonlyArray<number>; readonly first: number }
  /** What the file calls its entities, as far as it is known without a dictionary. */
  readonly names: ReadonlyArray<string>
  readonly remarks: ReadonlyArray<string>
  readonly understood: Understood | undefined
  readonly faults: ReadonlyArray<Fault>
}
export interface PreviewOptions {
  readonly sheet: string | undefined
  readonly encoding: string | undefined
  readonly delimiter: string | undefined
  readonly quote: string | undefined
  /** A description as its file has it, not yet checked. */
  readonly description: unknown
}

/** The most rows that are counted of a sheet. */
const counted = 100_000

const sizeOf = ({ rows }: Sheet): { readonly rows: number; readonly columns: number } => {
  let seen = 0
  let columns = 0
  for (const { cells } of rows) {
    columns = Math.max(columns, cells.length)
    if (++seen === counted) break
  }
  return { rows: seen, columns }
}

/** The sheets of a file that can be read; what is wrong with the others is told in `faults` where none can, and is a warning of the file otherwise. */
const readable = ({ sheets }: ReadFile, isEntity: (text: string) => boolean, faults: Array<Fault>) => {
  const found: Array<Fault> = []
  const read = sheets.flatMap((sheet) => {
    try {
      return [{ sheet, table: findTable(sheet, isEntity), size: sizeOf(sheet) }]
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      found.push(...error.faults)
      return []
    }
  })
  if (read.length === 0) faults.push(...found)
  return read
}

const signature = (table: FoundTable): string => table.heads.map((parts) => parts.join(" ").replace(/\d{4}/g, "YYYY")).join("|")

/** Which sheets a description is proposed for: the one asked for, all where they are laid out alike, or those with the most values; `all`: how many the file has, with those that cannot be read. */
const chosen = (sheets: ReadonlyArray<{ readonly sheet: Sheet; readonly table: FoundTable | undefined }>, all: number, asked: string | undefined) => {
  const tables = sheets.flatMap(({ sheet, table }) => (table === undefined ? [] : [{ sheet, table }]))
  if (asked !== undefined) return { one: sheets.find(({ sheet }) => sheet.name === asked)?.sheet, sheets: [asked], alike: [asked] }
  if (tables.length <= 1)
    return { one: tables[0]?.sheet ?? sheets[0]?.sheet, sheets: all > 1 && tables.length === 1 ? [tables[0]!.sheet.name] : undefined, alike: [] }
  // Of the sheets that are laid out alike those that hold the most together.
  const size = (all: typeof tables) => all.reduce((sum, { table }) => sum + table.data.length * table.values.length, 0)
  const groups = [...Map.groupBy(tables, ({ table }) => signature(table)).values()]
  const largest = groups.reduce((a, b) => (size(b) > size(a) ? b : a))
  const alike = largest.map(({ sheet }) => sheet.name)
  return { one: largest[0]!.sheet, sheets: alike.length === all ? ("all" as const) : alike, alike }
}

/** The texts that may name entities, where no dictionary says which do: all but those that the description passes over. */
const namesIn = ({ table }: Proposal, { passOver = [] }: Pick<Proposal["description"], "passOver">): ReadonlyArray<string> => {
  const over = new Set("kinds" in passOver ? (passOver.names ?? []) : passOver)
  const cells =
    table.entityColumn === undefined
      ? (table.rows.find(({ row }) => row === table.entityRow)?.cells ?? [])
      : table.data.map(({ cells: own }) => own[table.entityColumn!])
  return [...new Set(cells.map(textOf))].filter((text) => text !== "" && !over.has(text))
}

/** How text files are to be read: what was asked for, or what the description says, which may yet be found wrong. */
const readingOf = ({ description, ...options }: PreviewOptions): ReadOptions => {
  const said = (name: "encoding" | "delimiter" | "quote"): string | undefined => {
    const described = typeof description === "object" && description !== null ? (description as Readonly<Record<string, unknown>>)[name] : undefined
    return options[name] ?? (typeof described === "string" ? described : undefined)
  }
  return { encoding: said("encoding"), delimiter: said("delimiter"), quote: said("quote") }
}

const open = (file: SourceFile, options: PreviewOptions) =>
  Effect.tryPromise({
    try: () => readSheets(file, readingOf(options)),
    catch: (error) => {
      if (!(error instanceof UnreadableFile)) throw error
      return error
    }
  })

export const preview = (files: ReadonlyArray<SourceFile>, dictionary: Dictionary | undefined, options: PreviewOptions): Effect.Effect<Preview> =>
  Effect.gen(function* () {
    const opened: Array<{ readonly file: SourceFile; readonly read: ReadFile }> = []
    const faults: Array<Fault> = []
    for (const file of files)
      yield* open(file, options).pipe(Effect.match({ onSuccess: (read) => opened.push({ file, read }), onFailure: (error) => faults.push(...error.faults) }))
    const isEntity = (text: string) => dictionary?.nameColumn(text) !== undefined && text !== ""
    const looked = opened.map(({ file, read }) => ({ file, read, sheets: readable(read, isEntity, faults) })).filter(({ sheets }) => sheets.length > 0)
    const shown = looked.map(
      ({ file, read, sheets }): PreviewedFile => ({
        path: file.path,
        understood: read.understood ?? {},
        sheets: sheets.map(({ sheet, size, table }) => ({ name: sheet.name, ...size, table })),
        warnings: read.warnings
      })
    )
    const first = looked[0]
    const nothing = { files: shown, description: undefined, proposed: false, names: [], remarks: [], understood: undefined, faults }
    if (first === undefined) return nothing
    const pick = chosen(first.sheets, first.read.sheets.length, options.sheet)
    if (pick.one === undefined) {
      const names = first.sheets.map(({ sheet }) => `"${sheet.name}"`).join(", ")
      return {
        ...nothing,
        faults: [
          ...faults,
          {
            code: "missing-sheet",
            message: `${first.file.path}: there is no sheet "${options.sheet}"; the sheets are: ${names}`,
            where: { file: first.file.path }
          }
        ]
      }
    }
    const proposal = propose(pick.one, first.file.path, pick, dictionary?.nameColumn)
    const read = {
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
      ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
      ...(options.quote === undefined ? {} : { quote: options.quote })
    }
    const given = options.description ?? (proposal === undefined ? undefined : { ...read, ...proposal.description })
    if (given === undefined) {
      const message = `${first.file.path}: no table was found in it; expected a header row, and below it rows with numbers. Describe it by hand (docs/ingest.md), and look again with --description FILE`
      return { ...nothing, faults: [...faults, { code: "no-table", message, where: { file: first.file.path } }] }
    }
    const decoded = decode<SourceDescription>(SourceDescription as unknown as Schema.Codec<SourceDescription, unknown>, given)
    if (decoded.faults.length > 0) {
      const told = decoded.faults.map(({ message, path }) => ({
        code: "description",
        message: `the description, ${path === "" ? "(all)" : path}: ${message}`,
        where: { parameter: path }
      }))
      return { ...nothing, description: given as never, proposed: options.description === undefined, faults: [...faults, ...told] }
    }
    const description = decoded.value as SourceDescription
    const own = proposal === undefined ? [] : namesIn(proposal, description)
    const names = dictionary === undefined ? Effect.succeed(withoutDictionary(own)) : dictionary.namesBy(description.aliases)
    const understood = yield* names.pipe(
      Effect.flatMap((known) =>
        understand(
          looked.map(({ file }) => file),
          known,
          description
        )
      ),
      Effect.catch((failure) => Effect.succeed({ rows: 0, entities: [], years: [], variables: [], first: [], warnings: [], faults: failure.faults }))
    )
    const headers = headerRowsOf(description)
    return {
      files: shown,
      description: given as never,
      proposed: options.description === undefined,
      ...(options.description === undefined ? {} : { layout: { headers, first: description.first ?? headers.at(-1)! + 1 } }),
      names: dictionary === undefined && understood.faults.length === 0 ? understood.entities : own,
      remarks: proposal === undefined || options.description !== undefined ? [] : proposal.remarks,
      understood,
      faults
    }
  })
