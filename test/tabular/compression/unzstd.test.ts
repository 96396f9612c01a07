import { constants, zstdCompressSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { unzstd } from "../../../src/tabular/compression/zstandard/unzstd.ts"

const packed = (bytes: Uint8Array, level: number, checksum = false) =>
  new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: checksum ? 1 : 0 } }))
const words = fc
  .array(fc.constantFrom("province", "county", "河北", "2003", ",", "\n", "0.1", "x"), { maxLength: 3000 })
  .map((all) => new TextEncoder().encode(all.join("")))
const bytes = fc.oneof(
  words,
  fc.uint8Array({ maxLength: 5000 }),
  fc.array(fc.nat(3), { maxLength: 5000 }).map((all) => Uint8Array.from(all))
)

describe("unzstd", () => {
  it("unpacks what zstd packs, at every level", () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: -5, max: 19 }), fc.boolean(), (input, level, checksum) => {
        expect(unzstd(packed(input, level, checksum), input.length)).toEqual(input)
      }),
      { numRuns: 300 }
    )
  })
  it("unpacks several blocks, that repeat each other over long distances, and several frames", () => {
    const long = Uint8Array.from({ length: 700_000 }, (_, i) => (((i % 250_000) * 2_654_435_761) >>> 13) & 127)
    for (const level of [1, 3, 12]) expect(Buffer.compare(unzstd(packed(long, level), long.length)!, long)).toBe(0)
    const frames = Buffer.concat([
      packed(long.subarray(0, 1000), 3),
      Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9),
      packed(long.subarray(1000, 3000), 1, true)
    ])
    expect(Buffer.compare(unzstd(Uint8Array.from(frames), 3000)!, long.subarray(0, 3000))).toBe(0)
  })
  it("gives nothing where another number of bytes is asked for, or the input is cut", () => {
    const input = new TextEncoder().encode("gross regional product, gross regional product")
    const file = packed(input, 3)
    for (const length of [0, input.length - 1, input.length + 1]) expect(unzstd(file, length)).toBeUndefined()
    for (let cut = 1; cut < file.length; cut++) expect(unzstd(file.subarray(0, cut), input.length)).toBeUndefined()
  })
  it("ends soon on damaged bytes, with as many as are asked for or none", () => {
    const input = new TextEncoder().encode(Array.from({ length: 3000 }, (_, i) => `${i % 97},${(i * i) % 1013}`).join("\n"))
    const files = [1, 3, 19].map((level) => packed(input, level))
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (file, places) => {
          const damaged = Uint8Array.from(file)
          for (const [at, byte] of places) damaged[Math.floor(at * file.length)] = byte
          expect(unzstd(damaged, input.length)?.length ?? input.length).toBe(input.length)
        }
      ),
      { numRuns: 500 }
    )
  })
})
