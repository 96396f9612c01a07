import { BackwardBits, refuse } from "./bits.ts"
import { constantTable, readStateTable, State, type StateTable, stateTable } from "./state-table.ts"

/** So many bytes are taken from the texts of the block, and then so many copied from what stands before by an offset (as a number or a repeat, see `Copies`). */
export interface Sequence {
  readonly literals: number
  readonly offset: number
  readonly match: number
}
/** The tables by which sequences were read last. */
export interface SequenceTables {
  readonly literals: StateTable
  readonly offsets: StateTable
  readonly matches: StateTable
}

const repeated = (pairs: ReadonlyArray<readonly [value: number, times: number]>): ReadonlyArray<number> =>
  pairs.flatMap(([value, times]) => Array.from({ length: times }, () => value))

/** Probabilities that need no description (RFC 8878, 3.1.1.3.2.2). */
const LITERALS = stateTable(
  [
    4,
    3,
    ...repeated([
      [2, 11],
      [1, 3],
      [2, 9]
    ]),
    3,
    2,
    ...repeated([
      [1, 5],
      [-1, 4]
    ])
  ],
  6
)
const MATCHES = stateTable(
  [
    1,
    4,
    3,
    ...repeated([
      [2, 6],
      [1, 37],
      [-1, 7]
    ])
  ],
  6
)
const OFFSETS = stateTable(
  repeated([
    [1, 6],
    [2, 3],
    [1, 15],
    [-1, 5]
  ]),
  5
)

/** Lengths by their codes: a base, and bits that are added to it (3.1.1.3.2.1.1). */
const codes = (first: number, bits: ReadonlyArray<number>): ReadonlyArray<readonly [base: number, bits: number]> => {
  let base = first
  return bits.map((width) => {
    const code = [base, width] as const
    base += 2 ** width
    return code
  })
}
const LITERAL_CODES = codes(0, [
  ...repeated([
    [0, 16],
    [1, 4],
    [2, 2],
    [3, 2]
  ]),
  4,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16
])
const MATCH_CODES = codes(3, [
  ...repeated([
    [0, 32],
    [1, 4],
    [2, 2],
    [3, 2],
    [4, 2]
  ]),
  5,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16
])
/** Offsets of more bits lie beyond all that is unpacked here. */
const MOST_OFFSET_BITS = 31

/** Calls `take` with each sequence of a block's section of them; gives the tables for the next one. */
export const readSequences = (section: Uint8Array, before: SequenceTables | undefined, take: (sequence: Sequence) => void): SequenceTables | undefined => {
  let at = 0
  const byte = (): number => section[at++] ?? refuse()
  const head = byte()
  const count = head < 128 ? head : head < 255 ? (head - 128) * 256 + byte() : byte() + byte() * 256 + 0x7f00
  if (count === 0) return before
  const modes = byte()
  const table = (mode: number, standard: StateTable, last: StateTable | undefined, accuracy: number, symbols: number): StateTable => {
    if (mode === 0) return standard
    if (mode === 1) return constantTable(byte())
    if (mode === 3) return last ?? refuse()
    const read = readStateTable(section.subarray(at), accuracy, symbols)
    at += read.length
    return read.table
  }
  const literals = table(modes >> 6, LITERALS, before?.literals, 9, 36)
  const offsets = table((modes >> 4) & 3, OFFSETS, before?.offsets, 8, 32)
  const matches = table((modes >> 2) & 3, MATCHES, before?.matches, 9, 53)
  const bits = new BackwardBits(section.subarray(at))
  const [ofLiterals, ofOffsets, ofMatches] = [new State(literals, bits), new State(offsets, bits), new State(matches, bits)]
  for (let i = 1; i <= count; i++) {
    const [width, [match, matchBits], [literal, literalBits]] = [
      ofOffsets.symbol,
      MATCH_CODES[ofMatches.symbol] ?? refuse(),
      LITERAL_CODES[ofLiterals.symbol] ?? refuse()
    ]
    if (width > MOST_OFFSET_BITS) refuse()
    const offset = 2 ** width + bits.read(width)
    const matched = match + bits.read(matchBits)
    take({ offset, match: matched, literals: literal + bits.read(literalBits) })
    if (i < count) for (const state of [ofLiterals, ofMatches, ofOffsets]) state.next(bits)
    if (bits.left < 0) refuse()
  }
  if (bits.left !== 0) refuse()
  return { literals, offsets, matches }
}
