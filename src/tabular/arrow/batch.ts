import { textOrHexadecimal } from "../exact-values.ts"
import type { CellValue } from "../sheet.ts"
import type { ArrowType } from "./arrow-types.ts"
import { damaged, type FlatTable } from "./flatbuffer-table.ts"

/** Unpacks so many bytes of a buffer by the number of its codec; undefined where that cannot be. */
export type UnpackBuffer = (codec: number, packed: Uint8Array, length: number) => Uint8Array | undefined
/** The cell of a row of a column. */
export type CellAt = (row: number) => CellValue

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })

/** The columns of a record batch, taken one after another in the order of the schema. */
export class Batch {
  readonly length: number
  readonly #nodes: ReadonlyArray<ReadonlyArray<number>>
  readonly #buffers: ReadonlyArray<ReadonlyArray<number>>
  readonly #variadic: ReadonlyArray<ReadonlyArray<number>>
  readonly #codec: number | undefined
  readonly #body: Uint8Array
  readonly #unpack: UnpackBuffer
  #node = 0
  #buffer = 0
  #views = 0
  constructor(header: FlatTable, body: Uint8Array, unpack: UnpackBuffer) {
    this.length = header.size(0)
    this.#nodes = header.structs(1, 16)
    this.#buffers = header.structs(2, 16)
    this.#codec = header.table(3)?.byte(0)
    this.#variadic = header.structs(4, 8)
    this.#body = body
    this.#unpack = unpack
  }

  /** The next buffer; unpacked where the batch is packed. */
  #take(): () => Uint8Array {
    const [at = 0, length = 0] = this.#buffers[this.#buffer++] ?? damaged("a batch has fewer buffers than its columns need")
    if (at + length > this.#body.length) return damaged(`a buffer of ${length} bytes lies outside of its batch`)
    const bytes = this.#body.subarray(at, at + length)
    let made: Uint8Array | undefined
    return () => (made ??= this.#codec === undefined || length === 0 ? bytes : this.#unpacked(bytes, this.#codec))
  }
  #unpacked(bytes: Uint8Array, codec: number): Uint8Array {
    if (bytes.length < 8) return damaged("a packed buffer ends before its length")
    const length = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true)
    const packed = bytes.subarray(8)
    // A buffer that would not become smaller is not packed.
    if (length === -1n) return packed
    if (length < 0n || length > 2n ** 40n) return damaged(`a buffer says that it unpacks to ${length} bytes`)
    return (
      this.#unpack(codec, packed, Number(length)) ??
      damaged(`a buffer cannot be unpacked (${codec === 0 ? "LZ4" : codec === 1 ? "Zstandard" : `codec ${codec}`})`)
    )
  }

  /** The next column, whose buffers are only looked at when it is asked for. */
  column(type: ArrowType): () => CellAt {
    const [length = 0, nulls = 0] = this.#nodes[this.#node++] ?? damaged("a batch has fewer columns than the schema")
    if (length !== this.length) return damaged(`a column of ${length} rows stands in a batch of ${this.length}`)
    if (type.layout === "null") return () => () => null
    const validity = this.#take()
    const values = this.#take()
    const data = type.layout === "offsets" || type.layout === "largeOffsets" ? [this.#take()] : type.layout === "views" ? this.#variadicBuffers() : []
    return () => {
      const at = this.#valuesAt(type, values(), data)
      if (nulls === 0) return at
      const bits = validity()
      // All are there where the bits are left out.
      if (bits.length === 0) return at
      if (bits.length * 8 < length) return damaged(`${bits.length} bytes tell which of ${length} rows are missing`)
      return (row) => (((bits[row >> 3]! >> (row & 7)) & 1) === 1 ? at(row) : null)
    }
  }
  #variadicBuffers(): ReadonlyArray<() => Uint8Array> {
    const [count = 0] = this.#variadic[this.#views++] ?? []
    return count > this.#buffers.length ? damaged(`a column says that it has ${count} buffers`) : Array.from({ length: count }, () => this.#take())
  }

  #valuesAt(type: ArrowType, values: Uint8Array, data: ReadonlyArray<() => Uint8Array>): CellAt {
    const { length } = this
    const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
    const need = (bytes: number) => (bytes > values.length ? damaged(`a column of ${length} rows of type ${type.name} has ${values.length} bytes`) : undefined)
    switch (type.layout) {
      case "null":
        return () => null
      case "bits":
        need(Math.ceil(length / 8))
        return (row) => ((values[row >> 3]! >> (row & 7)) & 1) === 1
      case "fixed":
        need(length * type.width)
        return (row) => type.cell(view, row * type.width)
      case "views":
        need(length * 16)
        return viewed(view, data, type.text)
      default: {
        const large = type.layout === "largeOffsets"
        // A column without rows may have no offset at all.
        if (length > 0) need((length + 1) * (large ? 8 : 4))
        const offset = large ? (i: number) => Number(view.getBigInt64(i * 8, true)) : (i: number) => view.getInt32(i * 4, true)
        const bytes = data[0]!()
        return (row) => {
          const [from, to] = [offset(row), offset(row + 1)]
          return from >= 0 && to >= from && to <= bytes.length
            ? shown(bytes.subarray(from, to), type.text)
            : damaged(`a text lies in bytes ${from} to ${to} of ${bytes.length}`)
        }
      }
    }
  }
}

const shown = (bytes: Uint8Array, text: boolean): string => (text ? utf8.decode(bytes) : textOrHexadecimal(bytes))

/** Texts that are named by 16 bytes each: their length, and themselves where they have at most 12; else their beginning, the buffer that they are in, and their place in it. */
const viewed = (view: DataView, data: ReadonlyArray<() => Uint8Array>, text: boolean): CellAt => {
  return (row) => {
    const at = row * 16
    const length = view.getUint32(at, true)
    if (length <= 12) return shown(new Uint8Array(view.buffer, view.byteOffset + at + 4, length), text)
    const [buffer, from] = [data[view.getInt32(at + 8, true)]?.() ?? damaged("a text names a buffer that is not there"), view.getUint32(at + 12, true)]
    return from + length <= buffer.length ? shown(buffer.subarray(from, from + length), text) : damaged(`a text of ${length} bytes lies outside of its buffer`)
  }
}
