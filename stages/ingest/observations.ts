/** What was read, cell by cell, by entity, subunit and year: columns that grow. */

/** A place that a cell was read from: its file and sheet by their number, its row. */
export interface ReadPlace {
  readonly sheet: number
  readonly row: number
}

export class Observations {
  /** Per row: the entity's place in the dictionary, the subunit ("" where there are none), the data year. */
  readonly entity: Array<number> = []
  readonly subunit: Array<string> = []
  readonly year: Array<number> = []
  private readonly rowOf = new Map<string, Map<number, number>>()
  private readonly columns = new Map<string, { values: Float64Array; rows: Int32Array; sheets: Uint16Array }>()
  private readonly told = new Map<string, Map<number, string>>()
  private readonly masks = new Map<string, Set<number>>()
  private capacity = 256

  constructor(variables: ReadonlyArray<string>) {
    for (const name of variables) this.columns.set(name, this.empty())
  }
  private empty() {
    return { values: new Float64Array(this.capacity).fill(Number.NaN), rows: new Int32Array(this.capacity), sheets: new Uint16Array(this.capacity) }
  }
  private grow() {
    this.capacity *= 2
    for (const [name, column] of this.columns) {
      const wider = this.empty()
      wider.values.set(column.values)
      wider.rows.set(column.rows)
      wider.sheets.set(column.sheets)
      this.columns.set(name, wider)
    }
  }
  get length(): number {
    return this.entity.length
  }
  get variables(): ReadonlyArray<string> {
    return [...this.columns.keys()]
  }
  /** The row of a key, made where there is none yet. */
  row(entity: number, subunit: string, year: number): number {
    let own = this.rowOf.get(subunit)
    if (own === undefined) this.rowOf.set(subunit, (own = new Map()))
    const key = entity * 0x100000000 + (year + 0x80000000)
    let row = own.get(key)
    if (row === undefined) {
      row = this.entity.length
      if (row === this.capacity) this.grow()
      own.set(key, row)
      this.entity.push(entity)
      this.subunit.push(subunit)
      this.year.push(year)
    }
    return row
  }
  /** Where the cell was read before; undefined where it was not. */
  placeOf(variable: string, row: number): ReadPlace | undefined {
    const { rows, sheets } = this.columns.get(variable)!
    return rows[row] === 0 ? undefined : { sheet: sheets[row]!, row: rows[row]! }
  }
  value(variable: string, row: number): number {
    return this.columns.get(variable)!.values[row]!
  }
  set(variable: string, row: number, value: number, place: ReadPlace) {
    const column = this.columns.get(variable)!
    column.values[row] = value
    column.rows[row] = place.row
    column.sheets[row] = place.sheet
  }
  /** A variable that is made of others. */
  add(variable: string, values: Float64Array) {
    const column = this.empty()
    column.values.set(values)
    this.columns.set(variable, column)
  }
  drop(variable: string) {
    this.columns.delete(variable)
  }
  /** Forgets where cells were read, but for those of which more is to be told. */
  forgetPlaces() {
    for (const [variable, told] of this.told) for (const row of told.keys()) if (this.masks.get(variable)?.has(row) !== true) told.delete(row)
  }
  /** Says where a cell comes from, and whether it was put there by other means than reading it. */
  tell(variable: string, row: number, source: string, filled = false) {
    let told = this.told.get(variable)
    if (told === undefined) this.told.set(variable, (told = new Map()))
    told.set(row, source)
    if (!filled) return
    let mask = this.masks.get(variable)
    if (mask === undefined) this.masks.set(variable, (mask = new Set()))
    mask.add(row)
  }
  source(variable: string, row: number): string | undefined {
    return this.told.get(variable)?.get(row)
  }
  /** A variable's values, marks and sources, its rows put into `order`. */
  column(variable: string, order: ReadonlyArray<number>) {
    const { values } = this.columns.get(variable)!
    const mask = this.masks.get(variable)
    const told = this.told.get(variable)
    return {
      values: Float64Array.from(order, (i) => values[i]!),
      filled: mask === undefined ? undefined : Uint8Array.from(order, (i) => (mask.has(i) ? 1 : 0)),
      source: told === undefined ? undefined : order.map((i) => told.get(i) ?? null)
    }
  }
}
