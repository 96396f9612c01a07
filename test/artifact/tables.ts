import fc from "fast-check"
import type { Kind, StoredColumn, StoredTable, Values } from "../../src/artifact/column.ts"

/** A column of a given kind; under a missing value it has what the reader would give there. */
export const columnOf = <K extends Kind>(
  name: string,
  kind: K,
  values: Values<K>,
  more: { readonly valid?: ReadonlyArray<0 | 1>; readonly unit?: string; readonly description?: string } = {}
): StoredColumn => ({
  name,
  kind,
  values,
  valid: more.valid && Uint8Array.from(more.valid),
  unit: more.unit ?? "",
  description: more.description ?? ""
})

export const tableOf = (columns: ReadonlyArray<StoredColumn>, notes: ReadonlyArray<string> = []): StoredTable => ({
  rows: columns[0]?.values.length ?? 0,
  columns,
  notes
})

const MISSING = { number: Number.NaN, integer: 0, text: "", category: "", flag: 0 }
const text = fc.string({ unit: "binary", maxLength: 12 })
const cells = {
  number: fc.double({ noNaN: true }).map((x) => (x === 0 ? 0 : x)),
  integer: fc.integer(),
  text,
  category: fc.oneof(fc.constantFrom("Hebei", "Shanxi", "河北", "", "😀", "\uffee"), text),
  flag: fc.constantFrom(0, 1)
}

const pack = (kind: Kind, values: ReadonlyArray<number | string>): Values<Kind> =>
  kind === "number"
    ? Float64Array.from(values as ReadonlyArray<number>)
    : kind === "integer"
      ? Int32Array.from(values as ReadonlyArray<number>)
      : kind === "flag"
        ? Uint8Array.from(values as ReadonlyArray<number>)
        : (values as ReadonlyArray<string>)

const column = (name: string, rows: number): fc.Arbitrary<StoredColumn> =>
  fc.constantFrom<Kind>("number", "integer", "text", "category", "flag").chain((kind) =>
    fc
      .record({
        values: fc.array(cells[kind] as fc.Arbitrary<number | string>, { minLength: rows, maxLength: rows }),
        valid: fc.option(fc.array(fc.constantFrom(0, 1), { minLength: rows, maxLength: rows }), { nil: undefined }),
        unit: text,
        description: text
      })
      .map(({ values, valid, unit, description }) => {
        const missing = valid?.includes(0) ? Uint8Array.from(valid) : undefined
        return {
          name,
          kind,
          values: pack(
            kind,
            values.map((x, i) => (missing === undefined || missing[i] === 1 ? x : MISSING[kind]))
          ),
          valid: missing,
          unit,
          description
        }
      })
  )

/** Tables as `toStoredTable` gives them. */
export const anyTable: fc.Arbitrary<StoredTable> = fc
  .record({ rows: fc.nat(20), names: fc.uniqueArray(text, { maxLength: 6 }), notes: fc.array(text, { maxLength: 2 }) })
  .chain(({ rows, names, notes }) => fc.tuple(...names.map((name) => column(name, rows))).map((columns) => ({ rows, columns, notes })))

/** The table with its lazily decoded columns decoded, for comparison. */
export const decoded = (table: StoredTable): StoredTable => ({
  ...table,
  columns: table.columns.map(({ name, kind, values, valid, unit, description }) => ({ name, kind, values, valid, unit, description }))
})
