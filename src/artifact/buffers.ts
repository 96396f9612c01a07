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

/** One bit for each byte that is 1, none under missing values. */
const bits = (flags: Uint8Array, valid?: Uint8Array): Uint8Array => {
  const out = new Uint8Array(Math.ceil(flags.length / 8))
  for (let i = 0; i < flags.length; i++) if (flags[i] === 1 && (valid === undefined || valid[i] === 1)) out[i >> 3]! |= 1 << (i & 7)
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

// Plain loops: `from` and `map` with a function cost twenty times as much, and these run over every value that a study makes.

/** -0 becomes 0 and every NaN the one NaN: values that R, Stata and JavaScript print alike are alike. */
const canonicalNumbers = (values: Float64Array, valid: Uint8Array | undefined): Float64Array => {
  const out = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (valid === undefined || valid[i] === 1) out[i] = x === 0 ? 0 : Number.isNaN(x) ? Number.NaN : x
  }
  return out
}

const zeroUnderMissing = (values: Int32Array, valid: Uint8Array | undefined): Int32Array => {
  const out = Int32Array.from(values)
  if (valid !== undefined) for (let i = 0; i < out.length; i++) if (valid[i] !== 1) out[i] = 0
  return out
}

const emptyUnderMissing = (values: ReadonlyArray<string>, valid: Uint8Array | undefined): ReadonlyArray<string> =>
  valid === undefined ? values : values.map((x, i) => (valid[i] === 1 ? x : ""))

/** The levels that occur, sorted by UTF-8 bytes, and each row's level by number. */
const factor = (values: ReadonlyArray<string>, valid: Uint8Array | undefined): { readonly levels: ReadonlyArray<string>; readonly codes: Int32Array } => {
  const met = new Map<string, number>()
  const codes = new Int32Array(values.length)
  for (let i = 0; i < codes.length; i++) {
    if (valid !== undefined && valid[i] !== 1) continue
    const level = values[i]!
    let code = met.get(level)
    if (code === undefined) met.set(level, (code = met.size))
    codes[i] = code
  }
  const sorted = [...met].map(([level, code]) => ({ level, code, utf8: Buffer.from(level) })).sort((a, b) => Buffer.compare(a.utf8, b.utf8))
  const rank = new Int32Array(sorted.length)
  sorted.forEach(({ code }, i) => {
    rank[code] = i
  })
  for (let i = 0; i < codes.length; i++) codes[i] = valid === undefined || valid[i] === 1 ? rank[codes[i]!]! : 0
  return { levels: sorted.map(({ level }) => level), codes }
}

/** The one layout of a column's content: slots under missing values are zero, a dictionary holds only the levels that occur. */
export const encodeColumn = (column: StoredColumn, rows: number): EncodedColumn => {
  const { name, kind, values } = column
  if (values.length !== rows) throw new RangeError(`column "${name}" has ${values.length} values in a table of ${rows} rows`)
  let nulls = 0
  if (column.valid !== undefined) for (let i = 0; i < rows; i++) if (column.valid[i] !== 1) nulls++
  const valid = nulls === 0 ? undefined : column.valid
  const validity = valid === undefined ? new Uint8Array(0) : bits(valid)
  const plain = (...buffers: ReadonlyArray<Uint8Array>): EncodedColumn => ({ nulls, buffers: [validity, ...buffers], dictionary: undefined })
  switch (kind) {
    case "number":
      return plain(bytesOf(canonicalNumbers(values as Float64Array, valid)))
    case "integer":
      return plain(bytesOf(zeroUnderMissing(values as Int32Array, valid)))
    case "flag":
      return plain(bits(values as Uint8Array, valid))
    case "text":
      return plain(...textBuffers(name, emptyUnderMissing(values as ReadonlyArray<string>, valid)))
    case "category": {
      const { levels, codes } = factor(values as ReadonlyArray<string>, valid)
      return { nulls, buffers: [validity, bytesOf(codes)], dictionary: { length: levels.length, buffers: textBuffers(name, levels) } }
    }
  }
}
