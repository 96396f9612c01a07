/** Why an Arrow file cannot be read. */
export class DamagedArrow extends Error {}
export const damaged = (message: string): never => {
  throw new DamagedArrow(message)
}

/** A table of a FlatBuffer (flatbuffers.dev, internals) at a place of its bytes. Whatever it says to be outside of them is a DamagedArrow. */
export class FlatTable {
  readonly #view: DataView
  readonly #at: number
  readonly #fields: number
  readonly #size: number
  private constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = FlatTable.#within(view, at, 4)
    this.#fields = FlatTable.#within(view, at - view.getInt32(at, true), 4)
    this.#size = view.getUint16(this.#fields, true)
    FlatTable.#within(view, this.#fields, this.#size)
  }

  static #within(view: DataView, at: number, length: number): number {
    return at >= 0 && at + length <= view.byteLength ? at : damaged("its metadata lead out of their bytes")
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new FlatTable(view, view.getUint32(FlatTable.#within(view, 0, 4), true))
  }

  /** Where the field of a slot stands, with so many bytes; undefined where it is left out. */
  #field(slot: number, length: number): number | undefined {
    if (4 + 2 * slot + 2 > this.#size) return undefined
    const offset = this.#view.getUint16(this.#fields + 4 + 2 * slot, true)
    return offset === 0 ? undefined : FlatTable.#within(this.#view, this.#at + offset, length)
  }
  /** What the field of a slot points to. */
  #target(slot: number): number | undefined {
    const at = this.#field(slot, 4)
    return at === undefined ? undefined : at + this.#view.getUint32(at, true)
  }

  byte(slot: number, otherwise = 0): number {
    const at = this.#field(slot, 1)
    return at === undefined ? otherwise : this.#view.getUint8(at)
  }
  int16(slot: number, otherwise = 0): number {
    const at = this.#field(slot, 2)
    return at === undefined ? otherwise : this.#view.getInt16(at, true)
  }
  int32(slot: number, otherwise = 0): number {
    const at = this.#field(slot, 4)
    return at === undefined ? otherwise : this.#view.getInt32(at, true)
  }
  /** A length or a place: whole, not negative. */
  size(slot: number): number {
    const at = this.#field(slot, 8)
    return at === undefined ? 0 : sizeAt(this.#view, at)
  }
  table(slot: number): FlatTable | undefined {
    const at = this.#target(slot)
    return at === undefined ? undefined : new FlatTable(this.#view, at)
  }
  text(slot: number): string {
    const at = this.#target(slot)
    if (at === undefined) return ""
    const length = this.#view.getUint32(FlatTable.#within(this.#view, at, 4), true)
    const start = FlatTable.#within(this.#view, at + 4, length)
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length))
  }
  /** Entries of so many bytes each: where they begin. */
  #vector(slot: number, width: number): ReadonlyArray<number> {
    const at = this.#target(slot)
    if (at === undefined) return []
    const length = this.#view.getUint32(FlatTable.#within(this.#view, at, 4), true)
    const start = FlatTable.#within(this.#view, at + 4, length * width)
    return Array.from({ length }, (_, i) => start + i * width)
  }
  tables(slot: number): ReadonlyArray<FlatTable> {
    return this.#vector(slot, 4).map((at) => new FlatTable(this.#view, at + this.#view.getUint32(at, true)))
  }
  /** Structures of so many bytes each, all of whose members are lengths or places of eight bytes; where `short` says so, the second is one of four. */
  structs(slot: number, width: number, short = false): ReadonlyArray<ReadonlyArray<number>> {
    return this.#vector(slot, width).map((at) =>
      Array.from({ length: width / 8 }, (_, i) => (short && i === 1 ? this.#view.getInt32(at + 8, true) : sizeAt(this.#view, at + 8 * i)))
    )
  }
}

const sizeAt = (view: DataView, at: number): number => {
  const value = view.getBigInt64(at, true)
  return value >= 0n && value <= 9_007_199_254_740_991n ? Number(value) : damaged(`it says a length of ${value}`)
}
