import type { Effect } from "effect"
import type { CliFailure } from "../../workspace/failure.ts"
import type { Guarded } from "./guard.ts"
import type { Announcements } from "./live/announcements.ts"
import type { OnceOnly } from "./once-only.ts"
import type { PageFile } from "./page-files.ts"
import type { Thread } from "./thread.ts"

/** What the server answers from. */
export interface Sources {
  readonly guarded: Guarded
  readonly once: OnceOnly
  readonly readOnly: boolean
  readonly files: ReadonlyMap<string, PageFile>
  readonly announcements: Announcements
  /** The folder of results of queries. */
  readonly results: string
  /** The thread that a question is for. */
  readonly threadFor: (question: string) => Pick<Thread, "ask">
  /** What is answered here, where runs are followed. */
  readonly here: Readonly<Record<string, (asked: never) => Effect.Effect<unknown, CliFailure>>>
}
