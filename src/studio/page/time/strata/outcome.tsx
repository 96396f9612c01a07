import type { Outcome } from "../../../messages/time/strata.ts"

const WORDS: Readonly<Record<Outcome, string>> = {
  ok: "ok",
  failed: "failed",
  interrupted: "interrupted",
  running: "goes on",
  killed: "killed",
  unfinished: "unfinished"
}

export const OutcomeMark = ({ outcome }: { readonly outcome: Outcome }) => <span class={`time-outcome time-outcome-${outcome}`}>{WORDS[outcome]}</span>
