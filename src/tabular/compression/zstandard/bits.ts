/** Why bytes are no Zstandard. */
export class NoZstandard extends Error {}
export const refuse = (): never => {
  throw new NoZstandard()
}

/** The number of the highest bit that is set; -1 of 0. */
export const highestBit = (value: number): number => 31 - Math.clz32(value)

/** Up to 32 bits of some bytes from a bit on, the least significant first; beyond their ends are zeros. */
const bitsAt = (bytes: Uint8Array, from: number, count: number): number => {
  let value = 0
  for (let have = 0; have < count; ) {
    const bit = from + have
    const within = bit & 7
    const take = Math.min(8 - within, count - have)
    value += (((bytes[bit >> 3] ?? 0) >> within) & ((1 << take) - 1)) * 2 ** have
    have += take
  }
  return value
}

/** Bits that are read from the front: the descriptions of tables. */
export class ForwardBits {
  readonly #bytes: Uint8Array
  #at = 0
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }
  peek(count: number): number {
    return bitsAt(this.#bytes, this.#at, count)
  }
  skip(count: number): void {
    this.#at += count
    if (this.#at > this.#bytes.length * 8) refuse()
  }
  /** Bytes that were read, the last one in part maybe. */
  get bytesRead(): number {
    return Math.ceil(this.#at / 8)
  }
}

/** Bits that are read from the back, where a last bit that is set marks the end: texts and sequences. */
export class BackwardBits {
  readonly #bytes: Uint8Array
  /** Bits that are left; less than none where more were read than there are, as zeros. */
  left: number
  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0
    if (last === 0) refuse()
    this.#bytes = bytes
    this.left = bytes.length * 8 - 8 + highestBit(last)
  }
  read(count: number): number {
    const value = this.peek(count)
    this.left -= count
    return value
  }
  peek(count: number): number {
    const from = this.left - count
    if (from >= 0) return bitsAt(this.#bytes, from, count)
    // What lies before the first bit reads as zeros below it.
    return from <= -count ? 0 : bitsAt(this.#bytes, 0, count + from) * 2 ** -from
  }
}
