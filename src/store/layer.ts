import { Layer } from "effect"
import type { StoreFailure } from "./failure.ts"
import { ObjectStore } from "./objects.ts"
import { RunHistory } from "./runs.ts"
import { RunLog, TraceLog } from "./segment-log.ts"
import { TraceIndex } from "./traces.ts"

export type Store = ObjectStore | TraceIndex | RunHistory | TraceLog | RunLog

/** The store in a cache folder. Nothing is written, and no folder made, before the first object or record. `run` names this process's segments of the logs. */
export const storeLayer = (cache: string, run: string): Layer.Layer<Store, StoreFailure> =>
  RunHistory.layer.pipe(
    Layer.provideMerge(TraceIndex.layer),
    Layer.provideMerge(Layer.mergeAll(ObjectStore.layer(cache), TraceLog.layer(cache, run), RunLog.layer(cache, run)))
  )
