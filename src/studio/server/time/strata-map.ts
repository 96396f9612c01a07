import { layerStates } from "../../messages/time/strata.ts"
import { type Records, worksOf } from "./run-work.ts"
import { headOf } from "./strata-rows.ts"
import type { StudyRun } from "./study-runs.ts"

/** Which of some runs touched which nodes. Nodes stand as their records do, oldest run first: inputs before what reads them. */
export const strataMap = (from: Records, all: ReadonlyArray<StudyRun>, start: number, count: number) => {
  const runs = all.slice(start, start + count)
  const tags = from.history.tags()
  const nodes = new Map<string, number>()
  const position = (name: string): number => {
    let at = nodes.get(name)
    if (at === undefined) nodes.set(name, (at = nodes.size))
    return at
  }
  const touched = [...worksOf(from, runs)]
    .reverse()
    .map((own) => own.touched.flatMap(({ node, state }) => [position(node), layerStates.indexOf(state)]))
    .reverse()
  return { from: start, total: all.length, runs: runs.map((one) => headOf(one, tags)), nodes: [...nodes.keys()], touched }
}
