import type { SchemaElement } from "hyparquet"
import type { Fault } from "../../dag/stage.ts"
import { unlz4, unlz4Hadoop } from "../compression/lz4.ts"
import { unsnappy } from "../compression/snappy.ts"
import { unzstd } from "../compression/zstandard/unzstd.ts"
import { faultOf } from "../fault-of.ts"
import type { NamedColumn, NamedSheet, NamedSheetFile } from "../named-sheet.ts"
import { type CellValue, type SheetRow, UnreadableFile } from "../sheet.ts"
import { mayBeText } from "./cell-values.ts"
import { type Chunk, type Footer, readFooter } from "./footer.ts"
import { chunkCells, DamagedChunk, type Unpack } from "./pages.ts"

/** How many bytes may come out of a file's pages all together: a multiple of its own, and some. */
const UNPACKED_AT_LEAST = 2 ** 28
const UNPACKED_BY_BYTE = 1000
const BIGGEST_PAGE = 2 ** 30

type Gunzip = typeof import("fflate")["gunzipSync"]
const CODECS = ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4", "LZ4_RAW"]

/** Unpacks pages by their codec, until more has come out of a file than can be of use. */
const unpacker = (fileLength: number, gunzip: Gunzip | undefined): Unpack => {
  let left = UNPACKED_AT_LEAST + fileLength * UNPACKED_BY_BYTE
  const by = (codec: string, packed: Uint8Array, length: number): Uint8Array | undefined => {
    if (codec === "SNAPPY") return unsnappy(packed, length)
    if (codec === "LZ4_RAW") return unlz4(packed, length)
    if (codec === "LZ4") return unlz4Hadoop(packed, length) ?? unlz4(packed, length)
    if (codec === "ZSTD") return unzstd(packed, length)
    return gunzip?.(packed, { out: new Uint8Array(length) })
  }
  return (codec, packed, length) => {
    if (length > BIGGEST_PAGE || (left -= length) < 0)
      throw new DamagedChunk(`a page of ${packed.length} bytes is said to unpack to ${length}, more than can be of use`)
    if (length === 0) return new Uint8Array(0)
    try {
      const unpacked = by(codec, packed, length)
      return unpacked?.length === length ? unpacked : undefined
    } catch {
      return undefined
    }
  }
}

const typeOf = ({ converted_type, logical_type, type }: SchemaElement): string => logical_type?.type ?? converted_type ?? type ?? ""

/** What sediment, or another program that does likewise, writes of each column beside its name. */
const describedIn = (metadata: Footer["metadata"]): ReadonlyMap<string, { readonly unit?: unknown; readonly description?: unknown }> => {
  try {
    const described: unknown = JSON.parse(metadata.get("sediment.columns") ?? "[]")
    return new Map(Array.isArray(described) ? described.map((one) => [String(one?.name), one ?? {}]) : [])
  } catch {
    return new Map()
  }
}
const notesIn = (metadata: Footer["metadata"]): ReadonlyArray<string> => {
  try {
    const notes: unknown = JSON.parse(metadata.get("sediment.notes") ?? "[]")
    return Array.isArray(notes) ? notes.map(String) : []
  } catch {
    return []
  }
}

/** Whether the file says that all whole numbers of a chunk are such as a number holds. */
const smallBounds = ({ bounds }: Chunk): boolean => bounds.every((bound) => typeof bound === "bigint" && bound <= 2n ** 53n - 1n && bound >= -(2n ** 53n) + 1n)

/**
 * Reads a Parquet file of flat columns: the names in row 1, then the rows, a row group unpacked when its rows are asked for. All types but nested ones, all
 * encodings, and the codecs Snappy, Zstandard, GZIP and LZ4 (of Brotli no unpacker is known that ends on damaged bytes, but Node's own, which stages do not have). The footer and the headers of pages are decoded by hyparquet, once they are known to be
 * sound; the pages themselves here, since hyparquet believes the sizes that they say and makes decimals by multiplication. Rejects with UnreadableFile.
 */
export const readParquet = async ({ bytes, path }: { readonly path: string; readonly bytes: Uint8Array }): Promise<NamedSheetFile> => {
  const { parquetMetadata } = await import("hyparquet")
  const { parquetHeader } = await import("hyparquet/src/column.js")
  const { columns, groups, metadata } = readFooter(path, bytes, (footer) => parquetMetadata(footer, { geoparquet: false }))
  const codecs = new Set(groups.flatMap((chunks) => chunks.map(({ codec }) => codec)))
  const unknown = [...codecs].filter((codec) => !CODECS.includes(codec))
  if (unknown.length > 0) {
    const message = `its pages are packed by ${unknown.join(", ")}, expected Snappy, Zstandard, GZIP, LZ4 or none; save the file with one of these, Zstandard, say`
    throw new UnreadableFile([faultOf(path, "unknown-codec", message, { value: unknown[0]! })])
  }
  const gunzip = codecs.has("GZIP") ? (await import("fflate")).gunzipSync : undefined
  const cellsOf = (unpack: Unpack, group: number, column: number): ReadonlyArray<CellValue> => {
    try {
      return chunkCells(bytes, groups[group]![column]!, columns[column]!, parquetHeader, unpack)
    } catch (error) {
      if (!(error instanceof DamagedChunk)) throw error
      const { name } = columns[column]!
      const message = `column "${name}", row group ${group + 1} of ${groups.length}: ${error.message}; the file is damaged: get it again, or save it anew`
      throw new UnreadableFile([faultOf(path, "damaged-file", message, { column: name })])
    }
  }
  const warnings: Array<Fault> = []
  const scan = unpacker(bytes.length, gunzip)
  for (const [c, element] of columns.entries()) {
    if (!mayBeText(element)) continue
    let texts = 0
    for (const [g, chunks] of groups.entries()) if (!smallBounds(chunks[c]!)) for (const cell of cellsOf(scan, g, c)) if (typeof cell === "string") texts++
    if (texts > 0) {
      const message = `column "${element.name}": ${texts} ${texts === 1 ? "number has" : "numbers have"} more digits than a number holds exactly; they are read as text`
      warnings.push(faultOf(path, "long-number", message, { column: element.name }))
    }
  }
  const described = describedIn(metadata)
  const words = (value: unknown): string => (typeof value === "string" ? value : "")
  const sheet: NamedSheet = {
    name: "",
    merged: [],
    label: "",
    notes: notesIn(metadata),
    columns: columns.map((element): NamedColumn => {
      const { description, unit } = described.get(element.name) ?? {}
      return { name: element.name, type: typeOf(element), label: words(description), unit: words(unit), format: "", valueLabels: new Map() }
    }),
    rows: {
      *[Symbol.iterator](): Iterator<SheetRow> {
        yield { row: 1, cells: columns.map(({ name }) => name) }
        const unpack = unpacker(bytes.length, gunzip)
        let row = 2
        for (const [g, chunks] of groups.entries()) {
          const group = columns.map((_, c) => cellsOf(unpack, g, c))
          for (let i = 0; i < (chunks[0]?.rows ?? 0); i++) yield { row: row++, cells: group.map((cells) => cells[i]!) }
        }
      }
    }
  }
  return { sheets: [sheet], warnings }
}
