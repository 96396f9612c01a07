import { parquetWriteBuffer } from "hyparquet-writer"
import { describe, expect, it } from "vitest"
import type { StoredColumn } from "../../src/artifact/column.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { readSheets } from "../../src/tabular/read-sheets.ts"
import { writeStata } from "../../src/tabular/stata/write-stata.ts"

const names = Array.from({ length: 10_000 }, (_, c) => `c${String(c).padStart(5, "0")}`)
const columns = names.map(
  (name, c): StoredColumn => ({ name, kind: "number", values: Float64Array.of(c, c + 0.5), valid: undefined, unit: "", description: "" })
)
const table = { rows: 2, columns, notes: [] }

describe("files of 10,000 columns", () => {
  it.each([
    ["x.dta", () => Uint8Array.from(Buffer.concat([...writeStata(table).pieces]))],
    ["x.arrow", () => Uint8Array.from(writeArrow(table))],
    [
      "x.parquet",
      () =>
        new Uint8Array(
          parquetWriteBuffer({ columnData: columns.map(({ name, values }) => ({ name, type: "DOUBLE" as const, data: Array.from(values as Float64Array) })) })
        )
    ]
  ])("%s", async (path, make) => {
    const { sheets } = await readSheets({ path, bytes: make() })
    const [head, first, second] = [...sheets[0]!.rows]
    expect(head!.cells).toEqual(names)
    expect([first!.cells[9999], second!.cells[9999]]).toEqual([9999, 9999.5])
  })
})
