import { describe, expect, it } from "vitest"
import { starCount } from "../../src/artifact/significance.ts"

describe("starCount", () => {
  it.each([
    [0.2, 0],
    [0.1, 0],
    [0.0999, 1],
    [0.05, 1],
    [0.0499, 2],
    [0.01, 2],
    [0.0099, 3],
    [0, 3],
    [Number.NaN, 0]
  ])("of p = %d is %d: a level itself is not below it", (p, count) => expect(starCount(p)).toBe(count))
})
