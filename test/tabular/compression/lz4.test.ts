import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { unlz4, unlz4Frame, unlz4Hadoop } from "../../../src/tabular/compression/lz4.ts"

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))
/** "abcabcabcabcdefgh!": three letters, a match of nine that reaches back three, six letters. */
const block = Uint8Array.from([0x35, ...ascii("abc"), 3, 0, 0x60, ...ascii("defgh!")])
const text = "abcabcabcabcdefgh!"
const asText = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

describe("LZ4", () => {
  it("unpacks a block whose match overlaps itself", () => {
    expect(asText(unlz4(block, text.length))).toBe(text)
    expect(unlz4(block, text.length + 1)).toBeUndefined()
    expect(unlz4(block, text.length - 1)).toBeUndefined()
  })
  it("unpacks long runs, whose lengths go on", () => {
    // 300 letters (15 + 255 + 30), and a match of 4 + 15 + 255 + 1 = 275.
    const run = Uint8Array.from([0xff, 255, 30, ...Array.from({ length: 300 }, () => 97), 1, 0, 255, 1, 0x10, 98])
    expect(asText(unlz4(run, 576))).toBe(`${"a".repeat(575)}b`)
  })
  it("unpacks a frame of packed and plain blocks, and Hadoop's", () => {
    const header = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]
    const size = (n: number) => [n & 255, n >> 8, 0, 0]
    const frame = Uint8Array.from([...header, ...size(block.length), ...block, 3, 0, 0, 0x80, ...ascii("xyz"), 0, 0, 0, 0])
    expect(asText(unlz4Frame(frame, text.length + 3))).toBe(`${text}xyz`)
    expect(unlz4Frame(frame.subarray(0, -5), text.length + 3)).toBeUndefined()
    const hadoop = Uint8Array.from([0, 0, 0, text.length, 0, 0, 0, block.length, ...block])
    expect(asText(unlz4Hadoop(hadoop, text.length))).toBe(text)
    expect(unlz4Hadoop(hadoop.subarray(0, -1), text.length)).toBeUndefined()
  })
  it("gives nothing of noise, or as many bytes as are asked for", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(200), (bytes, length) => {
        for (const unpack of [unlz4, unlz4Frame, unlz4Hadoop]) expect(unpack(bytes, length)?.length ?? length).toBe(length)
      }),
      { numRuns: 2000 }
    )
  })
})
