/** What PostgreSQL, or the way to it, says is wrong: in words, with what to do. Never with a password. */
import type { Fault } from "../dag/stage.ts"
import type { Address } from "./address.ts"
import type { QuerySource } from "./database.ts"
import { SnapshotFailure } from "./failure.ts"
import { noSuch, queryFault, refuse } from "./query-faults.ts"

type Postgres = Extract<Address, { kind: "postgres" }>
/** An error as the driver has it: of the server with its SQLSTATE, of the network with the system's code. */
type ServerError = Error & {
  readonly code?: string
  readonly position?: string
  readonly hint?: string
  readonly errors?: ReadonlyArray<Error & { readonly code?: string }>
}

/** Why no connection came about. */
export const connectionFault = (error: ServerError, { database, host, shown, user }: Postgres): Fault => {
  const of = (code: string, message: string): Fault => ({ code, message: `${shown}: ${message}` })
  const code = error.code ?? error.errors?.[0]?.code ?? ""
  if (["ECONNREFUSED", "ENOENT", "EHOSTUNREACH", "ENETUNREACH", "ECONNRESET"].includes(code))
    return of("no-server", `no server answers at ${host} (${code}): is it running, and does it listen there?`)
  if (["ENOTFOUND", "EAI_AGAIN"].includes(code)) return of("no-server", `there is no host ${host.replace(/:\d+$/, "")}: correct its name, or the network`)
  if (code === "ETIMEDOUT" || /timeout/i.test(error.message))
    return of("no-server", `nothing came from ${host} within 15 seconds: a firewall, or another port?`)
  if (code === "28P01" || /password/i.test(error.message))
    return of(
      "refused",
      `the server does not accept the password of the user ${user}, or asks for one: give it in PGPASSWORD, or in ~/.pgpass, which is no part of any log`
    )
  if (code === "28000") return of("refused", `the server does not let the user ${user} in: ${error.message}`)
  if (code === "3D000") return of("no-database", `there is no database ${database} on this server: psql -l lists them`)
  if (/SSL|certificate/i.test(error.message))
    return of("no-server", `${error.message}: add ?sslmode=require, verify-full or disable to the address, as the server has it`)
  return of("no-server", error.message)
}

const TABLES =
  "SELECT CASE WHEN n.nspname = ANY (current_schemas(false)) THEN c.relname ELSE n.nspname || '.' || c.relname END FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r','v','m','p','f') AND n.nspname NOT IN ('pg_catalog','information_schema') AND n.nspname NOT LIKE 'pg_toast%' AND has_schema_privilege(n.oid, 'USAGE') ORDER BY 1"

/** Why a query did not run; `names` asks for names in another transaction. */
export const queryFailure = async (
  error: ServerError,
  query: QuerySource,
  shift: number,
  statement: string,
  names: (sql: string) => Promise<ReadonlyArray<string>>
): Promise<SnapshotFailure> => {
  // The server counts characters, from 1, of the whole text that it was sent.
  const sent = error.position === undefined ? undefined : Number(error.position) - 1 - shift
  const at = sent === undefined || sent < 0 ? undefined : Array.from(statement).slice(0, sent).join("").length
  const hint = error.hint === undefined ? "" : `; ${error.hint.replace(/\.$/, "")}`
  switch (error.code) {
    case "42P01": {
      const name = /"([^"]+)"/.exec(error.message)?.[1] ?? ""
      return noSuch(query, "table", name, await names(TABLES), at)
    }
    case "42703":
      return refuse(query, "unknown-column", `${error.message}${hint}`, at)
    case "25006":
      return refuse(query, "writes", `a snapshot only reads, and the query writes (${error.message})`)
    case "42501":
      return refuse(query, "refused", `the user may not read this: ${error.message}`, at)
    case "57014":
      return refuse(query, "cancelled", "the server ended the query: it took longer than statement_timeout allows, or somebody cancelled it")
    case "42601":
      return refuse(query, "sql-syntax", `${error.message}${hint}`, at)
    case undefined:
      return new SnapshotFailure([queryFault(query, "no-server", `the connection to the server was lost: ${error.message}`)])
    default:
      return refuse(query, "query", `${error.message}${hint}`, at)
  }
}
