import type { RunRecord } from "../store/runs.ts"

type Outcome = "ok" | "failed" | "interrupted" | "unfinished"

/** How a run ended; one that never said so goes on, or was killed. */
export const outcomeOf = ({ ok, states = {} }: RunRecord): Outcome => {
  if (ok === undefined) return "unfinished"
  if (ok) return "ok"
  return (states.failed ?? 0) > 0 ? "failed" : "interrupted"
}

const IN_WORDS = { ok: "ok", failed: "failed", interrupted: "interrupted", unfinished: "goes on, or was killed" } as const

export const outcomeInWords = (run: RunRecord): string => IN_WORDS[outcomeOf(run)]
