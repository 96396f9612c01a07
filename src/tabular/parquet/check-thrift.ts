/** Deeper than this, no structure of Parquet is nested. */
const DEEPEST = 32

/**
 * Goes over a structure in Thrift's compact protocol (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md) without making anything of it, and gives
 * where it ends; undefined where it is none: it reaches beyond the bytes, or lists more than these have room for. What it lets pass can be decoded in time and
 * memory of the order of its own length.
 */
export const endOfThrift = (bytes: Uint8Array, start: number): number | undefined => {
  let at = start
  let sound = true
  const fail = (): number => {
    sound = false
    return 0
  }
  const byte = (): number => bytes[at++] ?? fail()
  const varint = (): number => {
    let value = 0
    for (let i = 0; sound; i++) {
      const one = byte()
      value += (one & 0x7f) * 2 ** (7 * i)
      if (one < 0x80) return value
      if (i === 9) return fail()
    }
    return 0
  }
  const element = (type: number, depth: number): void => {
    if (type === 3) byte()
    else if (type >= 4 && type <= 6) varint()
    else if (type === 7) at += 8
    else if (type === 8) {
      const length = varint()
      at += length
    } else if (type === 9) list(depth)
    else if (type === 12) struct(depth)
    else fail()
    if (at > bytes.length) fail()
  }
  const list = (depth: number): void => {
    const head = byte()
    const count = head >> 4 === 15 ? varint() : head >> 4
    const type = head & 15
    // Every element has a byte at least.
    if (count > bytes.length - at || depth > DEEPEST) fail()
    for (let i = 0; sound && i < count; i++) element(type === 1 || type === 2 ? 3 : type, depth + 1)
  }
  const struct = (depth: number): void => {
    if (depth > DEEPEST) fail()
    while (sound) {
      const head = byte()
      const type = head & 15
      if (type === 0) return
      if (head >> 4 === 0) varint()
      if (type > 2) element(type, depth + 1)
    }
  }
  struct(0)
  return sound ? at : undefined
}
