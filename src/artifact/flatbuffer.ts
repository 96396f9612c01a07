/**
 * As much of FlatBuffers (https://flatbuffers.dev/internals/) as Arrow's metadata needs. The encoder writes front to back, parents before children, so
 * that bytes follow from content alone: a general encoder may share vtables or order fields as it likes.
 */

/** A field that lies in its table. */
interface Scalar {
  readonly size: 1 | 2 | 4 | 8
  readonly put: (view: DataView, at: number) => void
}
/** What lies elsewhere and is pointed to: a string, a table, a vector of either, or a vector of structs. */
export type Value =
  | { readonly string: string }
  | { readonly fields: ReadonlyArray<Scalar | Value | undefined> }
  | { readonly items: ReadonlyArray<Value> }
  | { readonly structs: ReadonlyArray<(view: DataView, at: number) => void>; readonly size: number }

export const int8 = (x: number): Scalar => ({ size: 1, put: (view, at) => view.setInt8(at, x) })
export const int16 = (x: number): Scalar => ({ size: 2, put: (view, at) => view.setInt16(at, x, true) })
export const int32 = (x: number): Scalar => ({ size: 4, put: (view, at) => view.setInt32(at, x, true) })
export const int64 = (x: number): Scalar => ({ size: 8, put: (view, at) => view.setBigInt64(at, BigInt(x), true) })
export const string = (text: string): Value => ({ string: text })
/** A table; an undefined field is left out and reads as its default. */
export const table = (...fields: ReadonlyArray<Scalar | Value | undefined>): Value => ({ fields })
export const vector = (items: ReadonlyArray<Value>): Value => ({ items })
/** A vector of structs of 64-bit alignment, each `size` bytes. */
export const structs = (size: number, writers: ReadonlyArray<(view: DataView, at: number) => void>): Value => ({ structs: writers, size })

class Growing {
  bytes = new Uint8Array(1024)
  view = new DataView(this.bytes.buffer)
  length = 0
  /** Reserves `count` zeroed bytes and gives their start; what lies `ahead` bytes after it is on a multiple of `align`. */
  reserve(count: number, align: number, ahead = 0): number {
    const start = Math.ceil((this.length + ahead) / align) * align - ahead
    this.length = start + count
    if (this.length > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(2 * this.bytes.length, this.length))
      bytes.set(this.bytes)
      this.bytes = bytes
      this.view = new DataView(bytes.buffer)
    }
    return start
  }
}

const isScalar = (field: Scalar | Value): field is Scalar => "put" in field

/** Reserves a string or a vector: its length as u32, then `bytes` for its contents. */
const putCounted = (out: Growing, count: number, bytes: number, align: number): number => {
  const at = out.reserve(4 + bytes, align, align > 4 ? 4 : 0)
  out.view.setUint32(at, count, true)
  return at
}

const pointTo = (out: Growing, from: number, value: Value): void => {
  const target = put(out, value)
  out.view.setUint32(from, target - from, true)
}

const putTable = (out: Growing, fields: ReadonlyArray<Scalar | Value | undefined>): number => {
  const slots = fields.flatMap((field, slot) => (field === undefined ? [] : [{ field, slot, size: isScalar(field) ? field.size : 4 }]))
  // Largest first keeps every field aligned; the table's own first four bytes point to its vtable.
  slots.sort((a, b) => b.size - a.size || a.slot - b.slot)
  const vtable = out.reserve(4 + 2 * fields.length, 2)
  let size = slots[0]?.size === 8 ? 8 : 4
  const offsets = slots.map((slot) => {
    const at = size
    size += slot.size
    return at
  })
  const start = out.reserve(Math.ceil(size / 4) * 4, 8)
  out.view.setUint16(vtable, 4 + 2 * fields.length, true)
  out.view.setUint16(vtable + 2, size, true)
  out.view.setInt32(start, start - vtable, true)
  slots.forEach(({ slot }, i) => {
    out.view.setUint16(vtable + 4 + 2 * slot, offsets[i]!, true)
  })
  slots.forEach(({ field }, i) => {
    if (isScalar(field)) field.put(out.view, start + offsets[i]!)
    else pointTo(out, start + offsets[i]!, field)
  })
  return start
}

const put = (out: Growing, value: Value): number => {
  if ("string" in value) {
    const text = new TextEncoder().encode(value.string)
    const at = putCounted(out, text.length, text.length + 1, 4)
    out.bytes.set(text, at + 4)
    return at
  }
  if ("structs" in value) {
    const at = putCounted(out, value.structs.length, value.structs.length * value.size, 8)
    value.structs.forEach((write, i) => {
      write(out.view, at + 4 + i * value.size)
    })
    return at
  }
  if ("items" in value) {
    const at = putCounted(out, value.items.length, 4 * value.items.length, 4)
    value.items.forEach((item, i) => {
      pointTo(out, at + 4 + 4 * i, item)
    })
    return at
  }
  return putTable(out, value.fields)
}

/** A whole buffer with `root` as its root table, padded to 8 bytes. */
export const encode = (root: Value): Uint8Array => {
  const out = new Growing()
  pointTo(out, out.reserve(8, 8), root)
  out.reserve(0, 8)
  return out.bytes.slice(0, out.length)
}

/** A table in a buffer. Slots count as in the schema file, a union taking two. */
export class TableReader {
  readonly #bytes: Buffer
  readonly #at: number
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }
  static root(bytes: Buffer): TableReader {
    return new TableReader(bytes, bytes.readUInt32LE(0))
  }
  #field(slot: number): number | undefined {
    const vtable = this.#at - this.#bytes.readInt32LE(this.#at)
    const within = 4 + 2 * slot
    const offset = within < this.#bytes.readUInt16LE(vtable) ? this.#bytes.readUInt16LE(vtable + within) : 0
    return offset === 0 ? undefined : this.#at + offset
  }
  #target(slot: number): number | undefined {
    const at = this.#field(slot)
    return at === undefined ? undefined : at + this.#bytes.readUInt32LE(at)
  }
  byte(slot: number): number {
    const at = this.#field(slot)
    return at === undefined ? 0 : this.#bytes.readInt8(at)
  }
  int64(slot: number): number {
    const at = this.#field(slot)
    return at === undefined ? 0 : Number(this.#bytes.readBigInt64LE(at))
  }
  string(slot: number): string {
    const at = this.#target(slot)
    return at === undefined ? "" : this.#bytes.toString("utf8", at + 4, at + 4 + this.#bytes.readUInt32LE(at))
  }
  table(slot: number): TableReader | undefined {
    const at = this.#target(slot)
    return at === undefined ? undefined : new TableReader(this.#bytes, at)
  }
  tables(slot: number): ReadonlyArray<TableReader> {
    const at = this.#target(slot)
    if (at === undefined) return []
    return Array.from({ length: this.#bytes.readUInt32LE(at) }, (_, i) => {
      const item = at + 4 + 4 * i
      return new TableReader(this.#bytes, item + this.#bytes.readUInt32LE(item))
    })
  }
  /** The structs of a vector: each as its 64-bit words. */
  structs(slot: number, size: number): ReadonlyArray<ReadonlyArray<number>> {
    const at = this.#target(slot)
    if (at === undefined) return []
    return Array.from({ length: this.#bytes.readUInt32LE(at) }, (_, i) =>
      Array.from({ length: size / 8 }, (_, word) => Number(this.#bytes.readBigInt64LE(at + 4 + i * size + 8 * word)))
    )
  }
}
