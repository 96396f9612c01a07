/**
 * So many values of a width of up to 32 bits in Parquet's hybrid of runs and packed bits (apache/parquet-format, Encodings.md, RLE), from the start of the
 * bytes; undefined where they hold fewer.
 */
export const hybridValues = (bytes: Uint8Array, width: number, count: number): Uint32Array | undefined => {
  if (width > 32) return undefined
  const values = new Uint32Array(count)
  if (width === 0) return values
  let at = 0
  let done = 0
  while (done < count) {
    let head = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 28) return undefined
      head += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    const run = Math.floor(head / 2)
    if (head % 2 === 0) {
      let value = 0
      for (let i = 0; i < Math.ceil(width / 8); i++) value += (bytes[at++] ?? Number.NaN) * 256 ** i
      if (Number.isNaN(value)) return undefined
      const end = Math.min(count, done + run)
      values.fill(value, done, end)
      done = end
    } else {
      const end = Math.min(count, done + run * 8)
      if (at + Math.ceil(((end - done) * width) / 8) > bytes.length) return undefined
      unpack(bytes, at * 8, width, values.subarray(done, end))
      at += run * width
      done = end
    }
  }
  return values
}

/** Fills `values` with numbers of a width, the least significant bits first, from a bit of the bytes on. */
const unpack = (bytes: Uint8Array, from: number, width: number, values: Uint32Array): void => {
  let bit = from
  for (let i = 0; i < values.length; i++) {
    let value = 0
    for (let have = 0; have < width; ) {
      const within = bit & 7
      const take = Math.min(8 - within, width - have)
      value += ((bytes[bit >> 3]! >> within) & ((1 << take) - 1)) * 2 ** have
      have += take
      bit += take
    }
    values[i] = value
  }
}
