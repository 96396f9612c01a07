import { Effect } from "effect"
import { isCompanion } from "../../../artifact/column.ts"
import { bytesOf } from "../../../engine/artifact-bytes.ts"
import { ObjectStore } from "../../../store/objects.ts"
import type { ListedArtifact } from "../../messages/artifact-origin.ts"
import { studyToday } from "../today/study-today.ts"

/** Every output of a study's nodes: what is known of it without opening it. */
export const listedArtifacts = (name: string) =>
  Effect.gen(function* () {
    const { nodes } = yield* studyToday(name)
    const { path } = yield* ObjectStore
    return [...nodes.values()].flatMap(({ artifacts, before, node, plan, trace }) =>
      Object.entries(node.outputs).map(([output, type]): ListedArtifact => {
        const artifact = artifacts[output]
        const summary = trace?.outputs[output]?.summary
        const bytes = artifact === undefined ? undefined : bytesOf({ artifact }, path)
        const at = trace?.at ?? before?.at
        return {
          node: node.name,
          output,
          type,
          stage: node.stage,
          state: plan.state === "fresh" ? "fresh" : artifact === undefined || bytes === undefined ? "none" : "stale",
          ...(summary === undefined ? {} : { rows: summary.rows, columns: summary.columns.filter((column) => !isCompanion(column.name)).length }),
          ...(bytes === undefined ? {} : { bytes }),
          ...(at === undefined ? {} : { at })
        }
      })
    )
  })
