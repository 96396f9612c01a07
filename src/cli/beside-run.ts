import { Effect } from "effect"
import * as Flag from "effect/cli/Flag"
import { readArrow } from "../artifact/read.ts"
import type { LayoutOptions } from "../render/table/read-printed.ts"
import { findArtifact } from "./artifact.ts"
import type { CliFailure } from "./failure.ts"
import type { Workspace } from "./workspace.ts"

/** What stands beside a printed table's numbers. */
export const besideFlags = {
  published: Flag.Literals("published", ["yes", "no"]).pipe(
    Flag.withDescription("whether the paper's numbers stand beside the run's in printed tables (default: yes)"),
    Flag.withDefault("yes" as const)
  ),
  beside: Flag.String("beside").pipe(
    Flag.withMetavar("RUN"),
    Flag.withDescription("puts the tables of another run beside this one, in the place of the paper's numbers"),
    Flag.withDefault("")
  )
}
export interface BesideFlags {
  readonly published: "yes" | "no"
  readonly beside: string
}

/** What the flags put beside a table; `reference` names its node. */
export const besideOf = (workspace: Workspace, reference: string, { beside, published }: BesideFlags): Effect.Effect<LayoutOptions, CliFailure> =>
  Effect.gen(function* () {
    if (beside === "") return { published: published === "yes" }
    const there = yield* findArtifact(workspace, reference, beside)
    return { beside: { table: readArrow(there.bytes), label: beside } }
  })
