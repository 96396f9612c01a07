/** Tables as the model has them, beside the engine's: plain lists, no Arrow, no hashes. docs/artifacts.md says what they hold and what can be asked of them. */
import { type Kind, nullable, type StoredTable } from "../../../src/artifact/column.ts"
import { openTable, type Tracked } from "../../../src/artifact/table-type.ts"
import { category, integer, number } from "../../../src/sediment.ts"

export const Panel = openTable("Panel", { key: integer("", "the row"), label: nullable(category("", "in words")) }, nullable(number()))
export type Panel = typeof Panel

type Cell = number | string | null
export interface PlainColumn {
  readonly kind: Kind
  readonly values: ReadonlyArray<Cell>
  readonly unit: string
  readonly description: string
  /** 1 where the cell was filled in; undefined when none was. */
  readonly filled: ReadonlyArray<number> | undefined
}
export interface PlainTable {
  readonly rows: number
  /** In the artifact's order, without masks. */
  readonly columns: ReadonlyMap<string, PlainColumn>
  readonly notes: ReadonlyArray<string>
}

/** The table as text: equal tables and no others have the same. */
export const contentOf = ({ columns, notes, rows }: PlainTable): string => JSON.stringify([rows, [...columns], notes])

const MASK = "__filled"
const cellsOf = (values: ArrayLike<Cell>, valid: Uint8Array | undefined): ReadonlyArray<Cell> =>
  Array.from(values, (x, i) => (valid?.[i] === 0 || x === null || Number.isNaN(x) ? null : x === 0 ? 0 : x))

/** What a stage returned for a `Panel`, laid out. */
export const layOut = (out: Readonly<Record<string, unknown>>, notes: ReadonlySet<string>): PlainTable => {
  const { rest, ...declared } = out as { readonly rest: ReadonlyMap<string, unknown> }
  const named = [...Object.keys(Panel.columns).map((name) => [name, declared[name as never]] as const), ...[...rest].sort(([a], [b]) => (a < b ? -1 : 1))]
  const columns = named.map(([name, given]) => {
    const spec = Panel.columns[name as "key"] ?? Panel.rest
    const data = (Array.isArray(given) || ArrayBuffer.isView(given) ? { values: given } : given) as Partial<PlainColumn>
    const filled = data.filled?.some((cell) => cell === 1) ? Array.from(data.filled) : undefined
    const { description = spec!.description, unit = spec!.unit, values = [] } = data
    return [name, { kind: spec!.kind, values: cellsOf(values, undefined), unit, description, filled }] as const
  })
  return { rows: columns[0]![1].values.length, columns: new Map(columns), notes: [...notes].sort() }
}

/** An artifact, read back. */
export const plain = ({ columns, notes, rows }: StoredTable): PlainTable => {
  const masks = new Map(columns.filter(({ name }) => name.endsWith(MASK)).map(({ name, values }) => [name, Array.from(values as Uint8Array)]))
  const visible = columns.filter(({ name }) => !name.endsWith(MASK))
  return {
    rows,
    columns: new Map(
      visible.map(({ description, kind, name, unit, valid, values }) => [
        name,
        { kind, values: cellsOf(values, valid), unit, description, filled: masks.get(name + MASK) }
      ])
    ),
    notes
  }
}

/** What `asked` of a table comes to, as text. The words are those of docs/artifacts.md. */
export const answer = ({ columns, notes, rows }: PlainTable, asked: string): string => {
  if (asked === "rows") return String(rows)
  if (asked === "notes") return JSON.stringify(notes)
  if (asked === "names") return JSON.stringify([...columns].map(([name, { kind }]) => [name, kind]))
  const [what, name] = asked.split(" ") as [string, string]
  const column = columns.get(name.replace(MASK, ""))
  if (column === undefined || (name.endsWith(MASK) && column.filled === undefined)) return "absent"
  if (what === "has") return "present"
  if (what === "metadata") return JSON.stringify([column.unit, column.description])
  return JSON.stringify(name.endsWith(MASK) ? column.filled : [column.kind, column.values])
}

/** The table as a stage sees it; `ask` is told whatever the stage asks. */
export const view = ({ columns, rows }: PlainTable, ask: (asked: string) => void): Tracked<Panel> => {
  const column = (name: string) => {
    const found = columns.get(name)
    if (found === undefined) {
      ask(`has ${name}`)
      ask("names")
      throw new Error(`no column ${name}`)
    }
    ask(`column ${name}`)
    const { description, filled, kind, unit } = found
    return {
      name,
      kind,
      values: kind === "category" ? found.values.map((x) => x ?? "") : Float64Array.from(found.values, (x) => (x === null ? Number.NaN : Number(x))),
      valid: found.values.includes(null) ? Uint8Array.from(found.values, (x) => (x === null ? 0 : 1)) : undefined,
      length: rows,
      get unit() {
        ask(`metadata ${name}`)
        return unit
      },
      get description() {
        ask(`metadata ${name}`)
        return description
      },
      get filled() {
        ask(filled === undefined ? `has ${name}${MASK}` : `column ${name}${MASK}`)
        return filled && Uint8Array.from(filled)
      }
    }
  }
  const tracked = {
    column,
    has: (name: string) => {
      ask(`has ${name}`)
      return columns.has(name)
    },
    get names() {
      ask("names")
      return [...columns.keys()]
    },
    get rows() {
      ask("rows")
      return rows
    }
  }
  return tracked as unknown as Tracked<Panel>
}
