/** What a database says of a query that it refuses, in the words of a fault with its place in the query's file. */
import { didYouMean } from "../dag/near-matches.ts"
import type { Fault } from "../dag/stage.ts"
import type { QuerySource } from "./database.ts"
import { SnapshotFailure } from "./failure.ts"
import { placeOf } from "./query-text.ts"

/** A fault of the query at a place of its text, if that is known. */
export const queryFault = ({ file, text }: QuerySource, code: string, message: string, at?: number): Fault => {
  if (at === undefined || at < 0 || at > text.length) return { code, message: `${file}: ${message}`, where: { file } }
  const { column, line } = placeOf(text, at)
  return { code, message: `${file}, line ${line}, column ${column}: ${message}`, where: { file, row: line } }
}
export const refuse = (query: QuerySource, code: string, message: string, at?: number): SnapshotFailure =>
  new SnapshotFailure([queryFault(query, code, message, at)])

const listed = (names: ReadonlyArray<string>): string => `${names.slice(0, 20).join(", ")}${names.length > 20 ? ` and ${names.length - 20} more` : ""}`

/** A name that there is not, with those that are near it. */
export const noSuch = (query: QuerySource, what: "table" | "column", name: string, names: ReadonlyArray<string>, at?: number): SnapshotFailure => {
  const bare = name.replace(/^.*\./, "").replaceAll('"', "")
  const near = didYouMean(
    bare,
    names.map((one) => one.replace(/^.*\./, ""))
  ).trim()
  const there = names.length === 0 ? `there is no ${what} that may be read` : `the ${what}s are: ${listed(names)}`
  return refuse(query, `unknown-${what}`, `there is no ${what} ${name}; ${near === "" ? there : near}`, at)
}
