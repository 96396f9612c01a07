import { describe, expect, it } from "vitest"
import { laggedRows } from "../../../src/econometrics/sample/lag.ts"

describe("lagged rows", () => {
  it("are found by year within the entity, not by position", () => {
    expect([...laggedRows(["b", "a", "a", "b", "a"], [2004, 2005, 2003, 2003, 2002], 1)]).toEqual([3, -1, 4, -1, -1])
  })
  it("reach over as many years as asked", () => {
    expect([...laggedRows(["a", "a", "a"], [2003, 2004, 2005], 2)]).toEqual([-1, -1, 0])
  })
})
