/** Where a database is, and how it is called where anybody may read it: without user and password. */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { SnapshotFailure } from "./failure.ts"

export type Address =
  | { readonly kind: "postgres"; readonly shown: string; readonly url: string; readonly user: string; readonly host: string; readonly database: string }
  | { readonly kind: "sqlite"; readonly shown: string; readonly path: string }

const HOW =
  "write postgresql://USER@HOST:PORT/DATABASE, sqlite:FILE or the path of a file that ends in .sqlite, .sqlite3 or .db; env:NAME takes such an address from a variable"

const postgres = (text: string, environment: NodeJS.ProcessEnv): Address => {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    // The text may hold a password: it is not repeated.
    throw new SnapshotFailure([
      {
        code: "address",
        message: `the database's address is no URL: characters such as @ : / # in a password have to be escaped (%40 %3A %2F %23), or leave it to PGPASSWORD or ~/.pgpass; ${HOW}`
      }
    ])
  }
  const user = decodeURIComponent(url.username) || environment["PGUSER"] || environment["USER"] || ""
  const host = url.hostname || url.searchParams.get("host") || environment["PGHOST"] || "localhost"
  const port = url.port || environment["PGPORT"] || "5432"
  const database = decodeURIComponent(url.pathname.slice(1)) || environment["PGDATABASE"] || user
  return { kind: "postgres", shown: `postgresql://${host.startsWith("/") ? "" : host}:${port}/${database}`, url: text, user, host: `${host}:${port}`, database }
}

/** Reads an address as it is typed. Throws SnapshotFailure. */
export const readAddress = (text: string, environment: NodeJS.ProcessEnv = process.env): Address => {
  const variable = /^env:(\w+)$/.exec(text)?.[1]
  if (variable !== undefined) {
    const value = environment[variable]
    if (value === undefined || value === "")
      throw new SnapshotFailure([{ code: "address", message: `the environment has no ${variable}, which --sql env:${variable} asks for` }])
    return readAddress(value, { ...environment, [variable]: undefined })
  }
  if (/^postgres(ql)?:\/\//i.test(text)) return postgres(text, environment)
  const file = /^sqlite:\/\//i.test(text) ? sqlitePath(text) : /^sqlite:(.+)$/i.exec(text)?.[1]
  const path = file ?? (/\.(sqlite3?|db)$/i.test(text) && !/^[a-z+]+:\/\//i.test(text) ? text : undefined)
  if (path === undefined) {
    const scheme = /^([a-z+]+):\/\//i.exec(text)?.[1]
    throw new SnapshotFailure([
      { code: "address", message: `${scheme === undefined ? "this is not the address of a database" : `there is no driver for ${scheme}`}: ${HOW}` }
    ])
  }
  if (!existsSync(path))
    throw new SnapshotFailure([{ code: "no-database", message: `there is no file ${path} (looked for at ${resolve(path)})`, where: { file: path } }])
  return { kind: "sqlite", shown: `sqlite:${path}`, path }
}

/** `sqlite:///abs/file` is a URL with an absolute path, `sqlite://file` is often written for a relative one. */
const sqlitePath = (text: string): string => {
  const rest = text.slice("sqlite://".length)
  return rest.startsWith("/") ? fileURLToPath(`file://${rest}`) : decodeURIComponent(rest)
}
