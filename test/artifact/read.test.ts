import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readArrow } from "../../src/artifact/read.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { anyTable, columnOf, decoded, tableOf } from "./tables.ts"

const shared = (bytes: Uint8Array, offset = 0): Uint8Array => {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length + offset), offset)
  copy.set(bytes)
  return copy
}

describe("readArrow", () => {
  it("what was written is read", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        expect(decoded(readArrow(writeArrow(table)))).toEqual(table)
      })
    )
  })

  it("bytes in a SharedArrayBuffer, aligned or not, read the same", () => {
    fc.assert(
      fc.property(anyTable, fc.nat(9), (table, offset) => {
        expect(decoded(readArrow(shared(writeArrow(table), offset)))).toEqual(table)
      })
    )
  })

  it("numbers without missing values are views of the bytes", () => {
    const bytes = shared(writeArrow(tableOf([columnOf("x", "number", Float64Array.of(1, 2))])))
    expect((readArrow(bytes).columns[0]!.values as Float64Array).buffer).toBe(bytes.buffer)
  })

  it("a column is decoded when it is asked for, and once", () => {
    const bytes = writeArrow(tableOf([columnOf("x", "text", ["before"])]))
    const column = readArrow(bytes).columns[0]!
    bytes.set(Buffer.from("behind"), Buffer.from(bytes).indexOf("before"))
    expect(column.values).toEqual(["behind"])
    expect(column.values).toBe(column.values)
  })

  it("what is not an artifact is refused", () => {
    expect(() => readArrow(new Uint8Array(0))).toThrow(/not an artifact/)
    expect(() => readArrow(Buffer.from("entity,year\nHebei,2003\n"))).toThrow(/not an artifact/)
  })
})
