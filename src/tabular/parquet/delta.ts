/** Numbers in DELTA_BINARY_PACKED (apache/parquet-format, Encodings.md), modulo 2^64 or 2^32, and where they end; undefined where the bytes hold fewer than are wanted. */
export const deltaNumbers = (
  bytes: Uint8Array,
  start: number,
  count: number,
  bits: 32 | 64
): { readonly values: BigInt64Array; readonly end: number } | undefined => {
  let at = start
  let sound = true
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift <= 63n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    sound = false
    return 0n
  }
  const zigzag = (): bigint => {
    const value = varint()
    return (value >> 1n) ^ -(value & 1n)
  }
  const [block, miniblocks, stated] = [Number(varint()), Number(varint()), Number(varint())]
  const each = block / miniblocks
  if (!sound || block > 1 << 20 || !Number.isInteger(each) || each === 0 || each % 8 !== 0 || stated !== count) return undefined
  const values = new BigInt64Array(count)
  let value = BigInt.asIntN(bits, zigzag())
  if (count > 0) values[0] = value
  let done = 1
  while (sound && done < count) {
    const least = zigzag()
    const widths = bytes.subarray(at, (at += miniblocks))
    if (widths.length < miniblocks) return undefined
    for (const width of widths) {
      if (done >= count) break
      if (width > bits || at + (each * width) / 8 > bytes.length) return undefined
      let bit = at * 8
      for (let i = 0; i < each && done < count; i++) {
        let delta = 0n
        for (let have = 0; have < width; ) {
          const within = bit & 7
          const take = Math.min(8 - within, width - have)
          delta |= BigInt((bytes[bit >> 3]! >> within) & ((1 << take) - 1)) << BigInt(have)
          have += take
          bit += take
        }
        value = BigInt.asIntN(bits, value + least + delta)
        values[done++] = value
      }
      at += (each * width) / 8
    }
  }
  return sound ? { values, end: at } : undefined
}

/** Lengths and then the texts one after another (DELTA_LENGTH_BYTE_ARRAY), from a place of the bytes on. */
export const deltaLengthBytes = (bytes: Uint8Array, start: number, count: number): ReadonlyArray<Uint8Array> | undefined => {
  const lengths = deltaNumbers(bytes, start, count, 32)
  if (lengths === undefined) return undefined
  let at = lengths.end
  const values: Array<Uint8Array> = []
  for (const length of lengths.values) {
    const size = Number(length)
    if (size < 0 || at + size > bytes.length) return undefined
    values.push(bytes.subarray(at, (at += size)))
  }
  return values
}

/** How much of the text before is repeated, and what follows (DELTA_BYTE_ARRAY). At most `most` bytes come out of it. */
export const deltaBytes = (bytes: Uint8Array, count: number, most: number): ReadonlyArray<Uint8Array> | undefined => {
  const prefixes = deltaNumbers(bytes, 0, count, 32)
  const suffixes = prefixes && deltaLengthBytes(bytes, prefixes.end, count)
  if (prefixes === undefined || suffixes === undefined) return undefined
  const values: Array<Uint8Array> = []
  let before = new Uint8Array(0)
  let all = 0
  for (const [i, suffix] of suffixes.entries()) {
    const prefix = Number(prefixes.values[i]!)
    if (prefix < 0 || prefix > before.length || (all += prefix + suffix.length) > most) return undefined
    const value = new Uint8Array(prefix + suffix.length)
    value.set(before.subarray(0, prefix))
    value.set(suffix, prefix)
    values.push(value)
    before = value
  }
  return values
}
