import type { Layer } from "effect"
import type { StoreFailure } from "./failure.ts"
import type { ObjectStore } from "./objects.ts"
import type { RunHistory } from "./runs.ts"
import type { TraceIndex } from "./traces.ts"

/** The store in a cache folder. Nothing is written, and no folder made, before the first object or record. `run` names this process's segment of the log. */
export declare const storeLayer: (cache: string, run: string) => Layer.Layer<ObjectStore | TraceIndex | RunHistory, StoreFailure>
