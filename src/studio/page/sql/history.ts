/** The queries that were run in this browser, newest first, a study each. */
import { signal } from "@preact/signals"
import { Schema } from "effect"

const Entry = Schema.Struct({ query: Schema.String, at: Schema.Number, rows: Schema.NullOr(Schema.Int) })
export type HistoryEntry = typeof Entry.Type
const Kept = Schema.Record(Schema.String, Schema.Array(Entry))

const KEY = "sediment-studio-sql"
const DRAFT = "sediment-studio-sql-draft"
const MOST = 50

const stored = (): typeof Kept.Type => {
  try {
    return Schema.decodeUnknownSync(Kept)(JSON.parse(localStorage.getItem(KEY) ?? "{}"))
  } catch {
    return {}
  }
}

const kept = signal(stored())

const keep = (next: typeof Kept.Type) => {
  kept.value = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Without room, or where nothing may be stored, it is known until the page is closed.
  }
}

export const historyOf = (study: string): ReadonlyArray<HistoryEntry> => kept.value[study] ?? []

/** Notes that a query is run, or how many rows it has come to. */
export const noteInHistory = (study: string, query: string, rows: number | null): void => {
  const others = historyOf(study).filter((one) => one.query !== query)
  keep({ ...kept.value, [study]: [{ query, at: Date.now(), rows }, ...others].slice(0, MOST) })
}

export const forgetHistory = (study: string): void => keep({ ...kept.value, [study]: [] })

/** What was being written when the view was left. */
export const draftOf = (study: string): string => sessionStorage.getItem(`${DRAFT} ${study}`) ?? ""
export const keepDraft = (study: string, text: string): void => {
  try {
    sessionStorage.setItem(`${DRAFT} ${study}`, text)
  } catch {
    // It is lost with the view, then.
  }
}
