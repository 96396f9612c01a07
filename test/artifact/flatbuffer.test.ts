import { describe, expect, it } from "vitest"
import { encode, int8, int16, int32, int64, string, structs, TableReader, table, vector } from "../../src/artifact/flatbuffer.ts"

describe("encode", () => {
  it("what was written is read back: scalars, strings, tables, vectors, structs, and fields left out", () => {
    const struct = (a: number, b: number) => (view: DataView, at: number) => {
      view.setBigInt64(at, BigInt(a), true)
      view.setBigInt64(at + 8, BigInt(b), true)
    }
    const bytes = encode(
      table(
        int8(7),
        int64(2 ** 40),
        undefined,
        string("河北"),
        table(int16(1), string("")),
        vector([table(string("a")), table(string("b"))]),
        structs(16, [struct(1, 2), struct(3, 4)]),
        int32(9)
      )
    )
    const root = TableReader.root(Buffer.from(bytes))
    expect(root.byte(0)).toBe(7)
    expect(root.int64(1)).toBe(2 ** 40)
    expect([root.byte(2), root.int64(2), root.string(2), root.table(2), root.tables(2), root.structs(2, 16)]).toEqual([0, 0, "", undefined, [], []])
    expect(root.string(3)).toBe("河北")
    expect(root.table(4)?.string(1)).toBe("")
    expect(root.tables(5).map((item) => item.string(0))).toEqual(["a", "b"])
    expect(root.structs(6, 16)).toEqual([
      [1, 2],
      [3, 4]
    ])
    expect(root.byte(20)).toBe(0)
    expect(bytes.length % 8).toBe(0)
  })

  it("a buffer that outgrows its first kilobyte is whole", () => {
    const names = Array.from({ length: 500 }, (_, i) => `column ${i}`)
    const root = TableReader.root(Buffer.from(encode(table(vector(names.map((name) => table(string(name))))))))
    expect(root.tables(0).map((item) => item.string(0))).toEqual(names)
  })

  it("64-bit fields and structs lie on eight bytes", () => {
    const at: Array<number> = []
    const noting = { size: 8 as const, put: (_: DataView, position: number) => void at.push(position) }
    for (const text of ["", "a", "abcdefg"]) encode(table(int8(1), string(text), noting, structs(8, [(_, position) => void at.push(position)])))
    expect(at.map((position) => position % 8)).toEqual([0, 0, 0, 0, 0, 0])
  })
})
