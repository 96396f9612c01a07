import { describe, expect, it } from "vitest"
import { encode, MARKS, withMark } from "./encode.ts"
import { faults, read } from "./read.ts"

const table = "地区,年份,人口（万人）\n北京,2003,1456\n内蒙古,2003,2386\n𠮷林,2003,2704\n"
const rows = [
  [1, "地区", "年份", "人口（万人）"],
  [2, "北京", "2003", "1456"],
  [3, "内蒙古", "2003", "2386"],
  [4, "𠮷林", "2003", "2704"]
]

describe("the encoding of a text", () => {
  it.each(Object.keys(MARKS))("%s is told, with a byte order mark and without one", async (encoding) => {
    for (const bytes of [encode(table, encoding), withMark(table, encoding)]) {
      expect(await read(bytes)).toEqual({ understood: { encoding, delimiter: "," }, rows })
      expect(await read(bytes, { encoding })).toEqual({ understood: { encoding, delimiter: "," }, rows })
    }
  })

  it.each([
    ["windows-1252", "Région;Année\nQuébec;2003\nÎle-de-France;2004\n"],
    ["windows-1252", "Estado;Ano\nSão Paulo;2003\nMaranhão;2004\nAções;2005\n"],
    ["windows-1251", "Регион;Год\nМосква;2003\nТверь;2004\n"],
    ["windows-1251", "СССР;Год\nМосква;2003\n"],
    ["big5", "地區,年份,人口\n臺北市,2003,12\n新竹縣,2004,13\n"],
    ["shift_jis", "地域,年,人口\n東京都,2003,12\n大阪府,2004,13\n"],
    ["euc-jp", "地域,年\nとうきょう,2003\n大阪府,2004\n"],
    ["euc-kr", "지역,년도,인구\n서울,2003,12\n부산,2004,13\n대구,2003,1\n"],
    ["iso-8859-7", "Περιφέρεια;Έτος\nΑττική;2003\nΚρήτη;2004\n"]
  ])("%s is not guessed: the fault shows how a place reads, and a name reads it", async (encoding, text) => {
    const [fault] = await faults(encode(text, encoding))
    expect(fault).toMatchObject({ code: "unknown-encoding", where: { file: "x.csv", row: expect.any(Number), parameter: "encoding" } })
    expect(fault!.message).toMatch(
      /^x\.csv: line \d, byte \d+: found 0x[0-9A-F]{2}, and the file's encoding cannot be told; tried UTF-8, .* and GB 18030.*; say encoding/
    )
    if (encoding !== "iso-8859-7") expect(text.split(/[,;\n]/)).toContain(fault!.message.match(new RegExp(`${encoding} "(.*?)"`))?.[1])
    const found = await read(encode(text, encoding), { encoding })
    expect(found.understood["encoding"]).toBe(encoding)
    expect(found.rows.map(([, ...cells]) => cells.join(text.includes(";") ? ";" : ",")).join("\n")).toBe(text.trim())
  })

  it("the whole file is looked at before it is called UTF-8", async () => {
    const long = `region,value\n${"a,1\n".repeat(600_000)}`
    expect((await read(encode(`${long}北京市,2\n`, "gb18030"))).rows.at(-1)).toEqual([600_002, "北京市", "2"])
    const [fault] = await faults(Uint8Array.from([...encode(long, "utf-8"), 0xe9, 0x2c, 0x32]))
    expect(fault!.message).toContain("line 600002, byte 1: found 0xE9")
  })

  it("a pair that is cut by the end of a piece is one", async () => {
    for (const encoding of ["utf-8", "utf-16le", "utf-16be", "gb18030"])
      for (const shift of [0, 1, 2, 3]) {
        const pad = "x".repeat((1 << 20) - 8 + shift)
        const { rows: found } = await read(encode(`${pad},𠮷林中国人口\n`, encoding), encoding === "gb18030" ? { encoding } : {})
        expect(found).toEqual([[1, pad, "𠮷林中国人口"]])
      }
  })

  it("GB 18030 is held to its byte ranges, where it is told and not named", async () => {
    const gb = encode(table, "gb18030")
    for (const wrong of [[0x80], [0xff], [0xb1, 0x7f], [0xb1, 0x20], [0x84, 0x31, 0xa5, 0x30], [0xe3, 0x32, 0x9a, 0x36], [0x81, 0x30, 0x81, 0x2c], [0xb1]]) {
      const [fault] = await faults(Uint8Array.from([...gb, ...encode("a,", "utf-8"), ...wrong]))
      expect(fault).toMatchObject({ code: "unknown-encoding" })
      expect(fault!.message).toMatch(/GB 18030 \(line 5, byte 3 is 0x/)
    }
    expect((await read(Uint8Array.from([...gb, 0x61, 0x2c, 0x80]), { encoding: "gbk" })).rows.at(-1)).toEqual([5, "a", "€"])
  })

  it("what a named encoding does not have is told with its place", async () => {
    const cases: ReadonlyArray<readonly [string, ReadonlyArray<number>, string]> = [
      ["utf-8", [0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0xe9, 0x2c], "line 2, byte 3: found 0xE9, which is not utf-8"],
      ["gbk", [0x61, 0x2c, 0x62, 0x0d, 0x0a, 0x31, 0x2c, 0xff], "line 2, byte 3: found 0xFF, which is not gb18030"],
      ["utf-16le", [0x61, 0, 0x2c, 0, 0x00, 0xd8, 0x61, 0], "line 1, byte "]
    ]
    for (const [encoding, bytes, message] of cases) {
      const [fault] = await faults(Uint8Array.from(bytes), { encoding })
      expect(fault).toMatchObject({ code: "wrong-encoding", where: { parameter: "encoding" } })
      expect(fault!.message).toContain(message)
    }
  })

  it("a file whose parts are in two encodings is told to be so", async () => {
    // Pairs of characters of three bytes are three pairs of GB 18030: of other texts in UTF-8 it has not all bytes.
    const [utf8, gb] = [encode("地区,年份\n北京,2003\n天津,2003\n", "utf-8"), encode(table, "gb18030")]
    const many = (bytes: Uint8Array, times: number) => Array.from({ length: times }, () => [...bytes]).flat()
    for (const [bytes, row] of [
      [[...utf8, ...many(gb, 50)], 4],
      [[...many(gb, 50), ...utf8], 1]
    ] as const)
      expect(await faults(Uint8Array.from(bytes))).toMatchObject([{ code: "two-encodings", where: { row } }])
    expect((await read(Uint8Array.from(many(gb, 50)))).understood["encoding"]).toBe("gb18030")
  })

  it("a file that ends within a character is cut off", async () => {
    const [fault] = await faults(encode("地区,值\n北京,1\n内", "utf-8").subarray(0, -1))
    expect(fault).toMatchObject({ code: "cut-off", where: { row: 3 }, message: expect.stringContaining("the file ends within a character of utf-8") })
    for (const encoding of ["utf-8", "gb18030"])
      expect(await faults(encode("a,b\n1,北", encoding).subarray(0, -1), { encoding })).toMatchObject([
        { code: "cut-off", where: { row: 2 }, message: expect.stringContaining(`the file ends within a character of ${encoding}`) }
      ])
    for (const encoding of ["utf-16le", "utf-16be"])
      expect(await faults(encode(table, encoding).subarray(0, -1))).toMatchObject([{ code: "cut-off", where: { row: 4 } }])
  })

  it("one byte that is broken in a text in UTF-8 is told to be that", async () => {
    const bytes = encode(table, "utf-8")
    bytes[bytes.lastIndexOf(0x9e) + 1] = 0xff // the end of 林
    expect(await faults(bytes)).toMatchObject([
      { code: "broken-utf8", where: { row: 4, value: "0xE6" }, message: expect.stringContaining("the file is damaged there") }
    ])
  })

  it("a byte order mark and a name must agree", async () => {
    expect(await faults(withMark(table, "utf-16le"), { encoding: "gb18030" })).toMatchObject([
      { code: "wrong-encoding", message: 'x.csv: its byte order mark says utf-16le, and encoding says "gb18030"; leave encoding out' }
    ])
    expect((await read(withMark(table, "utf-16be"), { encoding: "UTF-16" })).rows).toEqual(rows)
    expect(await faults(table, { encoding: "klingon" })).toMatchObject([{ code: "no-such-encoding" }])
    expect(await faults(Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]))).toMatchObject([{ code: "wrong-encoding", where: { value: "utf-32le" } }])
  })

  it("zero bytes are told, and what has them and is no text by its name", async () => {
    expect(await faults("a,b\n1,\0\n")).toMatchObject([
      { code: "zero-byte", where: { row: 2 }, message: expect.stringContaining("line 2, byte 3: found a zero byte") }
    ])
    expect(await faults("a,b\n1,\0\n", { encoding: "utf-8" })).toMatchObject([{ code: "zero-byte", where: { row: 2 } }])
    expect(await faults(withMark("a,b\n\0,1\n", "utf-16be"))).toMatchObject([
      { code: "zero-byte", where: { row: 2 }, message: expect.stringContaining("found a zero character") }
    ])
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0x12, 0xff])
    expect(await faults(zip)).toMatchObject([{ code: "not-text", message: expect.stringContaining("a zip file, as workbooks (.xlsx) are") }])
    expect(await faults(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]))).toMatchObject([{ code: "not-text" }])
    expect(await faults(Uint8Array.from([0x1f, 0x8b, 8, 0xff, 0xfe]))).toMatchObject([{ code: "not-text", message: expect.stringContaining("gzip") }])
  })
})
