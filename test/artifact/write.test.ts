import { tableFromIPC } from "apache-arrow"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { StoredColumn, StoredTable } from "../../src/artifact/column.ts"
import { readArrow } from "../../src/artifact/read.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { anyTable, columnOf, decoded, tableOf } from "./tables.ts"

/** The same content laid down otherwise: garbage under missing values, -0, other NaNs, levels met in another order, other buffers. */
const disguised = (table: StoredTable): StoredTable => ({
  ...table,
  columns: table.columns.map((column): StoredColumn => {
    const { kind, values, valid } = column
    const present = (i: number) => valid === undefined || valid[i] === 1
    const allPresent = valid ?? new Uint8Array(table.rows).fill(1)
    if (kind === "number")
      return { ...column, valid: allPresent, values: Float64Array.from(values as Float64Array, (x, i) => (!present(i) ? 42 : x === 0 ? -0 : x)) }
    if (kind === "integer") return { ...column, valid: allPresent, values: Int32Array.from(values as Int32Array, (x, i) => (present(i) ? x : 7)) }
    if (kind === "flag") return { ...column, valid: allPresent, values: Uint8Array.from(values as Uint8Array, (x, i) => (present(i) ? x : 1)) }
    return { ...column, valid: allPresent, values: (values as ReadonlyArray<string>).map((x, i) => (present(i) ? x : "not there")) }
  })
})

describe("writeArrow", () => {
  it("same content, same bytes", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        expect(writeArrow(disguised(table))).toEqual(writeArrow(table))
      })
    )
  })

  it("other content, other bytes", () => {
    fc.assert(
      fc.property(anyTable, anyTable, (a, b) => {
        fc.pre(JSON.stringify(decoded(a)) !== JSON.stringify(decoded(b)))
        expect(Buffer.compare(writeArrow(a), writeArrow(b))).not.toBe(0)
      })
    )
  })

  it("every NaN is written as the one NaN", () => {
    const payload = new Float64Array(new BigUint64Array([0xfff8dead0000beefn]).buffer)
    expect(writeArrow(tableOf([columnOf("x", "number", payload)]))).toEqual(writeArrow(tableOf([columnOf("x", "number", Float64Array.of(Number.NaN))])))
  })

  it("every buffer and message begins on 64 bytes", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const file = writeArrow(table)
        const batch = tableFromIPC(file).batches[0]
        for (const { data } of batch?.schema.fields.map((_, i) => ({ data: batch.getChildAt(i)!.data[0]! })) ?? [])
          for (const buffer of [data.values, data.valueOffsets, data.nullBitmap])
            if (buffer !== undefined && buffer.length > 0 && buffer.buffer === file.buffer) expect(buffer.byteOffset % 64).toBe(0)
      })
    )
  })

  it("apache-arrow reads the same values, missing values, units, descriptions and notes", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const arrow = tableFromIPC(writeArrow(table))
        expect(arrow.numCols).toBe(table.columns.length)
        if (table.columns.length > 0) expect(arrow.numRows).toBe(table.rows)
        expect(arrow.schema.metadata.get("sediment.notes")).toEqual(table.notes.length === 0 ? undefined : JSON.stringify(table.notes))
        table.columns.forEach((column, at) => {
          const field = arrow.schema.fields[at]!
          expect([field.name, field.metadata.get("unit") ?? "", field.metadata.get("description") ?? ""]).toEqual([
            column.name,
            column.unit,
            column.description
          ])
          const cell = (i: number) => (column.valid?.[i] === 0 ? null : column.kind === "flag" ? column.values[i] === 1 : column.values[i])
          const vector = arrow.getChildAt(at)!
          expect(Array.from({ length: table.rows }, (_, i) => vector.get(i))).toEqual(Array.from({ length: table.rows }, (_, i) => cell(i)))
        })
      })
    )
  })

  it("apache-arrow sees the Arrow types that the kinds stand for, all nullable", () => {
    const table = tableOf([
      columnOf("n", "number", Float64Array.of(1)),
      columnOf("i", "integer", Int32Array.of(1)),
      columnOf("t", "text", ["a"]),
      columnOf("c", "category", ["a"]),
      columnOf("f", "flag", Uint8Array.of(1))
    ])
    const { fields } = tableFromIPC(writeArrow(table)).schema
    expect(fields.map((field) => `${field.name}: ${field.type}`)).toEqual(["n: Float64", "i: Int32", "t: Utf8", "c: Dictionary<Int32, Utf8>", "f: Bool"])
    expect(fields.every((field) => field.nullable)).toBe(true)
  })

  it("a category's levels are sorted by UTF-8 bytes, not by UTF-16 units", () => {
    const dictionary = tableFromIPC(writeArrow(tableOf([columnOf("c", "category", ["😀", "\uffee", "b"])]))).getChildAt(0)!.data[0]!.dictionary!
    expect([...dictionary]).toEqual(["b", "\uffee", "😀"])
  })

  it("a column of another length than the table's is refused by name", () => {
    expect(() => writeArrow({ rows: 2, columns: [columnOf("x", "number", Float64Array.of(1))], notes: [] })).toThrow(/column "x" has 1 values/)
  })

  it("a table without rows or without columns round-trips", () => {
    for (const table of [tableOf([]), { ...tableOf([]), rows: 3 }, tableOf([columnOf("x", "category", []), columnOf("y", "text", [])])])
      expect(decoded(readArrow(writeArrow(table)))).toEqual(table)
  })
})
