/** A cell of a file, and what a source says of it besides. */
export interface FilePlace {
  readonly file: string
  /** Empty where the file has no sheets. */
  readonly sheet: string
  /** By its column's letters and its row's number: C7. */
  readonly cell: string
  readonly note: string
}

/** The cell that the source of a panel's cell tells of: `data/a.xlsx!4-3!C7: corrected`; undefined where it tells of none. */
export const filePlace = (source: string): FilePlace | undefined => {
  const found = /^([^!]+)!(?:(.*)!)?([A-Z]{1,3}\d+)(?:[:;]\s*(.*))?$/s.exec(source)
  return found === null ? undefined : { file: found[1]!, sheet: found[2] ?? "", cell: found[3]!, note: found[4] ?? "" }
}
