import type { FileMetaData, SchemaElement } from "hyparquet"
import { faultOf } from "../fault-of.ts"
import { UnreadableFile } from "../sheet.ts"
import { endOfThrift } from "./check-thrift.ts"

/** The values of a column in a row group. */
export interface Chunk {
  readonly codec: string
  /** Bytes of the file that its pages are in. */
  readonly start: number
  readonly end: number
  readonly rows: number
  /** The least and the largest value, where the file says them. */
  readonly bounds: readonly [unknown, unknown]
}
export interface Footer {
  readonly columns: ReadonlyArray<SchemaElement>
  /** Row groups: a chunk a column. */
  readonly groups: ReadonlyArray<ReadonlyArray<Chunk>>
  readonly metadata: ReadonlyMap<string, string>
}

/** The most cells of a row group, which is unpacked as a whole, and of a file. */
const MOST_OF_GROUP = 2 ** 27
const MOST = 2 ** 31

const magic = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

/** Where the footer begins, which the last eight bytes tell. */
const footerStart = (path: string, bytes: Uint8Array): number => {
  const refuse = (code: string, message: string): never => {
    throw new UnreadableFile([faultOf(path, code, message)])
  }
  const [first, last] = [magic(bytes, 0), magic(bytes, bytes.length - 4)]
  if (bytes.length === 0) return refuse("truncated-file", "found an empty file, expected a Parquet file; get it again")
  if (last === "PARE" || first === "PARE") return refuse("encrypted-file", "the file is encrypted; save it without encryption")
  if (first !== "PAR1")
    return refuse("not-parquet", `found a file that begins with ${JSON.stringify(first)}, expected PAR1, as Parquet files begin; save it as Parquet`)
  if (bytes.length < 12 || last !== "PAR1") return refuse("truncated-file", "the file does not end as Parquet files do, with PAR1; it is cut off: get it again")
  const length = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8).getUint32(0, true)
  if (length > bytes.length - 12)
    return refuse(
      "damaged-file",
      `the file says that its footer has ${length} bytes, and has ${bytes.length} itself; it is damaged: get it again, or save it anew`
    )
  const start = bytes.length - 8 - length
  if (endOfThrift(bytes.subarray(start, bytes.length - 8), 0) === undefined)
    return refuse("damaged-file", "the footer cannot be read; the file is damaged: get it again, or save it anew")
  return start
}

/** Whether the members of an element that are taken for numbers and texts are such: in a damaged footer they may be of another kind. */
const isSound = ({ name, num_children, precision, scale, type_length }: SchemaElement): boolean =>
  typeof name === "string" && [num_children, precision, scale, type_length].every((one) => one === undefined || Number.isSafeInteger(one))

/** The top-level columns of a schema, which is a tree in one list; the names of those that have columns of their own. */
const topLevel = (
  schema: ReadonlyArray<SchemaElement>
): { readonly columns: ReadonlyArray<SchemaElement>; readonly nested: ReadonlyArray<string> } | undefined => {
  const columns: Array<SchemaElement> = []
  const nested: Array<string> = []
  let at = 1
  while (at < schema.length) {
    const element = schema[at++]!
    columns.push(element)
    if ((element.num_children ?? 0) > 0 || element.repetition_type === "REPEATED") nested.push(element.name)
    for (let inside = element.num_children ?? 0; inside > 0; inside--) {
      const child = schema[at++]
      if (child === undefined) return undefined
      inside += child.num_children ?? 0
    }
  }
  return schema[0] === undefined || columns.length !== (schema[0].num_children ?? 0) ? undefined : { columns, nested }
}

/** Reads the footer by hyparquet, once it is known to be sound, and checks what it says of places and sizes. */
export const readFooter = (path: string, bytes: Uint8Array, parse: (footer: Uint8Array) => FileMetaData): Footer => {
  const start = footerStart(path, bytes)
  const damaged = (message: string): never => {
    throw new UnreadableFile([faultOf(path, "damaged-file", `${message}; the file is damaged: get it again, or save it anew`)])
  }
  let found: FileMetaData
  try {
    found = parse(bytes.subarray(start))
  } catch {
    return damaged("the footer is not that of a Parquet file")
  }
  const top = found.schema.every(isSound) ? topLevel(found.schema) : undefined
  if (top === undefined || top.columns.length === 0) return damaged("its schema has no columns, or others than it says")
  const { columns, nested } = top
  if (nested.length > 0) {
    const message = `found ${nested.length === 1 ? "a nested column" : "nested columns"} (a list, a map or a structure): ${nested.join(", ")}, expected one value a cell; save the file with each as columns of their own, or without`
    throw new UnreadableFile([faultOf(path, "nested-column", message, { column: nested[0]! })])
  }
  const count = (value: bigint | number | undefined, what: string): number => {
    const number = Number(value)
    return Number.isSafeInteger(number) && number >= 0 ? number : damaged(`${what} is ${value}`)
  }
  let cells = 0
  const groups = found.row_groups.map(({ columns: chunks, num_rows }, g) => {
    const rows = count(num_rows, `the number of rows of row group ${g + 1}`)
    if (chunks.length !== columns.length) return damaged(`row group ${g + 1} has ${chunks.length} columns, the schema ${columns.length}`)
    cells += rows * columns.length
    if (rows * columns.length > MOST_OF_GROUP || cells > MOST) {
      const message = `found ${rows} rows of ${columns.length} columns in row group ${g + 1}, more than can be unpacked; save the file with smaller row groups, or only the rows and columns that are needed`
      throw new UnreadableFile([faultOf(path, "too-large", message)])
    }
    return chunks.map(({ file_path, meta_data }, c): Chunk => {
      const what = `column "${columns[c]!.name}" of row group ${g + 1}`
      if (meta_data === undefined) return damaged(`${what} is not described, or is encrypted`)
      if (file_path !== undefined && file_path !== "") return damaged(`${what} is in another file, ${file_path}`)
      const { codec, data_page_offset, dictionary_page_offset, num_values, statistics, total_compressed_size, type } = meta_data
      const first = count(data_page_offset, `the place of ${what}`)
      const dictionary = count(dictionary_page_offset ?? 0n, `the place of ${what}`)
      const from = dictionary > 0 && dictionary < first ? dictionary : first
      const end = from + count(total_compressed_size, `the size of ${what}`)
      if (from < 4 || end > start) return damaged(`${what} is said to be in bytes ${from} to ${end} of ${start}`)
      if (count(num_values, `the number of values of ${what}`) !== rows || type !== columns[c]!.type) return damaged(`${what} is not as the schema says`)
      return { codec, start: from, end, rows, bounds: [statistics?.min_value, statistics?.max_value] }
    })
  })
  return { columns, groups, metadata: new Map((found.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""])) }
}
