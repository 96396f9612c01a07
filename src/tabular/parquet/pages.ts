import type { SchemaElement } from "hyparquet"
import type { CellValue } from "../sheet.ts"
import { toCell } from "./cell-values.ts"
import { endOfThrift } from "./check-thrift.ts"
import { deltaBytes, deltaLengthBytes, deltaNumbers } from "./delta.ts"
import type { Chunk } from "./footer.ts"
import { hybridValues } from "./hybrid.ts"
import { plainValues, type Stored, splitValues } from "./plain.ts"

/** What hyparquet makes of a page's header. */
export type PageHeader = ReturnType<typeof import("hyparquet/src/column.js")["parquetHeader"]>
/** Unpacks so many bytes; undefined where the packed ones are no such bytes. */
export type Unpack = (codec: string, packed: Uint8Array, length: number) => Uint8Array | undefined

/** Why a chunk cannot be read. */
export class DamagedChunk extends Error {}
const damaged = (message: string): never => {
  throw new DamagedChunk(message)
}

/** In a damaged header a number may be of another kind, such as a bigint or a truth. */
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** Which rows of a page hold a value, and where what follows begins; all of them where no value may be missing. */
const presence = (
  bytes: Uint8Array,
  { repetition_type }: SchemaElement,
  count: number
): { readonly present: Uint32Array | undefined; readonly rest: Uint8Array } => {
  if (repetition_type === "REQUIRED") return { present: undefined, rest: bytes }
  if (bytes.length < 4) return damaged("a page ends before its levels")
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const present = length + 4 > bytes.length ? undefined : hybridValues(bytes.subarray(4, 4 + length), 1, count)
  return present === undefined ? damaged("the levels of a page cannot be read") : { present, rest: bytes.subarray(4 + length) }
}

const numbersOf = (values: BigInt64Array, { type }: SchemaElement): ReadonlyArray<Stored> =>
  type === "INT32" ? Array.from(values, Number) : Array.from(values)

/** The values of a page, as cells. */
const pageCells = (
  bytes: Uint8Array,
  encoding: string,
  element: SchemaElement,
  count: number,
  dictionary: ReadonlyArray<CellValue> | undefined
): ReadonlyArray<CellValue> => {
  if (count === 0) return []
  const { type } = element
  if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") {
    const places = hybridValues(bytes.subarray(1), bytes[0] ?? 33, count)
    if (places === undefined || dictionary === undefined) return damaged("the places in its dictionary cannot be read")
    return Array.from(places, (place) =>
      place < dictionary.length ? dictionary[place]! : damaged(`value ${place} of a dictionary of ${dictionary.length} is asked for`)
    )
  }
  const stored = (): ReadonlyArray<Stored> | undefined => {
    if (encoding === "PLAIN") return plainValues(bytes, element, count)
    if (encoding === "BYTE_STREAM_SPLIT") return splitValues(bytes, element, count)
    if (encoding === "RLE" && type === "BOOLEAN") return Array.from(hybridValues(bytes.subarray(4), 1, count) ?? [], (bit) => bit === 1)
    if (encoding === "DELTA_BINARY_PACKED" && (type === "INT32" || type === "INT64")) {
      const found = deltaNumbers(bytes, 0, count, type === "INT32" ? 32 : 64)
      return found && numbersOf(found.values, element)
    }
    if (encoding === "DELTA_LENGTH_BYTE_ARRAY" && type === "BYTE_ARRAY") return deltaLengthBytes(bytes, 0, count)
    if (encoding === "DELTA_BYTE_ARRAY") return deltaBytes(bytes, count, MOST_TEXT)
    return damaged(`its values are written in ${encoding ?? "an unheard-of way"}`)
  }
  const values = stored()
  return values === undefined || values.length !== count ? damaged(`a page of ${count} values in ${encoding} cannot be read`) : values.map(toCell(element))
}

/** Bytes that the texts of a page may come to. */
const MOST_TEXT = 2 ** 28

/** The cells of a column in a row group. Throws DamagedChunk. */
export const chunkCells = (
  file: Uint8Array,
  { codec, end, rows, start }: Chunk,
  element: SchemaElement,
  parse: (reader: { view: DataView; offset: number }) => PageHeader,
  unpack: Unpack
): ReadonlyArray<CellValue> => {
  const cells: Array<CellValue> = []
  const chunk = file.subarray(start, end)
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  const unpacked = (packed: Uint8Array, length: number) =>
    (codec === "UNCOMPRESSED" ? packed : unpack(codec, packed, length)) ?? damaged(`a page cannot be unpacked (${codec})`)
  const headerAt = (offset: number): PageHeader => {
    try {
      return parse({ view, offset })
    } catch {
      return damaged("the header of a page cannot be read")
    }
  }
  let dictionary: ReadonlyArray<CellValue> | undefined
  let at = 0
  while (cells.length < rows) {
    const body = endOfThrift(chunk, at)
    if (body === undefined) return damaged(`its pages end after ${cells.length} of ${rows} rows`)
    const {
      compressed_page_size: packedSize,
      data_page_header: v1,
      data_page_header_v2: v2,
      dictionary_page_header,
      uncompressed_page_size: size
    } = headerAt(at)
    if (!isCount(packedSize) || !isCount(size) || body + packedSize > chunk.length) return damaged(`a page of ${packedSize} bytes does not fit into it`)
    const packed = chunk.subarray(body, body + packedSize)
    at = body + packedSize
    if (dictionary_page_header !== undefined) {
      const count = dictionary_page_header.num_values
      const bytes = unpacked(packed, size)
      const values = isCount(count) && count <= bytes.length * 8 ? plainValues(bytes, element, count) : undefined
      dictionary = values?.map(toCell(element)) ?? damaged(`a dictionary of ${count} values cannot be read`)
      continue
    }
    const header = v1 ?? v2
    // An index page, say.
    if (header === undefined) continue
    const count = header.num_values
    if (!isCount(count) || count > rows - cells.length) return damaged(`a page of ${count} values stands where ${rows - cells.length} are left`)
    let present: Uint32Array | undefined
    let rest: Uint8Array
    if (v2 === undefined) ({ present, rest } = presence(unpacked(packed, size), element, count))
    else {
      const levels = v2.definition_levels_byte_length
      if (v2.repetition_levels_byte_length !== 0 || !isCount(levels) || levels > Math.min(packed.length, size))
        return damaged("the levels of a page cannot be read")
      present =
        element.repetition_type === "REQUIRED"
          ? undefined
          : (hybridValues(packed.subarray(0, levels), 1, count) ?? damaged("the levels of a page cannot be read"))
      const values = packed.subarray(levels)
      rest = v2.is_compressed === false || values.length === 0 ? values : unpacked(values, size - levels)
    }
    const values = pageCells(rest, header.encoding, element, present === undefined ? count : present.reduce((sum, one) => sum + one, 0), dictionary)
    if (present === undefined) for (const value of values) cells.push(value)
    else {
      let next = 0
      for (const one of present) cells.push(one === 1 ? values[next++]! : null)
    }
  }
  return cells
}
