/** What a published table prints in a place. `value` is missing where it is not a number ("Yes"). */
export interface PublishedCell {
  readonly text: string
  readonly value?: number | undefined
  /** Which printed thing it is (`placeOf` of published-numbers.ts). */
  readonly place?: string | undefined
}
export interface Cell {
  readonly text: string
  readonly value?: number | undefined
  readonly published?: PublishedCell | undefined
}
export interface Row {
  /** Empty on the further lines of an entry; two spaces in front for each heading (a row without cells) that it stands under. */
  readonly label: string
  /** A thin rule above. */
  readonly ruled?: boolean
  /** A cell a column; undefined is blank. */
  readonly cells: ReadonlyArray<Cell | undefined>
}
/** A table in two dimensions, before it becomes an artifact. */
export interface Draft {
  readonly title: string
  readonly columns: ReadonlyArray<{ readonly label: string; readonly group?: string | undefined }>
  readonly rows: ReadonlyArray<Row>
  readonly notes: ReadonlyArray<string>
}
