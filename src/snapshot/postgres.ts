/** PostgreSQL: one read-only transaction that sees one moment, and a cursor. */
import type { Client, QueryArrayResult } from "pg"
import type { Address } from "./address.ts"
import { BATCH, BATCH_CHARACTERS, type Cell, type ColumnKind, charactersOf, type Database, type QuerySource, type ResultColumn } from "./database.ts"
import { SnapshotFailure } from "./failure.ts"
import { connectionFault, queryFailure } from "./postgres-faults.ts"
import { refuse } from "./query-faults.ts"

type Postgres = Extract<Address, { kind: "postgres" }>

// Object identifiers of pg_type.dat, which do not change.
const KINDS: ReadonlyMap<number, ColumnKind> = new Map<number, ColumnKind>([
  [16, "flag"],
  [20, "integer"],
  [21, "integer"],
  [23, "integer"],
  [26, "integer"],
  [700, "number"],
  [701, "number"],
  [1700, "decimal"]
])
const TEXTS: ReadonlySet<number> = new Set([18, 19, 25, 1042, 1043])

/** Dates and times as ISO 8601; of a moment the session's zone is UTC. */
const isoMoment = (text: string): string =>
  text.replace(
    /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(\+00)?( BC)?$/,
    (_, day, time, zone, era) => `${day}T${time}${zone === undefined ? "" : "Z"}${era ?? ""}`
  )
const MOMENTS: ReadonlySet<number> = new Set([1114, 1184])

const cellOf = (text: string | null, oid: number, kind: ColumnKind): Cell => {
  if (text === null) return null
  if (kind === "flag") return text === "t"
  if (kind === "number") return Number(text)
  return MOMENTS.has(oid) ? isoMoment(text) : text
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const CURSOR = "sediment_snapshot"

/** Texts as the server sends them, in whatever session: what the mapping of types rests on. */
const SESSION = [
  "SET client_encoding TO 'UTF8'",
  "SET TIME ZONE 'UTC'",
  "SET datestyle TO 'ISO, YMD'",
  "SET intervalstyle TO 'iso_8601'",
  "SET bytea_output TO 'hex'",
  "SET extra_float_digits TO 1",
  "SET lc_monetary TO 'C'"
]

const connect = async (address: Postgres): Promise<Client> => {
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: address.url, connectionTimeoutMillis: 15_000, application_name: "sediment", keepAlive: true })
  // A connection that breaks between two queries is told by the next one.
  client.on("error", () => {})
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    throw new SnapshotFailure([connectionFault(error as Error & { readonly code?: string }, address)])
  }
  return client
}

export const openPostgres = async (address: Postgres, query: QuerySource): Promise<Database> => {
  const client = await connect(address)
  /** One statement, whatever its text holds: the extended protocol takes no second. Values come as the server's texts. */
  const ask = (text: string): Promise<QueryArrayResult<Array<string | null>>> =>
    client.query({ text, rowMode: "array", queryMode: "extended", types: { getTypeParser: () => (value: string) => value } } as never)
  const names = async (sql: string): Promise<ReadonlyArray<string>> => {
    await client.query("ROLLBACK").catch(() => {})
    return (await ask(sql).catch(() => ({ rows: [] as Array<Array<string | null>> }))).rows.map(([name]) => name!)
  }
  /** `shift`: how many characters stand before the query in what the server was sent. */
  const declare = async (statement: string, shift: number, text: string): Promise<QueryArrayResult<Array<string | null>>> => {
    try {
      await ask(text)
      return await ask(`FETCH FORWARD 0 FROM ${CURSOR}`)
    } catch (error) {
      throw await queryFailure(error as Error & { readonly code?: string; readonly position?: string }, query, shift, statement, names)
    }
  }
  try {
    for (const setting of SESSION) await ask(setting)
    const server = `PostgreSQL ${(await ask("SHOW server_version")).rows[0]![0]}`.replace(/ \(.*/, "")
    return {
      server,
      open: async (statement, key) => {
        await ask("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        const head = `DECLARE ${CURSOR} NO SCROLL CURSOR FOR `
        let { fields } = await declare(statement, head.length, `${head}${statement}`)
        if (key.length > 0) {
          const lacking = key.filter((name) => !fields.some((field) => field.name === name))
          if (lacking.length > 0)
            throw refuse(
              query,
              "unknown-key",
              `--key ${lacking.join(",")}: the result has no such column; its columns are: ${fields.map(({ name }) => name).join(", ")}`
            )
          await ask(`CLOSE ${CURSOR}`)
          const by = key.map((name) => `${quoted(name)}${TEXTS.has(fields.find((field) => field.name === name)!.dataTypeID) ? ' COLLATE "C"' : ""}`)
          const wrapped = `${head}SELECT * FROM (`
          fields = (await declare(statement, wrapped.length, `${wrapped}${statement}\n) AS "rows" ORDER BY ${by.join(", ")}`)).fields
        }
        const types = new Map(
          (
            await ask(`SELECT oid, format_type(oid, NULL) FROM pg_type WHERE oid IN (${[0, ...fields.map(({ dataTypeID }) => dataTypeID)].join(", ")})`)
          ).rows.map(([oid, name]) => [Number(oid), name!])
        )
        const columns = fields.map(({ dataTypeID, name }): ResultColumn => ({ name, kind: KINDS.get(dataTypeID) ?? "text", type: types.get(dataTypeID) ?? "" }))
        return {
          columns,
          batches: async function* () {
            // As many as fit, going by those before.
            for (let wanted = 100; ; ) {
              let rows: ReadonlyArray<ReadonlyArray<string | null>>
              try {
                rows = (await ask(`FETCH FORWARD ${wanted} FROM ${CURSOR}`)).rows
              } catch (error) {
                throw await queryFailure(error as Error, query, 0, statement, names)
              }
              if (rows.length === 0) return
              wanted = Math.max(1, Math.min(BATCH, Math.floor((BATCH_CHARACTERS * rows.length) / charactersOf(rows))))
              yield rows.map((row) => row.map((cell, i) => cellOf(cell, fields[i]!.dataTypeID, columns[i]!.kind)))
            }
          }
        }
      },
      close: () => client.end().catch(() => {})
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
