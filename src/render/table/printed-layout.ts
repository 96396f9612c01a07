/** A PrintedTable in two dimensions: what all of its renderings start from. */
export interface PrintedLayout {
  readonly title: string
  /** The table's own notes, in order. */
  readonly notes: ReadonlyArray<string>
  /** What the sources carry ("synthetic replica"): under every table, always. */
  readonly sourceNotes: ReadonlyArray<string>
  /** The heading over the run's numbers and over those beside them. */
  readonly runLabel: string
  readonly besideLabel: string
  readonly columns: ReadonlyArray<PrintedColumn>
  readonly rows: ReadonlyArray<PrintedRow>
}
export interface PrintedColumn {
  readonly group: string
  readonly label: string
  /** Whether any cell of it has a number behind it: such a column is aligned at the decimal point. */
  readonly numeric: boolean
  /** Whether the paper prints anything in it: then it is shown beside the run's. */
  readonly published: boolean
}
export interface PrintedRow {
  readonly label: string
  /** A thin rule above: the table type leaves a row number out there. */
  readonly ruled: boolean
  /** A cell a column. */
  readonly cells: ReadonlyArray<PrintedCell>
}
export interface PrintedCell {
  readonly text: string
  /** The number behind the text; NaN where there is none. */
  readonly value: number
  readonly published: string
  readonly publishedValue: number
  /** Whether the text is another one than in the run beside it. */
  readonly differs?: boolean
}

/** Under how many headings a row stands: two spaces each in front of its label. */
export const levelOf = (label: string): number => Math.ceil((label.length - label.trimStart().length) / 2)

/** Neighbouring columns under one heading: [heading, first, last]. A column without a heading is alone. */
export const columnGroups = (columns: ReadonlyArray<PrintedColumn>): ReadonlyArray<readonly [string, number, number]> => {
  const groups: Array<[string, number, number]> = []
  columns.forEach(({ group }, i) => {
    const last = groups.at(-1)
    if (last !== undefined && group !== "" && last[0] === group && last[2] === i - 1) last[2] = i
    else groups.push([group, i, i])
  })
  return groups
}

/** The notes as they are printed: the table's own, then what its data are. */
export const allNotes = (layout: Pick<PrintedLayout, "notes" | "sourceNotes">): ReadonlyArray<string> => [
  ...layout.notes,
  ...layout.sourceNotes.map((note) => `Data: ${note}`)
]
