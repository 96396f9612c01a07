import type { StoredColumn } from "./column.ts"

/** A column as Arrow lays it out: what a file holds and what a column's hash is taken of. */
export interface EncodedColumn {
  readonly nulls: number
  /** Validity bits (empty when nothing is missing), then the values: numbers, codes or bits; for text, offsets and UTF-8. */
  readonly buffers: ReadonlyArray<Uint8Array>
  /** A category's levels, sorted by UTF-8 bytes: offsets and UTF-8. */
  readonly dictionary: { readonly length: number; readonly buffers: ReadonlyArray<Uint8Array> } | undefined
}

const bytesOf = (array: Float64Array | Int32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

const bits = (length: number, isSet: (i: number) => boolean): Uint8Array => {
  const out = new Uint8Array(Math.ceil(length / 8))
  for (let i = 0; i < length; i++) if (isSet(i)) out[i >> 3]! |= 1 << (i & 7)
  return out
}

/** Offsets and UTF-8 of texts. Arrow's offsets are 32 bits, so one column holds at most 2 GiB of text. */
const textBuffers = (column: string, texts: ReadonlyArray<string>): ReadonlyArray<Uint8Array> => {
  const offsets = new Int32Array(texts.length + 1)
  let end = 0
  texts.forEach((text, i) => {
    end += Buffer.byteLength(text)
    if (end > 0x7fffffff) throw new RangeError(`the text of column "${column}" is longer than 2 GiB, the most that an Arrow text column holds`)
    offsets[i + 1] = end
  })
  const utf8 = Buffer.alloc(end)
  texts.forEach((text, i) => {
    utf8.write(text, offsets[i]!)
  })
  return [bytesOf(offsets), utf8]
}

/** -0 becomes 0 and every NaN the one NaN: values that R, Stata and JavaScript print alike are alike. */
const canonicalNumber = (x: number): number => (x === 0 ? 0 : Number.isNaN(x) ? Number.NaN : x)

const levelsOf = (values: ReadonlyArray<string>, present: (i: number) => boolean): ReadonlyArray<string> => {
  const levels = [...new Set(values.filter((_, i) => present(i)))]
  return levels
    .map((level) => ({ level, utf8: Buffer.from(level) }))
    .sort((a, b) => Buffer.compare(a.utf8, b.utf8))
    .map(({ level }) => level)
}

/** The one layout of a column's content: slots under missing values are zero, a dictionary holds only the levels that occur. */
export const encodeColumn = (column: StoredColumn, rows: number): EncodedColumn => {
  const { name, kind, values, valid } = column
  if (values.length !== rows) throw new RangeError(`column "${name}" has ${values.length} values in a table of ${rows} rows`)
  let nulls = 0
  if (valid !== undefined) for (let i = 0; i < rows; i++) if (valid[i] !== 1) nulls++
  const present = nulls === 0 ? () => true : (i: number) => valid![i] === 1
  const validity = nulls === 0 ? new Uint8Array(0) : bits(rows, present)
  const plain = (...buffers: ReadonlyArray<Uint8Array>): EncodedColumn => ({ nulls, buffers: [validity, ...buffers], dictionary: undefined })
  switch (kind) {
    case "number":
      return plain(bytesOf(Float64Array.from(values as Float64Array, (x, i) => (present(i) ? canonicalNumber(x) : 0))))
    case "integer":
      return plain(bytesOf(Int32Array.from(values as Int32Array, (x, i) => (present(i) ? x : 0))))
    case "flag":
      return plain(bits(rows, (i) => present(i) && values[i] === 1))
    case "text":
      return plain(
        ...textBuffers(
          name,
          (values as ReadonlyArray<string>).map((x, i) => (present(i) ? x : ""))
        )
      )
    case "category": {
      const texts = values as ReadonlyArray<string>
      const levels = levelsOf(texts, present)
      const codes = new Map(levels.map((level, code) => [level, code]))
      const indices = Int32Array.from(texts, (x, i) => (present(i) ? codes.get(x)! : 0))
      return { nulls, buffers: [validity, bytesOf(indices)], dictionary: { length: levels.length, buffers: textBuffers(name, levels) } }
    }
  }
}
