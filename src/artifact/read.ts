/** Reads the Arrow IPC files that `writeArrow` writes, and only those: the store has checked their bytes against their hash. */
import type { Kind, StoredColumn, StoredTable, Values } from "./column.ts"
import { TableReader } from "./flatbuffer.ts"
import { NOTES } from "./write.ts"

const END = "ARROW1"
/** Members of union Type in Schema.fbs; a text column with a dictionary is a category. */
const KINDS: Readonly<Record<number, Kind>> = { 2: "integer", 3: "number", 5: "text", 6: "flag" }

/** A column as it lies in the file. */
export interface LaidColumn {
  readonly name: string
  readonly kind: Kind
  readonly unit: string
  readonly description: string
  readonly rows: number
  readonly nulls: number
  /** A bit a row; undefined when nothing is missing. */
  readonly validity: Buffer | undefined
  /** Numbers, codes or bits; of text, offsets and UTF-8. */
  readonly values: ReadonlyArray<Buffer>
  /** A category's levels: offsets and UTF-8. */
  readonly dictionary: ReadonlyArray<Buffer> | undefined
}
export interface LaidTable {
  readonly rows: number
  readonly columns: ReadonlyArray<LaidColumn>
  readonly notes: ReadonlyArray<string>
}

interface Batch {
  readonly length: number
  /** Length and number of nulls, a column. */
  readonly nodes: ReadonlyArray<ReadonlyArray<number>>
  /** Each buffer's bytes, in the file. */
  readonly buffers: ReadonlyArray<Buffer>
}

const metadataOf = (entries: ReadonlyArray<TableReader>): ReadonlyMap<string, string> => new Map(entries.map((entry) => [entry.string(0), entry.string(1)]))

/** The header of the message at a block of the footer, and where its body begins. (A block's second word is 32 bits and 32 of zero padding.) */
const messageAt = (file: Buffer, [offset = 0, metadataLength = 0]: ReadonlyArray<number>): { readonly header: TableReader; readonly body: number } => {
  const header = TableReader.root(file.subarray(offset + 8, offset + metadataLength)).table(2)
  if (header === undefined) throw new TypeError("not an artifact: a message without a header")
  return { header, body: offset + metadataLength }
}

const batchOf = (file: Buffer, header: TableReader, body: number): Batch => ({
  length: header.int64(0),
  nodes: header.structs(1, 16),
  buffers: header.structs(2, 16).map(([offset = 0, length = 0]) => file.subarray(body + offset, body + offset + length))
})

/** A view where the bytes are aligned, else a copy. */
export const float64 = (bytes: Buffer): Float64Array =>
  bytes.byteOffset % 8 === 0
    ? new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
    : new Float64Array(Uint8Array.from(bytes).buffer, 0, bytes.length / 8)
export const int32 = (bytes: Buffer): Int32Array =>
  bytes.byteOffset % 4 === 0
    ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : new Int32Array(Uint8Array.from(bytes).buffer, 0, bytes.length / 4)

const unpack = (bits: Buffer, length: number): Uint8Array => {
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i++) out[i] = (bits[i >> 3]! >> (i & 7)) & 1
  return out
}

export const texts = (offsetBytes: Buffer, utf8: Buffer): Array<string> => {
  const offsets = int32(offsetBytes)
  const whole = utf8.toString("utf8")
  // In plain ASCII, offsets of bytes are offsets of characters, and slices of one string cost nothing to decode.
  const cut = whole.length === utf8.length ? (from: number, to: number) => whole.slice(from, to) : (from: number, to: number) => utf8.toString("utf8", from, to)
  return Array.from({ length: offsets.length - 1 }, (_, i) => cut(offsets[i]!, offsets[i + 1]!))
}

const withMissing = (values: Float64Array, valid: Uint8Array): Float64Array => {
  const out = new Float64Array(values)
  for (let i = 0; i < out.length; i++) if (valid[i] !== 1) out[i] = Number.NaN
  return out
}

const levelsAt = (levels: ReadonlyArray<string>, codes: Int32Array, valid: Uint8Array | undefined): Array<string> => {
  const out = new Array<string>(codes.length)
  for (let i = 0; i < out.length; i++) out[i] = valid === undefined || valid[i] === 1 ? levels[codes[i]!]! : ""
  return out
}

const decode = ({ dictionary, kind, rows, values }: LaidColumn, valid: Uint8Array | undefined): Values<Kind> => {
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = values
  switch (kind) {
    case "number":
      return valid === undefined ? float64(first) : withMissing(float64(first), valid)
    case "integer":
      return int32(first)
    case "flag":
      return unpack(first, rows)
    case "text":
      return texts(first, second)
    case "category":
      return levelsAt(dictionary === undefined ? [] : texts(dictionary[0]!, dictionary[1]!), int32(first), valid)
  }
}

/** A column that is decoded when it is first asked for, and then kept. */
class LazyColumn implements StoredColumn {
  readonly name: string
  readonly kind: Kind
  readonly unit: string
  readonly description: string
  readonly #laid: LaidColumn
  #valid: { readonly is: Uint8Array | undefined } | undefined
  #values: Values<Kind> | undefined
  constructor(laid: LaidColumn) {
    this.name = laid.name
    this.kind = laid.kind
    this.unit = laid.unit
    this.description = laid.description
    this.#laid = laid
  }
  get valid(): Uint8Array | undefined {
    const { rows, validity } = this.#laid
    return (this.#valid ??= { is: validity === undefined ? undefined : unpack(validity, rows) }).is
  }
  get values(): Values<Kind> {
    return (this.#values ??= decode(this.#laid, this.valid))
  }
}

/** Opens a file of `writeArrow` and decodes nothing: what there is of each column, where it lies. The bytes may lie in a SharedArrayBuffer. */
export const layArrow = (bytes: Uint8Array): LaidTable => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = file.length - END.length
  if (end < 4 || file.toString("latin1", end) !== END) throw new TypeError("not an artifact: it does not end as an Arrow IPC file does")
  const footerEnd = end - 4
  const footer = TableReader.root(file.subarray(footerEnd - file.readInt32LE(footerEnd), footerEnd))
  const schema = footer.table(1)
  const [block] = footer.structs(3, 24)
  if (schema === undefined || block === undefined) throw new TypeError("not an artifact: it has no schema or no record batch")
  const message = messageAt(file, block)
  const batch = batchOf(file, message.header, message.body)
  const dictionaries = new Map(
    footer.structs(2, 24).map((at) => {
      const { header, body } = messageAt(file, at)
      return [header.int64(0), batchOf(file, header.table(1)!, body)]
    })
  )
  let next = 0
  const columns = schema.tables(1).map((field, i): LaidColumn => {
    const encoding = field.table(4)
    const member = KINDS[field.byte(2)]
    const name = field.string(0)
    if (member === undefined) throw new TypeError(`not an artifact: column "${name}" is of Arrow type ${field.byte(2)}`)
    const kind = encoding === undefined ? member : "category"
    const buffers = batch.buffers.slice(next, (next += kind === "text" ? 3 : 2))
    const metadata = metadataOf(field.tables(6))
    const nulls = batch.nodes[i]?.[1] ?? 0
    return {
      name,
      kind,
      unit: metadata.get("unit") ?? "",
      description: metadata.get("description") ?? "",
      rows: batch.length,
      nulls,
      validity: nulls === 0 ? undefined : buffers[0]!,
      values: buffers.slice(1),
      dictionary: encoding && dictionaries.get(encoding.int64(0))?.buffers.slice(1)
    }
  })
  const notes = metadataOf(schema.tables(2)).get(NOTES)
  return { rows: batch.length, columns, notes: notes === undefined ? [] : (JSON.parse(notes) as ReadonlyArray<string>) }
}

/**
 * Opens a file of `writeArrow`. A column is decoded when its values are first asked for, so a wide table costs what is read of it. The bytes may lie in a
 * SharedArrayBuffer. Numbers and integers without missing values are views of the bytes, not copies: whoever changes them changes the table for all.
 */
export const readArrow = (bytes: Uint8Array): StoredTable => {
  const { columns, notes, rows } = layArrow(bytes)
  return { rows, columns: columns.map((column) => new LazyColumn(column)), notes }
}
