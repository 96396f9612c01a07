import type { Fault } from "../../dag/stage.ts"
import { unlz4Frame } from "../compression/lz4.ts"
import { unzstd } from "../compression/zstandard/unzstd.ts"
import { faultOf } from "../fault-of.ts"
import type { NamedColumn, NamedSheet, NamedSheetFile } from "../named-sheet.ts"
import { type CellValue, type SheetRow, UnreadableFile } from "../sheet.ts"
import { Batch, type CellAt, type UnpackBuffer } from "./batch.ts"
import { type Field, fieldsOf, metadataOf } from "./fields.ts"
import { DamagedArrow, damaged } from "./flatbuffer-table.ts"
import { begins, type Message, readMessages } from "./messages.ts"

type Dictionaries = ReadonlyMap<number, ReadonlyArray<CellValue>>

/** The most cells of a file, and rows of columns without values, which cost the file nothing. */
const MOST = 2 ** 31
const MOST_EMPTY = 2 ** 20
const UNPACKED_AT_LEAST = 2 ** 28
const UNPACKED_BY_BYTE = 1000
const LZ4 = 0
const ZSTANDARD = 1

/** Every record batch with the dictionaries as they are when it comes. */
const batchesOf = (fields: ReadonlyArray<Field>, messages: ReadonlyArray<Message>, unpack: UnpackBuffer) => {
  const types = new Map(fields.flatMap(({ dictionary, type }) => (dictionary === undefined ? [] : [[dictionary.id, type] as const])))
  let dictionaries: Dictionaries = new Map()
  const batches: Array<{ readonly open: (unpack: UnpackBuffer) => Batch; readonly rows: number; readonly dictionaries: Dictionaries }> = []
  for (const { body, header, kind } of messages) {
    if (kind === "batch") {
      batches.push({ open: (by) => new Batch(header, body, by), rows: header.size(0), dictionaries })
      continue
    }
    if (kind !== "dictionary") continue
    const id = header.size(0)
    const type = types.get(id)
    const batch = new Batch(header.table(1) ?? damaged("a dictionary without values"), body, unpack)
    // One that no column names is passed over.
    if (type === undefined) continue
    if (type.layout === "null" && batch.length > MOST_EMPTY) damaged(`a dictionary of ${batch.length} times nothing`)
    const at = batch.column(type)()
    const before = header.byte(2) === 1 ? (dictionaries.get(id) ?? []) : []
    const values = [...before]
    for (let i = 0; i < batch.length; i++) values.push(at(i))
    dictionaries = new Map([...dictionaries, [id, values]])
  }
  return batches
}

const named = (dictionary: ReadonlyArray<CellValue>, places: CellAt): CellAt => {
  return (row) => {
    const place = places(row)
    if (place === null) return null
    const value = typeof place === "number" ? dictionary[place] : undefined
    return value === undefined ? damaged(`value ${place} of a dictionary of ${dictionary.length} is asked for`) : value
  }
}

/**
 * Reads an Arrow file: the IPC file format (which is Feather version 2) and the IPC stream format, of any writer. The names are in row 1; a record batch is
 * looked at when its rows are asked for. Buffers may be packed by LZ4 or Zstandard, texts may be in dictionaries or views. Rejects with UnreadableFile.
 */
export const readArrowFile = async ({ bytes, path }: { readonly path: string; readonly bytes: Uint8Array }): Promise<NamedSheetFile> => {
  const refuse = (code: string, message: string, column?: string): never => {
    throw new UnreadableFile([faultOf(path, code, message, column === undefined ? {} : { column })])
  }
  const orRefuse = <T>(run: () => T): T => {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof DamagedArrow)) throw error
      return refuse("damaged-file", `cannot be read as Arrow: ${error.message}; get the file again, or save it anew as an Arrow file (Feather version 2)`)
    }
  }
  if (bytes.length === 0) return refuse("truncated-file", "found an empty file, expected an Arrow file; get it again")
  if (begins(bytes, "FEA1"))
    return refuse(
      "old-feather",
      "found Feather version 1, expected version 2, which is Arrow's file format; save it again with a newer pyarrow, pandas or R's arrow"
    )
  const { messages, schema } = orRefuse(() => readMessages(bytes))
  const { fields, unfit } = orRefuse(() => fieldsOf(schema))
  if (unfit.length > 0) {
    const list = unfit.map(([name, what]) => `${name} (${what})`).join(", ")
    return refuse(
      "nested-column",
      `found ${unfit.length === 1 ? "a column" : "columns"} without one value a cell: ${list}; save the file with each as columns of their own, or without`,
      unfit[0]![0]
    )
  }
  if (fields.length === 0) return refuse("damaged-file", "it has no columns; save it anew")
  const unpacker = (): UnpackBuffer => {
    let left = UNPACKED_AT_LEAST + bytes.length * UNPACKED_BY_BYTE
    return (codec, packed, length) => {
      if ((left -= length) < 0) return damaged(`a buffer of ${packed.length} bytes is said to unpack to ${length}, more than can be of use`)
      return codec === LZ4 ? unlz4Frame(packed, length) : codec === ZSTANDARD ? unzstd(packed, length) : undefined
    }
  }
  const batches = orRefuse(() => batchesOf(fields, messages, unpacker()))
  const cells = batches.reduce((sum, { rows }) => sum + rows, 0) * fields.length
  const empty = fields.every(({ type }) => type.layout === "null")
  if (cells > MOST || (empty && cells > MOST_EMPTY))
    return refuse("too-large", `found ${cells} cells, more than can be read; save the rows and columns that are needed`)
  /** The columns of a batch; those that are not `wanted` are passed over. */
  const columnsOf = (
    { dictionaries, open }: (typeof batches)[number],
    unpack: UnpackBuffer,
    wanted: (field: Field) => boolean = () => true
  ): ReadonlyArray<CellAt | undefined> => {
    const batch = open(unpack)
    const taken = fields.map((field) => batch.column(field.dictionary?.places ?? field.type))
    return fields.map((field, c) => {
      if (!wanted(field)) return undefined
      const at = taken[c]!()
      return field.dictionary === undefined ? at : named(dictionaries.get(field.dictionary.id) ?? [], at)
    })
  }
  const warnings: Array<Fault> = []
  const long = (field: Field) => field.type.layout === "fixed" && field.type.long
  const texts = fields.map(() => 0)
  orRefuse(() => {
    if (!fields.some(long)) return
    const unpack = unpacker()
    for (const batch of batches)
      for (const [c, at] of columnsOf(batch, unpack, long).entries())
        for (let row = 0; at !== undefined && row < batch.rows; row++) if (typeof at(row) === "string") texts[c]!++
  })
  for (const [c, { name }] of fields.entries()) {
    const count = texts[c]!
    if (count === 0) continue
    const message = `column "${name}": ${count} ${count === 1 ? "number has" : "numbers have"} more digits than a number holds exactly; they are read as text`
    warnings.push(faultOf(path, "long-number", message, { column: name }))
  }
  const notes: unknown = orRefuse(() => {
    try {
      return JSON.parse(metadataOf(schema.tables(2)).get("sediment.notes") ?? "[]")
    } catch (error) {
      if (error instanceof DamagedArrow) throw error
      return []
    }
  })
  const sheet: NamedSheet = {
    name: "",
    merged: [],
    label: "",
    notes: Array.isArray(notes) ? notes.map(String) : [],
    columns: fields.map(({ dictionary, metadata, name, type }): NamedColumn => {
      const text = dictionary === undefined ? type.name : `Dictionary(${type.name})`
      return { name, type: text, label: metadata.get("description") ?? "", unit: metadata.get("unit") ?? "", format: "", valueLabels: new Map() }
    }),
    rows: {
      *[Symbol.iterator](): Iterator<SheetRow> {
        yield { row: 1, cells: fields.map(({ name }) => name) }
        const unpack = unpacker()
        let row = 2
        for (const batch of batches) {
          const columns = orRefuse(() => columnsOf(batch, unpack))
          for (let i = 0; i < batch.rows; i++) yield { row: row++, cells: orRefuse(() => columns.map((at) => at!(i))) }
        }
      }
    }
  }
  return { sheets: [sheet], warnings }
}
