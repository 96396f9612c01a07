import { Effect } from "effect"
import type { ObjectStore } from "../../../store/objects.ts"
import { readArtifact } from "../../../workspace/artifact.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import { OpenedTable, OpenedTables } from "./opened-table.ts"

const opened = new OpenedTables()

/** An artifact by its name, opened; its bytes are verified the first time. */
export const tableOf = (
  sha256: string,
  advice = { missing: ": gc has freed it, or somebody deleted it", damaged: "; a run makes it again" }
): Effect.Effect<OpenedTable, CliFailure, ObjectStore> =>
  Effect.suspend(() => {
    const known = opened.get(sha256)
    if (known !== undefined) return Effect.succeed(known)
    return Effect.map(readArtifact(sha256, advice), ({ bytes }) => opened.add(new OpenedTable(sha256, bytes)))
  })
