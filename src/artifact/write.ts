/**
 * Writes Arrow IPC files (https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format) whose bytes follow from the table's content alone, so that
 * equal content is one object. apache-arrow's own writer numbers dictionaries from a counter of the process and keeps what lies under missing values.
 */
import { type EncodedColumn, encodeColumn } from "./buffers.ts"
import type { Kind, StoredColumn, StoredTable } from "./column.ts"
import { encode, int8, int16, int32, int64, string, structs, table, type Value, vector } from "./flatbuffer.ts"

/** Schema metadata key under which a table's notes are kept, a JSON array. */
export const NOTES = "sediment.notes"

const ALIGNMENT = 64
const aligned = (n: number): number => Math.ceil(n / ALIGNMENT) * ALIGNMENT

// Numbers of Schema.fbs and Message.fbs: MetadataVersion.V5, the members of union Type, and of union MessageHeader.
const V5 = 4
const SIGNED_INT_32 = table(int32(32), int8(1))
const TYPES: Readonly<Record<Kind, { readonly member: number; readonly type: Value }>> = {
  number: { member: 3, type: table(int16(2)) },
  integer: { member: 2, type: SIGNED_INT_32 },
  text: { member: 5, type: table() },
  category: { member: 5, type: table() },
  flag: { member: 6, type: table() }
}
const HEADER = { schema: 1, dictionary: 2, batch: 3 }

/** Key-value metadata, empty values left out; keys must come sorted. */
const metadata = (entries: ReadonlyArray<readonly [string, string]>): Value | undefined => {
  const kept = entries.filter(([, value]) => value !== "")
  return kept.length === 0 ? undefined : vector(kept.map(([key, value]) => table(string(key), string(value))))
}

/** A category's dictionary has its field's position as its number. */
const fieldOf = (column: StoredColumn, position: number): Value => {
  const { member, type } = TYPES[column.kind]
  const dictionary = column.kind === "category" ? table(int64(position), SIGNED_INT_32, int8(0)) : undefined
  const described = metadata([
    ["description", column.description],
    ["unit", column.unit]
  ])
  return table(string(column.name), int8(1), int8(member), type, dictionary, vector([]), described)
}

const schemaOf = ({ columns, notes }: StoredTable): Value =>
  table(int16(0), vector(columns.map(fieldOf)), metadata([[NOTES, notes.length === 0 ? "" : JSON.stringify(notes)]]))

interface Span {
  readonly offset: number
  readonly length: number
}
const pairs = (of: ReadonlyArray<readonly [number, number]>): Value =>
  structs(
    16,
    of.map(([first, second]) => (view, at) => {
      view.setBigInt64(at, BigInt(first), true)
      view.setBigInt64(at + 8, BigInt(second), true)
    })
  )
/** `nodes` has length and number of nulls a column, `spans` where in the body each buffer lies. */
const batchOf = (length: number, nodes: ReadonlyArray<readonly [number, number]>, spans: ReadonlyArray<Span>): Value =>
  table(int64(length), pairs(nodes), pairs(spans.map((span) => [span.offset, span.length])))

const layOut = (buffers: ReadonlyArray<Uint8Array>): { readonly spans: ReadonlyArray<Span>; readonly length: number } => {
  let length = 0
  const spans = buffers.map((buffer) => {
    const span = { offset: length, length: buffer.length }
    length += aligned(buffer.length)
    return span
  })
  return { spans, length }
}

/** Where a message lies in the file: struct Block of File.fbs. */
interface Block {
  readonly offset: number
  readonly metadataLength: number
  readonly bodyLength: number
}
const blocksOf = (blocks: ReadonlyArray<Block>): Value =>
  structs(
    24,
    blocks.map((block) => (view, at) => {
      view.setBigInt64(at, BigInt(block.offset), true)
      view.setInt32(at + 8, block.metadataLength, true)
      view.setBigInt64(at + 16, BigInt(block.bodyLength), true)
    })
  )

class FileBuilder {
  readonly #parts: Array<{ readonly at: number; readonly bytes: Uint8Array }> = []
  #length = 0
  push(bytes: Uint8Array): void {
    this.#parts.push({ at: this.#length, bytes })
    this.#length += bytes.length
  }
  align(): void {
    this.#length = aligned(this.#length)
  }
  /** An encapsulated message: continuation marker, length of its metadata, metadata, body; metadata and body end on the alignment. */
  message(member: number, header: Value, buffers: ReadonlyArray<Uint8Array>, bodyLength: number): Block {
    const flatbuffer = encode(table(int16(V5), int8(member), header, int64(bodyLength)))
    const offset = this.#length
    const metadataLength = aligned(8 + flatbuffer.length)
    const prefix = Buffer.alloc(8)
    prefix.writeInt32LE(-1, 0)
    prefix.writeInt32LE(metadataLength - 8, 4)
    this.push(prefix)
    this.push(flatbuffer)
    this.align()
    for (const buffer of buffers) {
      this.push(buffer)
      this.align()
    }
    return { offset, metadataLength, bodyLength }
  }
  finish(): Uint8Array<ArrayBuffer> {
    const file = new Uint8Array(this.#length)
    for (const { at, bytes } of this.#parts) file.set(bytes, at)
    return file
  }
}

const dictionaryMessage = (file: FileBuilder, id: number, { length, buffers }: NonNullable<EncodedColumn["dictionary"]>): Block => {
  const all = [new Uint8Array(0), ...buffers]
  const layout = layOut(all)
  return file.message(HEADER.dictionary, table(int64(id), batchOf(length, [[length, 0]], layout.spans), int8(0)), all, layout.length)
}

/** The canonical Arrow IPC file of a table: same content, same bytes. docs/artifacts.md says what is fixed. */
export const writeArrow = (stored: StoredTable): Uint8Array<ArrayBuffer> => {
  const file = new FileBuilder()
  file.push(Buffer.from("ARROW1\0\0"))
  file.align()
  const schema = schemaOf(stored)
  file.message(HEADER.schema, schema, [], 0)
  const columns = stored.columns.map((column) => encodeColumn(column, stored.rows))
  const dictionaries = columns.flatMap(({ dictionary }, id) => (dictionary === undefined ? [] : [dictionaryMessage(file, id, dictionary)]))
  const buffers = columns.flatMap((column) => column.buffers)
  const layout = layOut(buffers)
  const nodes = columns.map(({ nulls }) => [stored.rows, nulls] as const)
  const batch = file.message(HEADER.batch, batchOf(stored.rows, nodes, layout.spans), buffers, layout.length)
  const endOfStream = Buffer.alloc(8)
  endOfStream.writeInt32LE(-1, 0)
  file.push(endOfStream)
  const footer = encode(table(int16(V5), schema, blocksOf(dictionaries), blocksOf([batch])))
  file.push(footer)
  const footerLength = Buffer.alloc(4)
  footerLength.writeInt32LE(footer.length, 0)
  file.push(footerLength)
  file.push(Buffer.from("ARROW1"))
  return file.finish()
}
