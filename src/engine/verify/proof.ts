import type { Trace } from "../../store/trace.ts"
import { cameOutTheSame, type Rerun } from "./rerun.ts"

/** The trace of an accepted node that was executed and came out the same, with that said of its acceptance; undefined where there is nothing (more) to say. */
export const provedTrace = (result: Rerun, proved: { readonly run: string; readonly at: number }): Trace | undefined => {
  const { accepted, at, code, ms, outputs, params, reads, run, warnings } = result.trace
  const last = accepted?.at(-1)
  if (accepted === undefined || last === undefined || last.proved !== undefined || !cameOutTheSame(result)) return undefined
  return { at, code, ms, outputs, params, reads, run, warnings, accepted: [...accepted.slice(0, -1), { ...last, proved }] }
}
