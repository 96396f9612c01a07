import { type BackwardBits, ForwardBits, highestBit, refuse } from "./bits.ts"

/** A table of finite state entropy (RFC 8878, 4.1): of each state its symbol, and how the next one is found: so many bits more than a base. */
export interface StateTable {
  readonly accuracy: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
  readonly bases: Uint16Array
}

/** The table of some probabilities, in parts of 2^accuracy; -1 stands for less than one part. */
export const stateTable = (probabilities: ReadonlyArray<number>, accuracy: number): StateTable => {
  const size = 1 << accuracy
  const symbols = new Uint8Array(size)
  const bits = new Uint8Array(size)
  const bases = new Uint16Array(size)
  const next = probabilities.map((probability) => (probability === -1 ? 1 : probability))
  let high = size - 1
  for (const [symbol, probability] of probabilities.entries()) if (probability === -1) symbols[high--] = symbol
  const step = (size >> 1) + (size >> 3) + 3
  let place = 0
  for (const [symbol, probability] of probabilities.entries())
    for (let i = 0; i < probability; i++) {
      symbols[place] = symbol
      do place = (place + step) & (size - 1)
      while (place > high)
    }
  if (place !== 0) refuse()
  for (let state = 0; state < size; state++) {
    const reach = next[symbols[state]!]!++
    bits[state] = accuracy - highestBit(reach)
    bases[state] = (reach << bits[state]!) - size
  }
  return { accuracy, symbols, bits, bases }
}

/** One symbol, always, which costs no bits. */
export const constantTable = (symbol: number): StateTable => ({ accuracy: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), bases: Uint16Array.of(0) })

/** Reads the description of a table (4.1.1) and how many bytes it has. */
export const readStateTable = (bytes: Uint8Array, mostAccuracy: number, mostSymbols: number): { readonly table: StateTable; readonly length: number } => {
  const input = new ForwardBits(bytes)
  const accuracy = input.peek(4) + 5
  input.skip(4)
  if (accuracy > mostAccuracy) refuse()
  const probabilities: Array<number> = []
  for (let left = 1 << accuracy; left > 0; ) {
    const width = highestBit(left + 1) + 1
    const half = (1 << (width - 1)) - 1
    // Small numbers have a bit less.
    const threshold = (1 << width) - 1 - (left + 1)
    let value = input.peek(width)
    if ((value & half) < threshold) {
      value &= half
      input.skip(width - 1)
    } else {
      if (value > half) value -= threshold
      input.skip(width)
    }
    const probability = value - 1
    probabilities.push(probability)
    left -= Math.abs(probability)
    if (probability === 0)
      for (let repeat = 3; repeat === 3; ) {
        repeat = input.peek(2)
        input.skip(2)
        for (let i = 0; i < repeat; i++) probabilities.push(0)
        if (probabilities.length > mostSymbols) refuse()
      }
    if (left < 0 || probabilities.length > mostSymbols) refuse()
  }
  return { table: stateTable(probabilities, accuracy), length: input.bytesRead }
}

/** A state that goes through a table. */
export class State {
  readonly #table: StateTable
  #state: number
  constructor(table: StateTable, bits: BackwardBits) {
    this.#table = table
    this.#state = bits.read(table.accuracy)
  }
  get symbol(): number {
    return this.#table.symbols[this.#state]!
  }
  next(bits: BackwardBits): void {
    this.#state = this.#table.bases[this.#state]! + bits.read(this.#table.bits[this.#state]!)
  }
}
