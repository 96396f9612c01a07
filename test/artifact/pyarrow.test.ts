import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readArrow } from "../../src/artifact/read.ts"

// Made by test/oracle/artifacts-pyarrow.py, whose versions stand in it.
interface Oracle {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly rows: number
        readonly metadata: Readonly<Record<string, string>>
        readonly columns: ReadonlyArray<{
          readonly name: string
          readonly type: string
          readonly metadata: Readonly<Record<string, string>>
          readonly nulls: number
          readonly values: ReadonlyArray<number | string | boolean | null>
          readonly polars_nulls: number
        }>
      }
    >
  >
}
const read = (path: string) => readFileSync(new URL(path, import.meta.url))
const { files } = JSON.parse(read("../oracle/artifacts-pyarrow.json").toString()) as Oracle

const types = { number: "double", integer: "int32", text: "string", category: "dictionary<values=string, indices=int32, ordered=0>", flag: "bool" }

describe("golden artifacts, as pyarrow and polars read them", () => {
  it.each(Object.keys(files))("%s: the same types, units, notes, missing cells and values", (name) => {
    const table = readArrow(read(`golden/${name}`))
    const seen = files[name]!
    expect(table.rows).toBe(seen.rows)
    expect(seen.metadata["sediment.notes"] ?? "[]").toBe(JSON.stringify(table.notes))
    expect(seen.columns.map((column) => column.name)).toEqual(table.columns.map((column) => column.name))
    for (const [i, column] of table.columns.entries()) {
      const theirs = seen.columns[i]!
      expect(theirs.type).toBe(types[column.kind])
      expect([theirs.metadata["unit"] ?? "", theirs.metadata["description"] ?? ""]).toEqual([column.unit, column.description])
      const present = (row: number) => column.valid === undefined || column.valid[row] === 1
      const missing = Array.from({ length: table.rows }, (_, row) => row).filter((row) => !present(row)).length
      expect([theirs.nulls, theirs.polars_nulls]).toEqual([missing, missing])
      expect(theirs.values).toEqual(
        Array.from(column.values as ArrayLike<number | string>, (value, row) => (present(row) ? (column.kind === "flag" ? value === 1 : value) : null))
      )
    }
  })
})
