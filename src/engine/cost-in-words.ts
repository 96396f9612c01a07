import type { Prediction } from "./predict.ts"
import { count, duration } from "./wording.ts"

/** "1 node will run, about 0.4 s of work; up to 12 more may follow, about 3 s: …"; nothing where all is fresh. */
export const costInWords = (stale: number, unknown: number, prediction: Prediction | undefined): string | undefined => {
  if (prediction === undefined || stale + unknown === 0) return undefined
  const { ms, untimed, upTo } = prediction
  const about = (nodes: number, without: number, time: number): string => {
    if (nodes === without) return "for how long is not known, since nothing like it has run"
    return `about ${duration(time)} of work${without === 0 ? "" : ` and ${count(without, "node")} of which nothing like it has run`}`
  }
  const runs = stale === 0 ? "" : `${count(stale, "node")} will run, ${about(stale, untimed.stale, ms)}`
  const follows =
    unknown === 0
      ? ""
      : `${stale === 0 ? "up to" : "; up to"} ${unknown} more may follow, ${about(unknown, untimed.unknown, upTo - ms)}: any of them is cut off if what it reads comes out the same`
  return `${runs}${follows}`
}
