/** The kinds of column an artifact holds, and their Arrow types: number = Float64, integer = Int32, text = Utf8, category = Dictionary<Int32, Utf8>, flag = Bool. */
export type Kind = "number" | "integer" | "text" | "category" | "flag"

/** What a stage reads: a missing number is NaN, a missing text is "", a missing integer or flag is 0; `valid` tells them apart. */
export type Values<K extends Kind> = K extends "number"
  ? Float64Array
  : K extends "integer"
    ? Int32Array
    : K extends "text" | "category"
      ? ReadonlyArray<string>
      : Uint8Array

/** A column as a table type declares it. Only a `nullable` column may hold missing values. */
export interface ColumnSpec<K extends Kind = Kind> {
  readonly kind: K
  readonly unit: string
  readonly description: string
  readonly nullable: boolean
}

const spec =
  <K extends Kind>(kind: K) =>
  (unit = "", description = ""): ColumnSpec<K> => ({ kind, unit, description, nullable: false })

/** A column of numbers of 64 bits: `number("km", "how far it is")`. The unit and the description of each kind stand in every artifact, and are "" unless given. */
export const number = spec("number")
/** A column of whole numbers of 32 bits. */
export const integer = spec("integer")
/** A column of texts. */
export const text = spec("text")
/** A column of texts of which few occur many times: each is stored once. */
export const category = spec("category")
/** A column of yes and no: 1 and 0. */
export const flag = spec("flag")

/** The same column, allowed to hold missing values. */
export const nullable = <K extends Kind>(column: ColumnSpec<K>): ColumnSpec<K> => ({ ...column, nullable: true })

/**
 * A column as a stage returns it. In a nullable number column NaN means missing; in a nullable text or category column null does; integers and
 * flags need `valid` (1 = present, one byte a row). `filled` marks the cells that were filled in (stored beside the column as `<name>__filled`), `source` says
 * where cells were read or how they were made (stored as `<name>__source`).
 * A unit or description given here stands over the table type's.
 */
export interface Data<K extends Kind = Kind> {
  readonly values: K extends "text" | "category" ? ReadonlyArray<string | null> : Values<K>
  readonly valid?: Uint8Array | undefined
  readonly filled?: Uint8Array | undefined
  readonly source?: ReadonlyArray<string | null> | undefined
  readonly unit?: string | undefined
  readonly description?: string | undefined
}

/** One column in memory, whole: what the artifact writer takes and the reader gives. `valid` is absent when nothing is missing. */
export interface StoredColumn<K extends Kind = Kind> {
  readonly name: string
  readonly kind: K
  readonly values: Values<K>
  readonly valid: Uint8Array | undefined
  readonly unit: string
  readonly description: string
}

/** A table in memory: columns in artifact order, and the notes that its sources carry. */
export interface StoredTable {
  readonly rows: number
  readonly columns: ReadonlyArray<StoredColumn>
  readonly notes: ReadonlyArray<string>
}

/** The name of the flag column that says which cells of another were filled in. */
export const filledName = (name: string): string => `${name}__filled`
/** The name of the text column that says where the cells of another come from. */
export const sourceName = (name: string): string => `${name}__source`
/** Whether a column tells of another one: it goes along with it, and nobody sees it who does not ask. */
export const isCompanion = (name: string): boolean => name.endsWith("__filled") || name.endsWith("__source")
