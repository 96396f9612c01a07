/** One thing that is wrong with an audit's files: where, and what to do. */
export interface AuditFault {
  readonly code: string
  readonly message: string
  readonly where: { readonly file: string; readonly row?: number; readonly column?: string; readonly path?: string }
}

/** A fault of a CSV file, in a row as a spreadsheet counts (the header is row 1) and a column by name. */
export const faultAt = (file: string, row: number, column: string | undefined, code: string, message: string): AuditFault => ({
  code,
  message: `${file}, row ${row}${column === undefined ? "" : `, column ${column}`}: ${message}`,
  where: column === undefined ? { file, row } : { file, row, column }
})

/** A fault of a YAML file, at a path in it such as `relations[2].left`. */
export const faultIn = (file: string, path: string, code: string, message: string): AuditFault => ({
  code,
  message: `${file}${path === "" ? "" : `, ${path}`}: ${message}`,
  where: path === "" ? { file } : { file, path }
})
