import type { StudyRecord } from "../../../store/runs.ts"
import { outcomeOf } from "../../../workspace/outcome.ts"
import { type LayerState, layerStates, type Stratum } from "../../messages/time/strata.ts"
import { commandOf, shortCommandOf } from "./command-of.ts"
import { type Records, type RunWork, worksOf } from "./run-work.ts"
import type { StudyRun } from "./study-runs.ts"

/** Edits of a run that are told with it. */
const TOLD = 3

const layersOf = (own: StudyRecord, work: RunWork): ReadonlyArray<number> => {
  const counts = new Map<LayerState, number>()
  for (const { state } of work.touched) counts.set(state, (counts.get(state) ?? 0) + 1)
  counts.set("fresh", Math.max(0, own.nodes - work.touched.length) + (counts.get("fresh") ?? 0))
  return layerStates.map((state) => counts.get(state) ?? 0)
}

/** What is told of a run in a line, without what it did. */
export const headOf = ({ own, run }: StudyRun, tags: ReadonlyMap<string, string>) => {
  const tag = tags.get(run.run)
  return { run: run.run, study: own.study, at: run.at, outcome: outcomeOf(run), ...(tag === undefined ? {} : { tag }) }
}

/** A run as a stratum. */
export const stratumOf = (tags: ReadonlyMap<string, string>, one: StudyRun, work: RunWork): Stratum => {
  const { own, run } = one
  return {
    ...headOf(one, tags),
    ...(run.ms === undefined ? {} : { ms: run.ms }),
    ...(run.memory === undefined ? {} : { memory: run.memory }),
    command: commandOf(run),
    shortCommand: shortCommandOf(run),
    variant: own.variant,
    nodes: own.nodes,
    layers: layersOf(own, work),
    shared: work.shared,
    edits: work.edits.slice(0, TOLD),
    editsInAll: work.edits.length,
    ofFile: work.ofFile
  }
}

/** Runs as strata, newest first as they are given. */
export const strataOf = (from: Records, runs: ReadonlyArray<StudyRun>): ReadonlyArray<Stratum> => {
  const tags = from.history.tags()
  const works = worksOf(from, runs)
  return runs.map((one, i) => stratumOf(tags, one, works[i]!))
}
