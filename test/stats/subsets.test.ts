import { describe, expect, it } from "vitest"
import { stream } from "../../src/stats/random.ts"
import { choose, drawSubset, subsets } from "../../src/stats/subsets.ts"

describe("subsets of a given size", () => {
  it("are counted", () => {
    expect([choose(5, 0), choose(5, 5), choose(7, 3), choose(31, 13), choose(52, 26)]).toEqual([1, 1, 35, 206253075, 495918532948104])
  })
  it("are listed, each once, in order", () => {
    expect(Array.from(subsets(4, 2), (s) => [...s].join(""))).toEqual(["01", "02", "03", "12", "13", "23"])
    for (const [n, k] of [
      [6, 1],
      [6, 5],
      [9, 4],
      [3, 3]
    ] as const)
      expect(new Set(Array.from(subsets(n, k), (s) => [...s].join(" "))).size).toBe(choose(n, k))
  })
  it("are drawn, each as often as any other", () => {
    const counts = new Map<string, number>()
    const draws = 10000
    for (let i = 0; i < draws; i++) {
      const key = drawSubset(stream(11, i), 5, 2).join(" ")
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(10)
    // Chi-squared with 9 degrees of freedom: 33.7 has p = 0.0001.
    const statistic = [...counts.values()].reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0)
    expect(statistic).toBeLessThan(33.7)
  })
})
