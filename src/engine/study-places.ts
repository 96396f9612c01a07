import { Effect } from "effect"
import type { DataSchema } from "../dag/build-graph.ts"
import { buildGraph } from "../dag/build-graph.ts"
import type { Dag } from "../dag/dag.ts"
import { stackPlace } from "./code/stack-place.ts"
import type { Study } from "./study.ts"

/** A line of a file of the study, by the name under which messages call it. */
export interface Place {
  readonly file: string
  readonly line: number
}
/** A data file that decides the study: what `dag.data` calls it, its absolute path, and what it is decoded by. */
export interface DataFile {
  readonly name: string
  readonly file: string
  readonly schema: DataSchema
}
export interface StudyPlaces {
  /** Where dag.ts, or what it imports, places each node. */
  readonly nodes: ReadonlyMap<string, Place>
  /** What `dag.data` reads. */
  readonly dataFiles: ReadonlyArray<DataFile>
}

/** Evaluates a study once more, for what its graph does not say: where each of its nodes is placed, and which data files decide it. */
export const studyPlaces = (study: Study): Effect.Effect<StudyPlaces> =>
  Effect.gen(function* () {
    const { bundle } = yield* study.load
    const { default: dag } = yield* Effect.promise(() => import(bundle) as Promise<{ readonly default: Dag }>)
    const nodes = new Map<string, Place>()
    const dataFiles: Array<DataFile> = []
    buildGraph(dag, {
      directory: study.directory,
      replaced: study.replaced,
      set: study.set,
      reading: () => {},
      decoding: (name, file, schema) => dataFiles.push({ name, file, schema }),
      placing: (node) => {
        const [, file, line] = /^(.*):(\d+):\d+$/.exec(stackPlace(new Error(node)) ?? "") ?? []
        if (file !== undefined && line !== undefined) nodes.set(node, { file, line: Number(line) })
      }
    })
    return { nodes, dataFiles }
  })
