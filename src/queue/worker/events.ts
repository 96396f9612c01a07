import type { Presence } from "../presence.ts"

/** Why a worker ends. */
export type Ending = "idle" | "time" | "asked" | "replaced"

export type WorkerEvent =
  | ({ readonly event: "listening" } & Presence)
  | {
      readonly event: "began" | "failed" | "finished"
      readonly node: string
      readonly stage: string
      readonly ms: number
      readonly faults: ReadonlyArray<string>
    }
  | { readonly event: "trouble"; readonly message: string }
  | { readonly event: "ending"; readonly why: Ending; readonly done: number; readonly now: number }
