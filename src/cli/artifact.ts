import { Effect } from "effect"
import type { Fault } from "../dag/stage.ts"
import { neededFor, planStudy } from "../engine/plan.ts"
import { inBrief } from "../engine/sentences.ts"
import { ObjectStore } from "../store/objects.ts"
import { CliFailure, usage } from "./document.ts"
import type { NodeReference } from "./node-reference.ts"
import { known } from "./workspace.ts"

/** A node's artifact: today's where it is fresh, or else the one of before with why it is stale. The bytes are verified. */
export const findArtifact = ({ study, node, output }: NodeReference & { readonly output: string }) =>
  Effect.gen(function* () {
    const store = yield* known
    const objects = yield* ObjectStore
    const plan = planStudy(study, neededFor(study, [node.name]), store).get(node.name)!
    const before = store.history.lastOf(study.graph.study, node.name, "good")
    const artifact = plan.state === "fresh" ? plan.trace.outputs[output]?.artifact : before?.artifacts[output]
    if (artifact === undefined) return yield* usage("never-ran", `${node.name} has no artifact yet: sediment run ${node.name}`)
    const bytes = yield* objects.get(artifact).pipe(
      Effect.mapError(({ _tag, message }) => {
        const advice = _tag === "StoreFailure" ? "" : `; sediment run ${study.graph.study}:${node.name} makes it again`
        return new CliFailure({ exitCode: 1, errors: [{ code: _tag, message: `${message}${advice}`, where: { path: objects.path(artifact) } }] })
      })
    )
    const warnings: ReadonlyArray<Fault> = plan.state === "fresh" ? plan.trace.warnings : (before?.warnings ?? [])
    return { artifact, bytes, path: objects.path(artifact), warnings, stale: plan.state === "fresh" ? undefined : inBrief(plan.why) }
  })
