import type { Only } from "../../../messages/time/strata.ts"

const WORDS: Readonly<Record<Only, string>> = {
  all: "all",
  ran: "in which something ran",
  failed: "that did not come out well",
  named: "with a name",
  branches: "of branches"
}
const choices = Object.keys(WORDS) as ReadonlyArray<Only>

/** Which runs the address asks for. */
export const onlyIn = ({ only = "all" }: Readonly<Record<string, string>>): Only => choices.find((one) => one === only) ?? "all"

export const OnlyChoice = ({ choose, only }: { readonly only: Only; readonly choose: (only: Only) => void }) => (
  <label>
    runs{" "}
    <select value={only} onChange={(event) => choose(onlyIn({ only: event.currentTarget.value }))}>
      {choices.map((one) => (
        <option key={one} value={one}>
          {WORDS[one]}
        </option>
      ))}
    </select>
  </label>
)
