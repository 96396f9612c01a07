/**
 * Unpacks a block of LZ4 (github.com/lz4/lz4, doc/lz4_Block_format.md) into `output` from `start` on, where matches may reach back to what stands before it.
 * Gives where it ends; undefined where it is no such block, or does not fit.
 */
const unlz4Block = (input: Uint8Array, output: Uint8Array, start: number): number | undefined => {
  let at = 0
  let end = start
  const longer = (length: number): number => {
    if (length !== 15) return length
    let sum = length
    for (;;) {
      const byte = input[at++]
      if (byte === undefined) return Number.NaN
      sum += byte
      if (byte !== 255) return sum
    }
  }
  while (at < input.length) {
    const token = input[at++]!
    const literals = longer(token >> 4)
    if (!(at + literals <= input.length && end + literals <= output.length)) return undefined
    output.set(input.subarray(at, at + literals), end)
    at += literals
    end += literals
    // The last sequence has no match.
    if (at === input.length) return end
    const back = (input[at++] ?? Number.NaN) + (input[at++] ?? Number.NaN) * 256
    const size = longer(token & 15) + 4
    if (!(back >= 1 && back <= end && end + size <= output.length)) return undefined
    for (const stop = end + size; end < stop; end++) output[end] = output[end - back]!
  }
  return end === start && input.length > 0 ? undefined : end
}

/** Unpacks one block to so many bytes; undefined where it is none, or unpacks to another number of bytes. */
export const unlz4 = (input: Uint8Array, length: number): Uint8Array | undefined => {
  const output = new Uint8Array(length)
  return unlz4Block(input, output, 0) === length ? output : undefined
}

/** Blocks as Hadoop frames them: each with its unpacked and its packed size before it, the most significant byte first. */
export const unlz4Hadoop = (input: Uint8Array, length: number): Uint8Array | undefined => {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const output = new Uint8Array(length)
  let at = 0
  let end = 0
  while (at + 8 <= input.length) {
    const [unpacked, packed] = [view.getUint32(at), view.getUint32(at + 4)]
    if (at + 8 + packed > input.length || unlz4Block(input.subarray(at + 8, at + 8 + packed), output, end) !== end + unpacked) return undefined
    at += 8 + packed
    end += unpacked
  }
  return at === input.length && end === length ? output : undefined
}
const MAGIC = 0x184d2204

/** Unpacks a frame of LZ4 (doc/lz4_Frame_format.md) to so many bytes; checksums are not looked at. Undefined where it is none, or unpacks to another number of bytes. */
export const unlz4Frame = (input: Uint8Array, length: number): Uint8Array | undefined => {
  if (input.length < 11) return undefined
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const flags = input[4]!
  if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== 1) return undefined
  const blockChecksum = (flags & 0x10) !== 0 ? 4 : 0
  // Size of the content, dictionary, checksum of the header.
  let at = 6 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0) + 1
  const output = new Uint8Array(length)
  let end = 0
  while (at + 4 <= input.length) {
    const word = view.getUint32(at, true)
    at += 4
    if (word === 0) return end === length ? output : undefined
    const size = word & 0x7fffffff
    if (at + size > input.length) return undefined
    const block = input.subarray(at, at + size)
    if (word >= 0x80000000) {
      if (end + size > length) return undefined
      output.set(block, end)
      end += size
    } else {
      const next = unlz4Block(block, output, end)
      if (next === undefined) return undefined
      end = next
    }
    at += size + blockChecksum
  }
  return undefined
}
