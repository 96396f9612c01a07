import { Context, type Effect } from "effect"
import type { Installation, Study } from "../../engine/study.ts"
import type { CliError, CliFailure } from "../../workspace/failure.ts"
import type { SharedFlags, Workspace } from "../../workspace/workspace.ts"

/** The studies that the studio was opened with, as they are today. */
export class Studies extends Context.Service<
  Studies,
  {
    /** As the command line that opened the studio named them. */
    readonly flags: SharedFlags
    readonly installation: Installation
    readonly readOnly: boolean
    readonly cache: string
    /** Where results of queries are written, to be fetched. */
    readonly results: string
    /** Loaded anew when something that decides them changed; while they cannot be read, as they were when they last could. Fails with all that is wrong where they never could. */
    readonly workspace: Effect.Effect<Workspace, CliFailure>
    /** All that is wrong with the studies as they stand today. */
    readonly unreadable: Effect.Effect<ReadonlyArray<CliError>>
    /** The study of a name. */
    /** A module was imported, which this thread cannot let go of. */
    readonly imported: () => void
    readonly study: (name: string) => Effect.Effect<Study, CliFailure>
  }
>()("sediment/studio/Studies") {}
