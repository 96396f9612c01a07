import { Effect } from "effect"
import { isCompanion } from "../../../artifact/column.ts"
import { bytesOf } from "../../../engine/artifact-bytes.ts"
import { planStudy } from "../../../engine/plan.ts"
import { recordedTrace } from "../../../engine/recorded-trace.ts"
import { ObjectStore } from "../../../store/objects.ts"
import { known } from "../../../workspace/workspace.ts"
import type { ListedArtifact } from "../../messages/artifact-origin.ts"
import { Studies } from "../studies.ts"

/** Every output of a study's nodes: what is known of it without opening it. */
export const listedArtifacts = (name: string) =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(name)
    const store = yield* known
    const { path } = yield* ObjectStore
    const plans = planStudy(study, study.graph.nodes, store)
    return study.graph.nodes.flatMap((node) => {
      const plan = plans.get(node.name)!
      const before = plan.state === "fresh" ? undefined : store.history.lastOf(name, node.name, "good")
      const trace = plan.state === "fresh" ? plan.trace : before && recordedTrace(store.traces, before)
      return Object.entries(node.outputs).map(([output, type]): ListedArtifact => {
        const artifact = trace?.outputs[output]?.artifact ?? before?.artifacts[output]
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
    })
  })
