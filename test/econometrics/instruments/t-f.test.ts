import { describe, expect, it } from "vitest"
import { ORDINARY, tfCritical } from "../../../src/econometrics/instruments/t-f.ts"
import { oracle } from "../produc.ts"

const computed = oracle("t-f")

describe("the tF critical values", () => {
  it("are those that make a true 5% test, as computed from their definition, rounded up to two decimals", () => {
    for (const [i, root] of (computed.sqrt_F as ReadonlyArray<number>).entries()) {
      const printed = tfCritical(root * root * (1 + 1e-14))!
      // The printed ones stop at 1.96, where the function goes below it.
      const exact = Math.max(computed.critical[i], 1.95996)
      expect(printed - exact, `F = ${root ** 2}`).toBeGreaterThan(-1e-3)
      expect(printed - exact, `F = ${root ** 2}`).toBeLessThan(0.0105)
    }
    expect(computed.ordinary_from_F).toBeCloseTo(104.67, 1)
  })
  it("are the ordinary one from there on, 3.43 at F = 10, and none below 4", () => {
    expect([tfCritical(106.1), tfCritical(1e6)]).toEqual([ORDINARY, ORDINARY])
    expect(Math.abs(tfCritical(10)! - 3.43)).toBeLessThan(0.01)
    expect([tfCritical(3.99), tfCritical(0), tfCritical(Number.NaN)]).toEqual([undefined, undefined, undefined])
  })
})
