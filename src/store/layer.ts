import { Layer } from "effect"
import type { StoreFailure } from "./failure.ts"
import { ObjectStore } from "./objects.ts"
import { RunHistory } from "./runs.ts"
import { SegmentLog } from "./segment-log.ts"
import { TraceIndex } from "./traces.ts"

/** The store in a cache folder. Nothing is written, and no folder made, before the first object or record. `run` names this process's segment of the log. */
export const storeLayer = (cache: string, run: string): Layer.Layer<ObjectStore | TraceIndex | RunHistory | SegmentLog, StoreFailure> =>
  Layer.mergeAll(TraceIndex.layer, RunHistory.layer).pipe(Layer.provideMerge(Layer.mergeAll(ObjectStore.layer(cache), SegmentLog.layer(cache, run))))
