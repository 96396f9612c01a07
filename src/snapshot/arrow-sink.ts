import { writeFileSync } from "node:fs"
import type { StoredColumn } from "../artifact/column.ts"
import { writeArrow } from "../artifact/write.ts"
import type { Cell, ResultColumn } from "./database.ts"
import { SnapshotFailure } from "./failure.ts"
import { doubles, type MakeSink } from "./sink.ts"

/** A file has one record batch, so that equal tables have equal bytes: all its cells are held. */
const MOST_CELLS = 20_000_000

const numbers = (
  { kind, name }: ResultColumn,
  values: ReadonlyArray<Cell>,
  valid: Uint8Array | undefined,
  unit: { readonly unit: string; readonly description: string }
): StoredColumn => {
  const given = values.map((value) => (value === null ? 0 : Number(value)))
  if (kind === "integer" && given.every((value) => Math.abs(value) <= 0x7fff_ffff))
    return { name, kind: "integer", values: Int32Array.from(given), valid, ...unit }
  return { name, kind: "number", values: Float64Array.from(given, (value, i) => (values[i] === null ? Number.NaN : value)), valid, ...unit }
}

/** An Arrow IPC file as artifacts are: whole numbers as Int32 where all fit, else as Float64. */
export const arrowSink: MakeSink = async (path, columns) => {
  const cells = columns.map((): Array<Cell> => [])
  const exact = doubles(columns)
  return {
    write: (rows) => {
      for (const row of rows)
        row.forEach((value, i) => {
          cells[i]!.push(exact.of(value, i))
        })
      if (cells.length * (cells[0]?.length ?? 0) > MOST_CELLS)
        throw new SnapshotFailure([
          {
            code: "too-large",
            message: `${path}: an Arrow file is held in memory until it is whole, and this has more than ${MOST_CELLS / 1e6} million cells: write .parquet or .csv, which are not`
          }
        ])
    },
    finish: () => {
      const huge = columns.filter(({ kind }, i) => kind === "integer" && cells[i]!.some((value) => value !== null && !Number.isSafeInteger(Number(value))))
      if (huge.length > 0)
        throw new SnapshotFailure(
          huge.map(({ name }) => ({
            code: "huge-integer",
            message: `${name}: whole numbers beyond 2^53, which an artifact's numbers do not hold: write .csv or .parquet, or cast it to text`,
            where: { column: name }
          }))
        )
      const rows = cells[0]?.length ?? 0
      const stored = columns.map((column, i): StoredColumn => {
        const values = cells[i]!
        const { kind, name, type } = column
        const valid = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : undefined
        const about = { unit: "", description: type }
        if (kind === "text") return { name, kind: "text", values: values.map((value) => (value === null ? "" : String(value))), valid, ...about }
        if (kind === "flag") return { name, kind: "flag", values: Uint8Array.from(values, (value) => (value === true ? 1 : 0)), valid, ...about }
        return numbers(column, values, valid, about)
      })
      writeFileSync(path, writeArrow({ columns: stored, rows, notes: [] }))
      return exact.told()
    },
    abandon: () => {}
  }
}
