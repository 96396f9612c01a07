import type { StoredColumn, StoredTable } from "./column.ts"
import { filledName, isCompanion, sourceName } from "./column.ts"
import type { AnyTable, Column, Tracked } from "./table-type.ts"

/**
 * What a stage asked of a table. `column NAME` its data; `metadata NAME` its unit or description; `has NAME` whether it is there;
 * `names` which columns there are; `rows` how many rows. `notes` is not asked by a stage: the framework records it where it carries notes on.
 */
export type Read = `column ${string}` | `metadata ${string}` | `has ${string}` | "names" | "rows" | "notes"

/** Thrown where a stage asks for a column that its input does not have. */
export class MissingColumn extends Error {
  readonly column: string
  readonly present: ReadonlyArray<string>
  constructor(column: string, present: ReadonlyArray<string>) {
    super(`there is no column "${column}"; the columns are: ${present.join(", ")}`)
    this.name = "MissingColumn"
    this.column = column
    this.present = present
  }
}

/** A view of `table` that tells `record` each thing that is asked of it. */
export const track = <T extends AnyTable>(table: StoredTable, record: (read: Read) => void): Tracked<T> => {
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const visible = table.columns.map((column) => column.name).filter((name) => !isCompanion(name))
  const companion = (name: string): StoredColumn | undefined => {
    const column = byName.get(name)
    record(column === undefined ? `has ${name}` : `column ${name}`)
    return column
  }
  const view = (stored: StoredColumn): Column => ({
    name: stored.name,
    kind: stored.kind,
    values: stored.values,
    valid: stored.valid,
    length: table.rows,
    get unit() {
      record(`metadata ${stored.name}`)
      return stored.unit
    },
    get description() {
      record(`metadata ${stored.name}`)
      return stored.description
    },
    get filled() {
      return companion(filledName(stored.name))?.values as Uint8Array | undefined
    },
    get source() {
      return companion(sourceName(stored.name))?.values as ReadonlyArray<string> | undefined
    }
  })
  const tracked: Tracked = {
    column(name: string) {
      const stored = byName.get(name)
      if (stored === undefined) {
        record(`has ${name}`)
        record("names")
        throw new MissingColumn(name, visible)
      }
      record(`column ${name}`)
      return view(stored) as never
    },
    has(name) {
      record(`has ${name}`)
      return byName.has(name)
    },
    get names() {
      record("names")
      return visible
    },
    get rows() {
      record("rows")
      return table.rows
    }
  }
  return tracked as unknown as Tracked<T>
}
