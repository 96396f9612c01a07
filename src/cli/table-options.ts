import { Effect } from "effect"
import * as Flag from "effect/cli/Flag"
import { readArrow } from "../artifact/read.ts"
import type { TableOptions } from "../render/part.ts"
import type { CliFailure } from "../workspace/failure.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { findArtifact } from "./artifact.ts"

/** How printed tables are set. */
export const tableFlags = {
  published: Flag.Literals("published", ["yes", "no"]).pipe(
    Flag.withDescription("whether the paper's numbers stand beside the run's in printed tables (default: yes)"),
    Flag.withDefault("yes" as const)
  ),
  beside: Flag.String("beside").pipe(
    Flag.withMetavar("RUN"),
    Flag.withDescription("puts the tables of another run beside this one, in the place of the paper's numbers"),
    Flag.withDefault("")
  ),
  align: Flag.Literals("align", ["dcolumn", "siunitx"]).pipe(
    Flag.withDescription("the LaTeX package that sets decimal points under one another (default: dcolumn)"),
    Flag.withDefault("dcolumn" as const)
  )
}
interface TableFlags {
  readonly published: "yes" | "no"
  readonly beside: string
  readonly align: "dcolumn" | "siunitx"
}

/** What the flags ask of a table; `reference` names its node. */
export const tableOptions = (workspace: Workspace, reference: string, { align, beside, published }: TableFlags): Effect.Effect<TableOptions, CliFailure> =>
  Effect.gen(function* () {
    if (beside === "") return { align, published: published === "yes" }
    const there = yield* findArtifact(workspace, reference, beside)
    return { align, beside: { table: readArrow(there.bytes), label: beside } }
  })

/** What is said of pictures with letters that could not be drawn. */
export const noFont = (names: ReadonlyArray<string>): string =>
  `there is no font with Chinese, Japanese and Korean letters here: they are blank in the pictures of ${names.join(", ")}; install Noto Sans CJK, or take .svg`
