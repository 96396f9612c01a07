import { normalQuantile } from "./normal.ts"

// Philox4x32-10: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC11, table 2.
const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
const WEYL_0 = 0x9e3779b9
const WEYL_1 = 0xbb67ae85
const ROUNDS = 10

/** The upper 32 bits of the 64-bit product of two 32-bit integers, by halves of 16 bits (Knuth's algorithm M): no intermediate leaves 32 bits, so all is integer arithmetic. */
const multiplyHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const upper = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0
  const lower = (Math.imul(aLow, bHigh) + (upper & 0xffff)) | 0
  return (Math.imul(aHigh, bHigh) + (upper >>> 16) + (lower >>> 16)) | 0
}

/** The Philox4x32-10 bijection: four 32-bit words for a counter of four words and a key of two, written to `out`. */
export const philox4x32 = (counter: Uint32Array, key0: number, key1: number, out: Uint32Array): void => {
  let c0 = counter[0]! | 0
  let c1 = counter[1]! | 0
  let c2 = counter[2]! | 0
  let c3 = counter[3]! | 0
  let k0 = key0 | 0
  let k1 = key1 | 0
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(MULTIPLIER_0, c0)
    const high0 = multiplyHigh(MULTIPLIER_0, c0)
    const low1 = Math.imul(MULTIPLIER_1, c2)
    const high1 = multiplyHigh(MULTIPLIER_1, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + WEYL_0) | 0
    k1 = (k1 + WEYL_1) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** A sequence of independent random numbers. */
export interface Stream {
  /** 32 random bits, as an unsigned integer. */
  word(): number
  /** Uniform on the open interval (0, 1): 52 random bits at the middles of their cells, so that neither 0 nor 1 comes up. */
  uniform(): number
  /** Standard normal, by the inverse distribution function of one uniform. */
  normal(): number
  /** Uniform on 0, 1, …, n - 1 for 1 <= n <= 2^32; unbiased (words above the last whole multiple of n are refused). */
  integer(n: number): number
}

/** The streams of a seed, one at a time: `start` begins the i-th. Who draws from many short streams makes one of these and no garbage. */
export interface Streams extends Stream {
  start(i: number): void
}

/**
 * The streams of a seed, at the beginning of stream 0. The key is the seed and the counter holds i, so streams of different (seed, i) never overlap, any
 * stream can be made without making those before it, and results do not depend on who draws which.
 */
export const streams = (seed: number): Streams => {
  const counter = new Uint32Array(4)
  const block = new Uint32Array(4)
  const key0 = seed >>> 0
  const key1 = Math.floor(seed / 2 ** 32) >>> 0
  let used = 4
  const word = (): number => {
    if (used === 4) {
      philox4x32(counter, key0, key1, block)
      counter[0] = counter[0]! + 1
      if (counter[0] === 0) counter[1] = counter[1]! + 1
      used = 0
    }
    return block[used++]!
  }
  const uniform = (): number => ((word() >>> 6) * 2 ** 26 + (word() >>> 6) + 0.5) / 2 ** 52
  return {
    start: (i) => {
      counter[0] = 0
      counter[1] = 0
      counter[2] = i >>> 0
      counter[3] = Math.floor(i / 2 ** 32) >>> 0
      used = 4
    },
    word,
    uniform,
    normal: () => normalQuantile(uniform()),
    integer: (n) => {
      // A division is faster than % where a word does not fit 31 bits, and exact: a quotient of integers this small does not round up to a whole number.
      const limit = Math.floor(2 ** 32 / n) * n
      let w = word()
      while (w >= limit) w = word()
      return w - Math.floor(w / n) * n
    }
  }
}

/** The i-th stream of a seed. */
export const stream = (seed: number, i: number): Stream => {
  const all = streams(seed)
  all.start(i)
  return all
}
