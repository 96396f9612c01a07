import type { Outcome } from "../../../messages/time/strata.ts"

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  ok: "ok",
  failed: "failed",
  interrupted: "cancelled",
  running: "goes on",
  killed: "killed",
  unfinished: "unfinished"
}

export const OutcomeMark = ({ outcome }: { readonly outcome: Outcome }) => <span class={`time-outcome time-outcome-${outcome}`}>{outcomeWords[outcome]}</span>
