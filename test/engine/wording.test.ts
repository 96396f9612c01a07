import { describe, expect, it } from "vitest"
import { count, duration, size } from "../../src/engine/wording.ts"

describe("wording", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [12_000_000, "12.0 MB"],
    [2_500_000_000, "2.5 GB"]
  ])("%d bytes are %s", (bytes, told) => expect(size(bytes)).toBe(told))

  it.each([
    [999.4, "999 ms"],
    [1000, "1.0 s"],
    [65_000, "1 min 05 s"]
  ])("%d ms are %s", (ms, told) => expect(duration(ms)).toBe(told))

  it("one is not told in the plural", () => {
    expect([count(0, "node"), count(1, "node"), count(2, "node"), count(2, "has one", "have one")]).toEqual(["0 nodes", "1 node", "2 nodes", "2 have one"])
  })
})
