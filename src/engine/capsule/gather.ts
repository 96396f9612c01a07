import { extname } from "node:path"
import { Effect, Schema } from "effect"
import type { TableSummary } from "../../artifact/hash.ts"
import { type GraphNode, isFiles, isList, upstreamOf, type Wire } from "../../dag/dag.ts"
import type { StoreFailure } from "../../store/failure.ts"
import { ObjectStore } from "../../store/objects.ts"
import { fileName } from "../file-name.ts"
import { folderFaults } from "../folders.ts"
import { type Known, type NodePlan, neededFor, nodeSeed, planStudy } from "../plan.ts"
import type { SourceContent } from "../source-content.ts"
import { Faults, type Study } from "../study.ts"
import { CAPSULE, type Capsule, type CapsuleInput } from "./capsule.ts"

/** A node's inputs are not there as they must be for it to run: what is wrong with each, and what to do. */
export class InputsNotReady extends Schema.TaggedError<InputsNotReady>()("InputsNotReady", {
  /** An artifact was found to be damaged, or gone; or else something has yet to be done. */
  damaged: Schema.Boolean,
  faults: Faults
}) {
  override get message(): string {
    return this.faults.map((fault) => fault.message).join("\n")
  }
}

type ToType = (command: "run" | "debug", node: string) => string

export interface Gathered {
  readonly capsule: Capsule
  readonly state: NodePlan["state"]
  /** The content of each input's file. */
  readonly files: ReadonlyMap<string, SourceContent>
  /** What is known of the inputs that are tables, by file. */
  readonly summaries: ReadonlyMap<string, TableSummary>
}

/** Takes together what a node runs on. Changes nothing. `toType`: the command that runs a node, or takes it apart, as its reader would type it. */
export const gather = (study: Study, node: GraphNode, known: Known, toType: ToType): Effect.Effect<Gathered, InputsNotReady | StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const plans = planStudy(study, neededFor(study, [node.name]), known)
    const waiting = upstreamOf(node).filter((name) => plans.get(name)!.state !== "fresh")
    if (waiting.length > 0) return yield* new InputsNotReady({ damaged: false, faults: waiting.map((name) => notUpToDate(study, node, name, known, toType)) })

    const files = new Map<string, SourceContent>()
    const summaries = new Map<string, TableSummary>()
    const faults: Array<(typeof Faults.Type)[number]> = []
    let damaged = false
    const take = (name: string, wire: Wire): Effect.Effect<CapsuleInput, StoreFailure> =>
      Effect.gen(function* () {
        if ("source" in wire) {
          const file = `${CAPSULE.inputs}/${name}${extname(wire.source)}`
          const source = yield* study.readSource(wire.source)
          if (source === undefined)
            faults.push({ code: "missing-file", message: `there is no file ${wire.source} that can be read: put it there`, where: { file: wire.source } })
          else files.set(file, source.content)
          return { kind: "file", path: wire.source, note: source?.note, file }
        }
        const file = `${CAPSULE.inputs}/${name}.arrow`
        const plan = plans.get(wire.node)!
        const traced = plan.state === "fresh" ? plan.trace.outputs[wire.output]! : undefined
        const lost = ({ _tag, message }: { readonly _tag: string; readonly message: string }) => {
          damaged = true
          faults.push({ code: _tag, message: `${message}; ${toType("run", wire.node)} makes it again`, where: { node: wire.node } })
          return Effect.void
        }
        const bytes = yield* objects.get(traced!.artifact).pipe(Effect.catchTags({ ObjectMissing: lost, ObjectDamaged: lost }))
        if (bytes !== undefined) files.set(file, { bytes })
        summaries.set(file, traced!.summary)
        return { kind: "table", node: wire.node, output: wire.output, file }
      })

    const inputs: Record<string, CapsuleInput | ReadonlyArray<CapsuleInput>> = {}
    for (const [name, wired] of Object.entries(node.inputs)) {
      const list: ReadonlyArray<Wire> | undefined = isFiles(wired) ? wired.files : isList(wired) ? wired : undefined
      inputs[name] =
        list === undefined ? yield* take(fileName(name), wired as Wire) : yield* Effect.forEach(list, (wire, i) => take(`${fileName(name)}[${i}]`, wire))
    }
    faults.push(...folderFaults(node, study.directory, study.file))
    if (faults.length > 0) return yield* new InputsNotReady({ damaged, faults })

    const plan = plans.get(node.name)!
    const outputs = plan.state === "fresh" ? plan.trace.outputs : {}
    const capsule: Capsule = {
      version: 1,
      study: study.graph.study,
      node: node.name,
      stage: node.stage,
      code: study.fingerprint(node.stage),
      params: JSON.parse(node.params),
      seed: nodeSeed(study.graph.seed, node),
      inputs,
      artifacts: Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact]))
    }
    return { capsule, state: plan.state, files, summaries }
  })

const notUpToDate = (study: Study, node: GraphNode, input: string, known: Known, toType: ToType): (typeof Faults.Type)[number] => {
  const failed = known.history.lastOf(study.graph.study, input, "any")?.state === "failed"
  const first = failed ? `it failed when it last ran, so look into that first: ${toType("debug", input)}` : `first: ${toType("run", input)}`
  return { code: "stale-input", message: `${node.name} rests on ${input}, which is not up to date; ${first}`, where: { node: input } }
}
