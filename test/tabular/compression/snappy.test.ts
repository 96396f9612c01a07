import fc from "fast-check"
import { snappyCompress } from "hyparquet-writer/src/snappy.js"
import { describe, expect, it } from "vitest"
import { unsnappy } from "../../../src/tabular/compression/snappy.ts"

describe("Snappy", () => {
  it("unpacks literals, and copies that reach back by one, two and four bytes", () => {
    const ab = [97, 98]
    // Length 10: a literal of two; a copy of four from two back (one byte of offset), of three (two bytes), of one (four bytes).
    const block = Uint8Array.from([10, 4, ...ab, 1, 2, 10, 2, 0, 3, 1, 0, 0, 0])
    expect(new TextDecoder().decode(unsnappy(block, 10))).toBe("ababababaa")
    expect(unsnappy(block, 11)).toBeUndefined()
    // A literal of 2^32 - 5 bytes, and a copy from before the beginning.
    expect(unsnappy(Uint8Array.from([10, 0xfc, 0xfa, 0xff, 0xff, 0xff, 1]), 10)).toBeUndefined()
    expect(unsnappy(Uint8Array.from([10, 4, ...ab, 1, 3]), 10)).toBeUndefined()
  })
  it("unpacks what another packs, and nothing of noise", () => {
    const word = fc.constantFrom("province", "county", "河北", "2003", ",", "\n")
    fc.assert(
      fc.property(fc.array(word, { maxLength: 400 }), fc.uint8Array({ maxLength: 60 }), (words, noise) => {
        const input = new TextEncoder().encode(words.join(""))
        expect(unsnappy(snappyCompress(input), input.length)).toEqual(input)
        expect(unsnappy(noise, 50)?.length ?? 50).toBe(50)
      })
    )
  })
})
