import { NoZstandard, refuse } from "./bits.ts"
import { type HuffmanTable, readHuffman, readHuffmanStreams } from "./huffman.ts"
import { readSequences, type SequenceTables } from "./sequences.ts"

const MAGIC = 0xfd2fb528
/** Frames that are passed over have this, and any last four bits. */
const SKIPPED = 0x184d2a50
/** The most bytes that come of a block. */
const BLOCK = 131_072

/** What one block of a frame leaves to the next. */
interface Frame {
  /** Where the frame begins in the output: matches reach back no further. */
  readonly start: number
  huffman: HuffmanTable | undefined
  tables: SequenceTables | undefined
  /** The last three offsets. */
  readonly recent: [number, number, number]
}

const little = (bytes: Uint8Array, at: number, width: number): number => {
  let value = 0
  for (let i = 0; i < width; i++) value += (bytes[at + i] ?? refuse()) * 256 ** i
  return value
}

/** The texts of a block (RFC 8878, 3.1.1.3.1), and how many bytes they took. */
const readLiterals = (block: Uint8Array, frame: Frame): { readonly literals: Uint8Array; readonly length: number } => {
  const head = block[0] ?? refuse()
  const [kind, format] = [head & 3, (head >> 2) & 3]
  if (kind < 2) {
    const bytes = format === 1 ? 2 : format === 3 ? 3 : 1
    const size = Math.floor(little(block, 0, bytes) / (bytes === 1 ? 8 : 16))
    const length = bytes + (kind === 0 ? size : 1)
    if (size > BLOCK || length > block.length) refuse()
    return { literals: kind === 0 ? block.subarray(bytes, length) : new Uint8Array(size).fill(block[bytes]!), length }
  }
  const [bytes, width] = format < 2 ? [3, 10] : format === 2 ? [4, 14] : [5, 18]
  const sizes = Math.floor(little(block, 0, bytes) / 16)
  const [size, packed] = [sizes % 2 ** width, Math.floor(sizes / 2 ** width)]
  const length = bytes + packed
  if (size > BLOCK || length > block.length) refuse()
  let streams = block.subarray(bytes, length)
  if (kind === 2) {
    const read = readHuffman(streams)
    frame.huffman = read.table
    streams = streams.subarray(read.length)
  }
  return { literals: readHuffmanStreams(streams, frame.huffman ?? refuse(), size, format !== 0), length }
}

/** Which offset a sequence means (3.1.1.5): up to 3, one of the last ones. */
const offsetOf = (offset: number, literals: number, { recent }: Frame): number => {
  if (offset > 3) {
    recent.unshift(offset - 3)
    recent.length = 3
    return recent[0]
  }
  const which = literals === 0 ? offset : offset - 1
  if (which === 0) return recent[0]
  const found = which === 3 ? recent[0] - 1 : recent[which]!
  if (which === 1) recent[1] = recent[0]
  else [recent[2], recent[1]] = [recent[1], recent[0]]
  recent[0] = found
  return found
}

/** Unpacks a block to where `end` is, and gives where its bytes end. */
const unpackBlock = (block: Uint8Array, frame: Frame, output: Uint8Array, start: number): number => {
  let end = start
  const { length, literals } = readLiterals(block, frame)
  let taken = 0
  const most = Math.min(output.length, start + BLOCK)
  const append = (count: number): void => {
    if (taken + count > literals.length || end + count > most) refuse()
    output.set(literals.subarray(taken, taken + count), end)
    taken += count
    end += count
  }
  frame.tables = readSequences(block.subarray(length), frame.tables, ({ literals: count, match, offset }) => {
    append(count)
    const back = offsetOf(offset, count, frame)
    if (back < 1 || end - back < frame.start || end + match > most) refuse()
    for (const stop = end + match; end < stop; end++) output[end] = output[end - back]!
  })
  append(literals.length - taken)
  return end
}

/** Unpacks the blocks of a frame that begins at a byte. Gives where frame and output end. */
const unpackFrame = (input: Uint8Array, begin: number, output: Uint8Array, start: number): readonly [at: number, end: number] => {
  const descriptor = input[begin + 4] ?? refuse()
  const single = (descriptor >> 5) & 1
  const dictionary = [0, 1, 2, 4][descriptor & 3]!
  if ((descriptor & 8) !== 0 || (dictionary > 0 && little(input, begin + 6 - single, dictionary) !== 0)) refuse()
  const contentSize = descriptor >> 6 === 0 ? single : 2 ** (descriptor >> 6)
  let at = begin + 6 - single + dictionary + contentSize
  let end = start
  const frame: Frame = { start, huffman: undefined, tables: undefined, recent: [1, 4, 8] }
  for (let last = false; !last; ) {
    const head = little(input, at, 3)
    at += 3
    last = (head & 1) === 1
    const [kind, size] = [(head >> 1) & 3, head >> 3]
    const packed = kind === 1 ? 1 : size
    if (kind === 3 || at + packed > input.length || (kind !== 2 && end + size > output.length)) refuse()
    const block = input.subarray(at, at + packed)
    at += packed
    if (kind === 2) end = unpackBlock(block, frame, output, end)
    else {
      if (kind === 0) output.set(block, end)
      else output.fill(block[0]!, end, end + size)
      end += size
    }
  }
  return [at + ((descriptor >> 2) & 1) * 4, end]
}

/**
 * Unpacks Zstandard (RFC 8878) to so many bytes, in time and memory of the order of these and of the input: whatever is in it. Checksums are not looked at.
 * Undefined where it is none, needs a dictionary, or unpacks to another number of bytes.
 */
export const unzstd = (input: Uint8Array, length: number): Uint8Array | undefined => {
  const output = new Uint8Array(length)
  let at = 0
  let end = 0
  try {
    while (at < input.length) {
      const magic = little(input, at, 4)
      if (magic === MAGIC) [at, end] = unpackFrame(input, at, output, end)
      else if (magic - (magic % 16) === SKIPPED) at += 8 + little(input, at + 4, 4)
      else return undefined
    }
  } catch (error) {
    if (error instanceof NoZstandard) return undefined
    throw error
  }
  return end === length ? output : undefined
}
