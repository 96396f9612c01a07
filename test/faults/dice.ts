/** Random choices that a seed repeats (mulberry32). */
export class Dice {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  /** From 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let x = this.#state
    x = Math.imul(x ^ (x >>> 15), x | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
  /** An integer from 0, below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }
  chance(probability: number): boolean {
    return this.next() < probability
  }
  pick<A>(all: ReadonlyArray<A>): A {
    return all[this.below(all.length)]!
  }
  /** Some of these, in a random order. */
  some<A>(all: ReadonlyArray<A>, count: number): ReadonlyArray<A> {
    const left = [...all]
    const some: Array<A> = []
    while (left.length > 0 && some.length < count) some.push(...left.splice(this.below(left.length), 1))
    return some
  }
}

/** A seed for whoever gives none. */
export const anySeed = (): number => Math.floor(Math.random() * 2 ** 31)
