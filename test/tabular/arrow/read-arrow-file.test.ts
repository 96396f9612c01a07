import { readdirSync, readFileSync } from "node:fs"
import * as arrow from "apache-arrow"
import { describe, expect, it } from "vitest"
import { readArrowFile } from "../../../src/tabular/arrow/read-arrow-file.ts"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"

const files = new URL("files/", import.meta.url)
const golden = new URL("../../artifact/golden/", import.meta.url)
const bytesOf = (url: URL): Uint8Array => Uint8Array.from(readFileSync(url))
const read = async (bytes: Uint8Array) => {
  const { sheets, warnings } = await readArrowFile({ path: "x.arrow", bytes })
  const [head, ...rows] = [...sheets[0].rows]
  return { sheet: sheets[0], warnings, names: head!.cells, rows: rows.map(({ cells }) => cells) }
}
const faultOf = async (bytes: Uint8Array) => {
  const failure: unknown = await read(bytes).catch((error) => error)
  expect(failure).toBeInstanceOf(UnreadableFile)
  return (failure as UnreadableFile).faults[0]!
}

const { vectorFromArray: vector } = arrow
const numbers = [1, null, -3]
/** A column of each type that apache-arrow writes, and its cells. */
const columns: Readonly<Record<string, readonly [arrow.Vector, ReadonlyArray<unknown>]>> = {
  int8: [vector(numbers, new arrow.Int8()), [1, null, -3]],
  uint16: [vector([1, null, 65_535], new arrow.Uint16()), [1, null, 65_535]],
  int32: [vector(numbers, new arrow.Int32()), [1, null, -3]],
  int64: [vector([1n, null, 9_007_199_254_740_993n], new arrow.Int64()), [1, null, "9007199254740993"]],
  uint64: [vector([1n, null, 2n ** 64n - 1n], new arrow.Uint64()), [1, null, "18446744073709551615"]],
  half: [vector([1.5, null, -2], new arrow.Float16()), [1.5, null, -2]],
  single: [vector([0.1, null, -3], new arrow.Float32()), [Math.fround(0.1), null, -3]],
  double: [vector([0.1, null, Number.NaN], new arrow.Float64()), [0.1, null, null]],
  flag: [vector([true, null, false], new arrow.Bool()), [true, null, false]],
  text: [vector(["河北", null, ""], new arrow.Utf8()), ["河北", null, ""]],
  largeText: [vector(["a", null, "b"], new arrow.LargeUtf8()), ["a", null, "b"]],
  level: [vector(["x", null, "x"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())), ["x", null, "x"]],
  bytes: [vector([Uint8Array.of(65), null, Uint8Array.of(0xff, 0)], new arrow.Binary()), ["A", null, "ff00"]],
  fixed: [vector([Uint8Array.of(1, 2), null, Uint8Array.of(0xab, 0xcd)], new arrow.FixedSizeBinary(2)), ["0102", null, "abcd"]],
  day: [vector([new Date("2021-12-31"), null, new Date("1899-01-01")], new arrow.DateDay()), ["2021-12-31", null, "1899-01-01"]],
  day64: [vector([new Date("2021-12-31"), null, new Date("1969-12-31")], new arrow.DateMillisecond()), ["2021-12-31", null, "1969-12-31"]],
  second: [vector([0, null, -1000], new arrow.TimestampSecond()), ["1970-01-01T00:00:00", null, "1969-12-31T23:59:59"]],
  millisecond: [vector([1500, null, -1], new arrow.TimestampMillisecond("Asia/Shanghai")), ["1970-01-01T00:00:01.5Z", null, "1969-12-31T23:59:59.999Z"]],
  time: [vector([45_296, null, 0], new arrow.TimeSecond()), ["12:34:56", null, "00:00:00"]],
  nothing: [vector([null, null, null], new arrow.Null()), [null, null, null]]
}
const everything = new arrow.Table(Object.fromEntries(Object.entries(columns).map(([name, [values]]) => [name, values])))

describe("readArrowFile", () => {
  it.each(["file", "stream"] as const)("reads every type from the %s format", async (format) => {
    const { names, rows, warnings } = await read(arrow.tableToIPC(everything, format))
    expect(names).toEqual(Object.keys(columns))
    for (const [c, [name, [, cells]]] of Object.entries(columns).entries()) expect([name, ...rows.map((row) => row[c])]).toEqual([name, ...cells])
    expect(warnings.map(({ where }) => where?.column)).toEqual(["int64", "uint64"])
  })

  it("reads decimals of all widths and scales", async () => {
    const bits = (value: bigint, words: number) => Uint32Array.from({ length: words }, (_, i) => Number(BigInt.asUintN(32, value >> BigInt(32 * i))))
    const decimals = (scale: number, width: 128 | 256, values: ReadonlyArray<bigint>) =>
      arrow.makeVector(
        arrow.makeData({
          type: new arrow.Decimal(scale, 38, width),
          length: values.length,
          data: Uint32Array.from(values.flatMap((value) => [...bits(value, width / 32)]))
        })
      )
    const table = new arrow.Table({ small: decimals(2, 128, [1234n, -5n]), large: decimals(30, 256, [10n ** 40n + 1n, -(10n ** 30n)]) })
    const { rows } = await read(arrow.tableToIPC(table, "file"))
    expect(rows).toEqual([
      [12.34, `${10n ** 10n}.${"1".padStart(30, "0")}`],
      [-0.05, -1]
    ])
  })

  it.each(["uncompressed", "lz4", "zstd"])("reads texts in views, dictionaries of them, and buffers as they are packed: %s", async (compression) => {
    const { names, rows, sheet } = await read(bytesOf(new URL(`polars-${compression}.arrow`, files)))
    expect(names).toEqual(["entity", "year", "value", "yes", "when", "level"])
    expect(sheet.columns.map(({ type }) => type)).toEqual(["Utf8View", "Uint64", "Float64", "Bool", "Timestamp(ms)", "Dictionary(Utf8View)"])
    const entities = ["河北", "内蒙古自治区", null, "", "a text of more than twelve bytes"]
    expect(rows).toEqual(
      Array.from({ length: 400 }, (_, i) => [
        entities[i % 5],
        2000 + (i % 20),
        i % 7 === 0 ? null : i / 8,
        i % 3 === 0 ? null : i % 2 === 0,
        new Date(i * 43_200_000).toISOString().slice(0, 19),
        entities[i % 5]
      ])
    )
  })

  it("reads streams of before Arrow 0.15, whose messages have no mark before their length", async () => {
    const stream = arrow.tableToIPC(new arrow.Table({ n: vector([1, 2, 3], new arrow.Int32()), level: columns["text"]![0] }), "stream")
    const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
    const old: Array<number> = []
    for (let at = 0; at < stream.length; at += 4) if (view.getUint32(at, true) !== 0xffffffff) old.push(...stream.subarray(at, at + 4))
    expect(old.length).toBeLessThan(stream.length)
    expect((await read(Uint8Array.from(old))).rows).toEqual([
      [1, "河北"],
      [2, null],
      [3, ""]
    ])
  })

  it("reads several batches, and a dictionary that grows between them", async () => {
    const level = (values: ReadonlyArray<string>) => vector(values, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 7))
    const parts = [
      ["a", "b"],
      ["c", "a"]
    ].map((values) => new arrow.Table({ level: level(values), n: vector(values.map((_, i) => i)) }))
    const { rows } = await read(arrow.tableToIPC(parts[0]!.concat(parts[1]!), "stream"))
    expect(rows).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 0],
      ["a", 1]
    ])
  })

  it("reads sediment's own artifacts, with units, descriptions and notes", async () => {
    for (const name of readdirSync(golden)) {
      if (!name.endsWith(".arrow") || name === "empty.arrow") continue
      const bytes = bytesOf(new URL(name, golden))
      const table = arrow.tableFromIPC(bytes)
      const { names, rows, sheet } = await read(bytes)
      expect(names).toEqual(table.schema.names)
      expect(sheet.columns.map(({ unit }) => unit)).toEqual(table.schema.fields.map(({ metadata }) => metadata.get("unit") ?? ""))
      expect(sheet.notes).toEqual(JSON.parse(table.schema.metadata.get("sediment.notes") ?? "[]"))
      expect(rows.length).toBe(table.numRows)
      for (const [r, row] of table.toArray().entries())
        expect(rows[r]).toEqual(table.schema.names.map((column) => (Number.isNaN(row[column]) ? null : (row[column] ?? null))))
    }
  })

  it.each([
    ["nested columns", () => bytesOf(new URL("polars-nested.arrow", files)), "nested-column", /: list \(a list\); save/],
    ["an empty file", () => new Uint8Array(0), "truncated-file", /empty file/],
    ["Feather version 1", () => new TextEncoder().encode("FEA1..."), "old-feather", /Feather version 1, expected version 2/],
    ["a text", () => new TextEncoder().encode("entity,year\nHebei,2003\n"), "damaged-file", /cannot be read as Arrow/],
    ["a file cut off", () => bytesOf(new URL("polars-zstd.arrow", files)).subarray(0, -1), "damaged-file", /cut off/],
    ["an artifact without columns", () => bytesOf(new URL("empty.arrow", golden)), "damaged-file", /no columns/]
  ])("%s is one fault", async (_, make, code, message) => {
    expect(await faultOf(make())).toMatchObject({ code, message: expect.stringMatching(message), where: { file: "x.arrow" } })
  })

  it("does not believe lengths that the file has no room for", async () => {
    const stream = arrow.tableToIPC(new arrow.Table({ n: vector([1, 2, 3], new arrow.Int32()) }), "stream")
    const huge = Uint8Array.from(stream)
    new DataView(huge.buffer).setUint32(4, 0x7fffffff, true)
    expect((await faultOf(huge)).message).toMatch(/a message of 2147483647 bytes, where \d+ are left/)
    const many = new arrow.Table({ nothing: vector([null], new arrow.Null()) })
    const empty = arrow.tableToIPC(many, "stream")
    // Lengths of the batch and of its only column, which has no bytes that could tell of a lie.
    const view = new DataView(empty.buffer, empty.byteOffset, empty.byteLength)
    for (let at = 0; at + 8 <= empty.length; at++) if (at > 200 && view.getBigInt64(at, true) === 1n) view.setBigInt64(at, 2n ** 40n, true)
    expect(await faultOf(empty)).toMatchObject({ code: expect.stringMatching(/too-large|damaged-file/) })
  })

  it("does not unpack a buffer to more than can be of use", async () => {
    const bytes = bytesOf(new URL("polars-zstd.arrow", files))
    const view = new DataView(bytes.buffer)
    // A buffer's length before Zstandard's magic number.
    let at = 0
    while (view.getUint32(at + 8, true) !== 0xfd2fb528) at++
    view.setBigInt64(at, 2n ** 39n, true)
    expect((await faultOf(bytes)).message).toMatch(/a buffer of \d+ bytes is said to unpack to 549755813888, more than can be of use/)
  })
})
