import type { SchemaElement } from "hyparquet"

/** A value as it is stored: INT96 are its twelve bytes. */
export type Stored = number | bigint | boolean | Uint8Array

/** Bytes of a value of a type; undefined for texts, which say their length. */
const widthOf = ({ type, type_length = 0 }: SchemaElement): number | undefined => {
  if (type === "INT32" || type === "FLOAT") return 4
  if (type === "INT64" || type === "DOUBLE") return 8
  if (type === "INT96") return 12
  return type === "FIXED_LEN_BYTE_ARRAY" ? type_length : undefined
}

/** Values one after another (apache/parquet-format, Encodings.md, PLAIN); undefined where the bytes hold fewer. */
export const plainValues = (bytes: Uint8Array, element: SchemaElement, count: number): ReadonlyArray<Stored> | undefined => {
  const { type } = element
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (type === "BOOLEAN") {
    if (Math.ceil(count / 8) > bytes.length) return undefined
    return Array.from({ length: count }, (_, i) => ((bytes[i >> 3]! >> (i & 7)) & 1) === 1)
  }
  if (type === "BYTE_ARRAY") {
    const values: Array<Uint8Array> = []
    let at = 0
    for (let i = 0; i < count; i++) {
      if (at + 4 > bytes.length) return undefined
      const length = view.getUint32(at, true)
      at += 4
      if (at + length > bytes.length) return undefined
      values.push(bytes.subarray(at, (at += length)))
    }
    return values
  }
  const width = widthOf(element)
  if (width === undefined || width * count > bytes.length) return undefined
  const of = <T>(read: (at: number) => T) => Array.from({ length: count }, (_, i) => read(i * width))
  if (type === "INT32") return of((at) => view.getInt32(at, true))
  if (type === "INT64") return of((at) => view.getBigInt64(at, true))
  if (type === "FLOAT") return of((at) => view.getFloat32(at, true))
  if (type === "DOUBLE") return of((at) => view.getFloat64(at, true))
  return of((at) => bytes.subarray(at, at + width))
}

/** Values whose first bytes stand together, then their second ones, and so on (BYTE_STREAM_SPLIT). */
export const splitValues = (bytes: Uint8Array, element: SchemaElement, count: number): ReadonlyArray<Stored> | undefined => {
  const width = widthOf(element)
  if (width === undefined || width * count > bytes.length) return undefined
  const together = new Uint8Array(width * count)
  for (let b = 0; b < width; b++) for (let i = 0; i < count; i++) together[i * width + b] = bytes[b * count + i]!
  return plainValues(together, element, count)
}
