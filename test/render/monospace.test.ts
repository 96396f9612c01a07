import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cut, intoBlocks, pad, plain, width, wrap } from "../../src/render/monospace.ts"

const text = fc.string({ unit: fc.constantFrom("a", " ", "内", "é", "-", "1", "👩‍🔬"), maxLength: 30 })

describe("text in a terminal", () => {
  it.each([
    ["Anhui", 8, "left", "Anhui   "],
    ["1.5", 5, "right", "  1.5"],
    ["ab", 5, "centre", " ab  "],
    ["内蒙古自治区", 7, "left", "内蒙古…"],
    ["内蒙古自治区", 6, "left", "内蒙… "],
    ["long", 1, "left", "…"]
  ] as const)("%j in %i cells, %s, is %j", (given, columns, align, expected) => expect(pad(given, columns, align)).toBe(expected))

  it("padded is exactly as wide as asked, cut is at most as wide", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 20 }), (given, columns) => {
        expect(width(pad(given, columns))).toBe(columns)
        expect(width(cut(given, columns))).toBeLessThanOrEqual(columns)
      })
    )
  })

  it("wrapped lines fit and lose no character but spaces", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 20 }), (given, columns) => {
        const lines = wrap(given, columns)
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns)
        expect(lines.join("").replaceAll(" ", "")).toBe(given.replaceAll(" ", ""))
      })
    )
  })

  it("keeps control characters from the terminal", () => expect(plain("a\u001b[31mb\nc")).toBe("a [31mb c"))

  it("blocks hold every column once, in order, and fit unless a column alone does not", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 })), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 80 }), (widths, stub, total) => {
        const blocks = intoBlocks(widths, stub, 2, total)
        expect(blocks.flat()).toEqual(widths.map((_, i) => i))
        for (const block of blocks) if (block.length > 1) expect(block.reduce((sum, i) => sum + 2 + widths[i]!, stub)).toBeLessThanOrEqual(total)
      })
    )
  })
})
