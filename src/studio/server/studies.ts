import { Context, type Effect } from "effect"
import type { Installation, Study } from "../../engine/study.ts"
import type { CliFailure } from "../../workspace/failure.ts"
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
    /** Loaded anew when something that decides them changed; fails with all that is wrong with them. */
    readonly workspace: Effect.Effect<Workspace, CliFailure>
    /** The study of a name. */
    readonly study: (name: string) => Effect.Effect<Study, CliFailure>
  }
>()("sediment/studio/Studies") {}
