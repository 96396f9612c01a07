import type { LineageCell } from "../../messages/time/lineage.ts"

/** A cell of a file as a source tells it: `data/a.xlsx!4-3!C7`, and what is said of it after that. */
export const placeIn = (source: string): LineageCell["place"] => {
  const found = /^([^!]+)!(?:(.*)!)?([A-Z]{1,3}\d+)(?:[:;]\s*(.*))?$/s.exec(source)
  return found === null ? undefined : { file: found[1]!, sheet: found[2] ?? "", cell: found[3]!, note: found[4] ?? "" }
}
