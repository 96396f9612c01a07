import { BackwardBits, highestBit, refuse } from "./bits.ts"
import { readStateTable, State } from "./state-table.ts"

/** A Huffman code (RFC 8878, 4.2): by the next bits, as many as the longest word has, the symbol and how many bits its word has. */
export interface HuffmanTable {
  readonly longest: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
}

const LONGEST = 11

/** The weights of the symbols that are written down: packed by finite state entropy, two states in turn. */
const packedWeights = (bytes: Uint8Array): ReadonlyArray<number> => {
  const { length, table } = readStateTable(bytes, 6, 256)
  const bits = new BackwardBits(bytes.subarray(length))
  const states = [new State(table, bits), new State(table, bits)] as const
  const weights: Array<number> = []
  for (let turn = 0; ; turn = 1 - turn) {
    const state = states[turn as 0 | 1]
    weights.push(state.symbol)
    if (weights.length > 255) refuse()
    state.next(bits)
    if (bits.left < 0) {
      weights.push(states[(1 - turn) as 0 | 1].symbol)
      return weights
    }
  }
}

/** Reads the description of a code, and how many bytes it has. */
export const readHuffman = (bytes: Uint8Array): { readonly table: HuffmanTable; readonly length: number } => {
  const head = bytes[0] ?? refuse()
  const count = head - 127
  const length = 1 + (head < 128 ? head : Math.ceil(count / 2))
  if (length > bytes.length) refuse()
  const written =
    head < 128 ? packedWeights(bytes.subarray(1, length)) : Array.from({ length: count }, (_, i) => (bytes[1 + (i >> 1)]! >> (i % 2 === 0 ? 4 : 0)) & 15)
  // The last symbol's weight is what is left to a power of two.
  const sum = written.reduce((all, weight) => all + (weight === 0 ? 0 : weight > LONGEST ? refuse() : 1 << (weight - 1)), 0)
  const longest = highestBit(sum) + 1
  const rest = (1 << longest) - sum
  if (sum === 0 || longest > LONGEST || (rest & (rest - 1)) !== 0 || written.length > 255) refuse()
  const weights = [...written, highestBit(rest) + 1]
  const symbols = new Uint8Array(1 << longest)
  const bits = new Uint8Array(1 << longest)
  let place = 0
  for (let weight = 1; weight <= longest; weight++)
    for (const [symbol, its] of weights.entries()) {
      if (its !== weight) continue
      const end = place + (1 << (weight - 1))
      symbols.fill(symbol, place, end)
      bits.fill(longest + 1 - weight, place, end)
      place = end
    }
  return { table: { longest, symbols, bits }, length }
}

/** Fills `output` with the symbols of a stream, which it has exactly. */
const readStream = (bytes: Uint8Array, { bits, longest, symbols }: HuffmanTable, output: Uint8Array): void => {
  const input = new BackwardBits(bytes)
  for (let i = 0; i < output.length; i++) {
    const next = input.peek(longest)
    output[i] = symbols[next]!
    input.left -= bits[next]!
    if (input.left < 0) refuse()
  }
  if (input.left !== 0) refuse()
}

/** Texts of so many bytes in one stream or in four, each of a quarter of them. */
export const readHuffmanStreams = (bytes: Uint8Array, table: HuffmanTable, length: number, four: boolean): Uint8Array => {
  const output = new Uint8Array(length)
  if (!four) {
    readStream(bytes, table, output)
    return output
  }
  if (bytes.length < 10 || length < 6) refuse()
  const quarter = Math.ceil(length / 4)
  let at = 6
  for (let i = 0; i < 4; i++) {
    const size = i < 3 ? bytes[2 * i]! + bytes[2 * i + 1]! * 256 : bytes.length - at
    if (at + size > bytes.length) refuse()
    readStream(bytes.subarray(at, at + size), table, output.subarray(i * quarter, i < 3 ? (i + 1) * quarter : length))
    at += size
  }
  return output
}
