import { Effect } from "effect"
import * as Flag from "effect/cli/Flag"
import { moment } from "../engine/wording.ts"
import { type Artifact, locateArtifact, readArtifact } from "../workspace/artifact.ts"
import type { CliFailure } from "../workspace/failure.ts"
import { storeOf, type Workspace } from "../workspace/workspace.ts"

/** The artifact of `[study:]node[.output]`: today's, or that of a run. The bytes are verified. */
export const findArtifact = (workspace: Workspace, reference: string, run: string): Effect.Effect<Artifact, CliFailure> =>
  Effect.gen(function* () {
    const located = yield* locateArtifact(workspace.studies, reference, run)
    return { ...located, ...(yield* readArtifact(located.artifact, located.advice)) }
  }).pipe(
    Effect.provide(storeOf(workspace)),
    Effect.tap(() => Effect.sync(() => workspace.remember()))
  )

export const runFlag = Flag.String("run").pipe(
  Flag.withMetavar("RUN"),
  Flag.withDescription("as it was in a run: its name, a part of it, its tag, latest, latest~1"),
  Flag.withDefault("")
)

/** When and where a run's artifact was made. */
export const ageOf = ({ node, past }: Artifact): string =>
  past === undefined
    ? ""
    : `${node} as it was in run ${past.run} (${moment(past.at)}): made ${past.made.run === past.run ? "in it" : `in run ${past.made.run}`}, ${moment(past.made.at)}`
