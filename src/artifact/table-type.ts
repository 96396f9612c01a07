import type { ColumnSpec, Data, Kind, Values } from "./column.ts"

export type Columns = { readonly [name: string]: ColumnSpec }

/** A table type: a name, required columns, and (an open table) one spec for any number of further columns. */
export interface TableType<N extends string = string, C extends Columns = Columns, Rest extends Kind = never> {
  readonly name: N
  readonly columns: C
  readonly rest: ColumnSpec<Rest> | undefined
}
/** A table type, whatever its columns. */
// biome-ignore lint/suspicious/noExplicitAny: as a constraint only; TableType is invariant in its rest kind
export type AnyTable = TableType<string, Columns, any>

/**
 * A table type: its name, by which wirings are checked, and its columns in the artifact's order: `table("Slopes", { term: text(), estimate: number() })`. An output has these
 * columns and no others.
 */
export const table = <const N extends string, const C extends Columns>(name: N, columns: C): TableType<N, C> => ({ name, columns, rest: undefined })
/** A table type with the columns that it names and any number of further ones of one kind: a panel has `entity`, `year`, and whatever variables there are. */
export const openTable = <const N extends string, const C extends Columns, Rest extends Kind>(
  name: N,
  columns: C,
  rest: ColumnSpec<Rest>
): TableType<N, C, Rest> => ({ name, columns, rest })

/** As a stage's input: an artifact of any type. Which columns it has is asked of it where it is read. */
export const anyTable: TableType<"AnyTable", Record<never, ColumnSpec>, Kind> = {
  name: "AnyTable",
  columns: {},
  rest: { kind: "text", unit: "", description: "", nullable: true }
}

export type RestOf<T> = T extends TableType<string, Columns, infer R> ? R : never

/** The names that `Tracked.column` takes: the declared ones, and in an open table any other. */
export type ColumnName<T extends AnyTable> = (keyof T["columns"] & string) | ([RestOf<T>] extends [never] ? never : string)
type KindAt<T extends AnyTable, K> = K extends keyof T["columns"] ? (T["columns"][K] extends ColumnSpec<infer D> ? D : never) : RestOf<T>

/** A column as a stage sees it. Reading `unit`, `description`, `filled` or `source` is a read of its own. */
export interface Column<K extends Kind = Kind> {
  readonly name: string
  readonly kind: K
  readonly values: Values<K>
  /** 1 = present, one byte a row; undefined when nothing is missing. */
  readonly valid: Uint8Array | undefined
  readonly length: number
  readonly unit: string
  readonly description: string
  /** 1 = the cell was filled in (interpolated, spliced, imputed); undefined when none was. */
  readonly filled: Uint8Array | undefined
  /** Where each cell was read (`data/gdp.csv!C7`) or how it was made, "" where that is not told; undefined where it is told of none. */
  readonly source: ReadonlyArray<string> | undefined
}

/** An input table. Whatever is asked of it is recorded, and only that can make the node stale. */
export interface Tracked<T extends AnyTable = AnyTable> {
  /** A fault if the column is absent. */
  column<K extends ColumnName<T>>(name: K): Column<KindAt<T, K>>
  /** Whether there is such a column: a read of its own, which the column's content does not disturb. */
  has(name: string): boolean
  /** All column names but the companions (`__filled`, `__source`), in artifact order. */
  readonly names: ReadonlyArray<string>
  readonly rows: number
}

type OutColumn<D> = D extends Kind ? Data<D> | Data<D>["values"] : never

/** What a stage returns for an output of this type: a column as bare values or as `Data`, and `rest` for an open table. */
export type Out<T extends AnyTable> = { readonly [K in keyof T["columns"]]: T["columns"][K] extends ColumnSpec<infer D> ? OutColumn<D> : never } & ([
  RestOf<T>
] extends [never]
  ? unknown
  : { readonly rest: ReadonlyMap<string, Data<RestOf<T>>> })
