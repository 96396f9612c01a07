import { describe, expect, it } from "vitest"
import { philox4x32, stream } from "../../src/stats/random.ts"

const hex = (counter: ReadonlyArray<number>, key: readonly [number, number]): ReadonlyArray<string> => {
  const out = new Uint32Array(4)
  philox4x32(Uint32Array.from(counter), key[0], key[1], out)
  return Array.from(out, (word) => word.toString(16).padStart(8, "0"))
}

describe("Philox4x32-10", () => {
  it("gives the known answers published with Random123 (tests/kat_vectors)", () => {
    expect(hex([0, 0, 0, 0], [0, 0])).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"])
    const ones = 0xffffffff
    expect(hex([ones, ones, ones, ones], [ones, ones])).toEqual(["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"])
    expect(hex([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual(["d16cfe09", "94fdcceb", "5001e420", "24126ea1"])
  })
})

describe("stream", () => {
  it("depends on (seed, i) alone: streams are the same whoever draws them, and differ from one another", () => {
    const draws = (seed: number, i: number) => {
      const s = stream(seed, i)
      return Array.from({ length: 10 }, () => s.word())
    }
    expect(draws(7, 3)).toEqual(draws(7, 3))
    expect(new Set([draws(7, 3), draws(7, 4), draws(8, 3), draws(7, 2 ** 32 + 3)].map(String)).size).toBe(4)
  })
  it("uniforms have mean 1/2, variance 1/12 and never touch 0 or 1; normals have mean 0, variance 1 and kurtosis 3", () => {
    const s = stream(1, 0)
    const n = 200_000
    const u = Float64Array.from({ length: n }, () => s.uniform())
    const z = Float64Array.from({ length: n }, () => s.normal())
    const mean = (x: Float64Array, f: (v: number) => number) => x.reduce((sum, v) => sum + f(v), 0) / n
    expect(Math.min(...u.subarray(0, 50_000))).toBeGreaterThan(0)
    expect(Math.abs(mean(u, (v) => v) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(mean(u, (v) => (v - 0.5) ** 2) - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n))
    expect(Math.abs(mean(z, (v) => v))).toBeLessThan(4 / Math.sqrt(n))
    expect(Math.abs(mean(z, (v) => v * v) - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(mean(z, (v) => v ** 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
  })
  it("integers are uniform on 0..n-1 (chi-squared of 31 cells below its 99.99% point)", () => {
    const s = stream(5, 9)
    const counts = new Float64Array(31)
    for (let i = 0; i < 31_000; i++) counts[s.integer(31)]!++
    expect(counts.reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0)).toBeLessThan(69)
  })
})
