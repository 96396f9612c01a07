import { Layer } from "effect"
import type { StoreFailure } from "./failure.ts"
import { ObjectStore } from "./objects.ts"
import { RunHistory } from "./runs.ts"
import { RunLog, TraceLog } from "./segment-log.ts"
import { TraceIndex } from "./traces.ts"

export type StoreFiles = ObjectStore | TraceLog | RunLog
export type Store = StoreFiles | TraceIndex | RunHistory

/** The files of a cache folder. Nothing is read before it is asked for; nothing is written, and no folder made, before the first object or record. `run` names this process's segments of the logs. */
export const storeFiles = (cache: string, run: string): Layer.Layer<StoreFiles> =>
  Layer.mergeAll(ObjectStore.layer(cache), TraceLog.layer(cache, run), RunLog.layer(cache, run))

/** What the logs say, read. */
export const storeIndexes: Layer.Layer<TraceIndex | RunHistory, StoreFailure, StoreFiles> = RunHistory.layer.pipe(Layer.provideMerge(TraceIndex.layer))

/** The store in a cache folder, read. */
export const storeLayer = (cache: string, run: string): Layer.Layer<Store, StoreFailure> => storeIndexes.pipe(Layer.provideMerge(storeFiles(cache, run)))
