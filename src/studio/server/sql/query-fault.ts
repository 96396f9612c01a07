import type { SqlFault } from "../../messages/sql.ts"

/** What is wrong with a query: what is thrown on the way to its result. */
export class QueryFault extends Error {
  readonly kind: string
  /** A byte of the query in UTF-8. */
  readonly position: number | undefined
  /** The table that DuckDB does not know. */
  readonly table: string | undefined
  /** The schema that it does not know: of `node.output`, the node. */
  readonly schema: string | undefined

  constructor(
    kind: string,
    message: string,
    where: { readonly position?: number | undefined; readonly table?: string | undefined; readonly schema?: string | undefined } = {}
  ) {
    super(message)
    this.name = "QueryFault"
    this.kind = kind
    this.position = where.position
    this.table = where.table
    this.schema = where.schema
  }

  /** As it is told; the place is that of a character. */
  told(query: string): SqlFault {
    const at = this.position === undefined ? null : Math.min(Buffer.from(query).subarray(0, this.position).toString().length, query.length)
    return { fault: { kind: this.kind, message: this.message, at } }
  }
}

/** What became of a query that was ended. */
export const endedFault = (kind: "time" | "cancelled", milliseconds: number): QueryFault =>
  new QueryFault(kind, kind === "cancelled" ? "cancelled" : `ended after ${milliseconds / 1000} s, the most that a query may take`)

interface DuckDbError {
  readonly exception_type?: string
  readonly exception_message?: string
  readonly error_subtype?: string
  readonly position?: string
  readonly type?: string
  readonly name?: string
}

const parsed = (text: string): DuckDbError | undefined => {
  const from = text.indexOf("{")
  if (from === -1) return undefined
  try {
    return JSON.parse(text.slice(from)) as DuckDbError
  } catch {
    return undefined
  }
}

/** The settings that these sentences advise are not the user's to change. */
const withoutAdvice = (message: string): string =>
  message
    .replace(/\nDatabase is launched in in-memory mode[\s\S]*$/, "")
    .replace(/\n\n(?:Please try installing|Alternatively, consider)[\s\S]*$/, "")
    .trim()

/** What DuckDB says of itself with `errors_as_json`; what is no such error is of kind "unknown". */
export const faultOf = (error: unknown): QueryFault => {
  if (error instanceof QueryFault) return error
  const text = error instanceof Error ? error.message : String(error)
  const told = parsed(text)
  if (told?.exception_message === undefined) return new QueryFault(/INTERRUPT/.test(text) ? "interrupted" : "unknown", text)
  const position = told.position === undefined ? undefined : Number(told.position)
  const schema = /^Table with name ".*" does not exist because schema "(.*)" does not exist/s.exec(told.exception_message)?.[1]
  const table = told.error_subtype === "MISSING_ENTRY" && told.type === "Table" ? told.name : undefined
  return new QueryFault(told.exception_type ?? "unknown", withoutAdvice(told.exception_message), { position, table, schema })
}
