import type { SqlFault } from "../../messages/sql.ts"
import { placeOf } from "./place.ts"

/** Characters of the line that are shown on each side of the place. */
const AROUND = 60

/** What is wrong with a query, in DuckDB's words, with the line and a caret below the place; a click goes there. */
export const FaultNote = ({ fault: { at, kind, message }, onGo, query }: SqlFault & { readonly query: string; readonly onGo: (at: number) => void }) => {
  if (kind === "cancelled") return <p class="soft">Cancelled.</p>
  const place = at === null ? undefined : placeOf(query, at)
  const letters = place === undefined ? [] : [...place.text]
  const from = place === undefined ? 0 : Math.max(0, place.column - 1 - AROUND)
  return (
    <div class="failure sql-fault" role="alert">
      <p>{message}</p>
      {place === undefined || at === null ? null : (
        <>
          <pre>
            {letters.slice(from, place.column + AROUND).join("")}
            {"\n"}
            {letters
              .slice(from, place.column - 1)
              .map((letter) => (letter === "\t" ? "\t" : /\p{Script=Han}/u.test(letter) ? "　" : " "))
              .join("")}
            ^
          </pre>
          <button type="button" onClick={() => onGo(at)}>
            line {place.line}, column {place.column}
          </button>
        </>
      )}
    </div>
  )
}
