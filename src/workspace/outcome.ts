import { isAlive } from "../store/process-mark.ts"
import type { RunRecord } from "../store/runs.ts"

type Outcome = "ok" | "failed" | "interrupted" | "running" | "killed" | "unfinished"

/** How a run ended. One that never said so goes on, or was killed: which of them is known where its process can be seen from here. */
export const outcomeOf = ({ ok, process, states = {} }: RunRecord): Outcome => {
  if (ok === undefined) {
    const alive = process && isAlive(process)
    return alive === undefined ? "unfinished" : alive ? "running" : "killed"
  }
  if (ok) return "ok"
  return (states.failed ?? 0) > 0 ? "failed" : "interrupted"
}

const IN_WORDS = {
  ok: "ok",
  failed: "failed",
  interrupted: "interrupted",
  running: "goes on",
  killed: "was killed",
  unfinished: "goes on, or was killed"
} as const

export const outcomeInWords = (run: RunRecord): string => IN_WORDS[outcomeOf(run)]
