import { Effect } from "effect"
import type { WiredInput } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import { failedBelow } from "../engine/last-failure.ts"
import { neededFor, planStudy } from "../engine/plan.ts"
import { madeIn, recordedTrace } from "../engine/recorded-trace.ts"
import { failureSentence, inBrief } from "../engine/sentences.ts"
import type { Study } from "../engine/study.ts"
import { nodeIn } from "../engine/time-travel.ts"
import { ObjectStore } from "../store/objects.ts"
import type { NodeRecord, RunHistory, StudyState } from "../store/runs.ts"
import type { Acceptance, RecordedRead } from "../store/trace.ts"
import type { TraceIndex } from "../store/traces.ts"
import { toType } from "./command-to-type.ts"
import { CliFailure, usage } from "./failure.ts"
import { runsOf } from "./history.ts"
import { findNode, findOutput, type NodeReference, referenceTo, theOutput } from "./node-reference.ts"
import { findRun } from "./run-reference.ts"
import { known } from "./workspace.ts"

/** What an artifact was made of, and when. */
export interface Making {
  readonly stage: string
  readonly code: string
  /** Canonical text. */
  readonly params: string
  readonly inputs: Readonly<Record<string, WiredInput>>
  readonly reads: ReadonlyArray<RecordedRead>
  /** The run that made it, when, and how long that took. */
  readonly run: string
  readonly at: number
  readonly ms: number
}

/** Which object an artifact is. */
export interface LocatedArtifact {
  readonly study: string
  readonly node: string
  readonly output: string
  /** Its table type's name; "" where it is not known. */
  readonly type: string
  /** The outputs that the node had beside it, with their types. */
  readonly outputs: Readonly<Record<string, string>>
  readonly artifact: string
  readonly made: Making
  /** By which words it came to stand for what later code would make. */
  readonly accepted: ReadonlyArray<Acceptance>
  readonly warnings: ReadonlyArray<Fault>
  /** Why the node would be made anew. */
  readonly stale: string | undefined
  /** Where it is that of a run: that run, and the one that made it. */
  readonly past: { readonly run: string; readonly at: number; readonly made: { readonly run: string; readonly at: number } } | undefined
  /** What to do where the object cannot be read. */
  readonly advice: { readonly missing: string; readonly damaged: string }
}

/** An artifact, found and verified. */
export interface Artifact extends LocatedArtifact {
  readonly bytes: Uint8Array<SharedArrayBuffer>
  readonly path: string
}

const makingOf = (traces: TraceIndex["Service"], record: NodeRecord): Making => {
  const { at, run } = madeIn(traces, record)
  const ms = record.state === "fresh" ? (recordedTrace(traces, record)?.ms ?? record.ms) : record.ms
  const { code, inputs, params, reads, stage } = record
  return { stage, code, params, inputs, reads, run, at, ms }
}

/** Reads an object and says what to do where it cannot be read. */
export const readArtifact = (artifact: string, advice: LocatedArtifact["advice"]) =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const path = objects.path(artifact)
    const bytes = yield* objects.get(artifact).pipe(
      Effect.mapError(
        ({ _tag, message }) =>
          new CliFailure({
            exitCode: 1,
            errors: [
              { code: _tag, message: `${message}${_tag === "StoreFailure" ? "" : _tag === "ObjectMissing" ? advice.missing : advice.damaged}`, where: { path } }
            ]
          })
      )
    )
    return { bytes, path }
  })

/** A node's artifact: today's where it is fresh, or else the one of before with why it is stale. */
const todaysArtifact = (studies: ReadonlyArray<Study>, { node, output, study }: NodeReference & { readonly output: string }) =>
  Effect.gen(function* () {
    const store = yield* known
    const plan = planStudy(study, neededFor(study, [node.name]), store).get(node.name)!
    const before = store.history.lastOf(study.graph.study, node.name, "good")
    const toMake = toType("run", referenceTo(studies, study.graph.study, node.name))
    const artifact = plan.state === "fresh" ? plan.trace.outputs[output]?.artifact : before?.artifacts[output]
    const failed = plan.state === "fresh" ? [] : failedBelow(store.history, study, node).map((one) => `${one.node} ${failureSentence(one)}`)
    if (artifact === undefined) {
      const why = failed.map((one) => `\n  ${one}`).join("")
      return yield* usage("never-ran", `${node.name} has no artifact yet${why === "" ? ": " : `, since${why}\nmend that, then: `}${toMake}`)
    }
    const advice = `; ${toMake} makes it again`
    const today = (): Making => {
      if (plan.state !== "fresh") return makingOf(store.traces, before!)
      const { at, code, ms, reads, run } = plan.trace
      return { stage: node.stage, params: node.params, inputs: node.inputs, code, reads, run, at, ms }
    }
    return {
      study: study.graph.study,
      node: node.name,
      output,
      type: node.outputs[output]!,
      outputs: node.outputs,
      artifact,
      made: today(),
      accepted: (plan.state === "fresh" && plan.trace.accepted) || [],
      warnings: plan.state === "fresh" ? plan.trace.warnings : (before?.warnings ?? []),
      stale: plan.state === "fresh" ? undefined : [inBrief(plan.why), ...failed].join("; "),
      past: undefined,
      advice: { missing: advice, damaged: advice }
    } satisfies LocatedArtifact
  })

/** The nodes of a study by what was recorded of them in a run, beside those that it has today. */
const nodesThen = (study: Study, state: StudyState) => {
  const today = new Map(study.graph.nodes.map((node) => [node.name, node]))
  const types = new Map(study.graph.nodes.map((node) => [node.stage, node.outputs]))
  const nodes = [...new Set([...state.nodes.keys(), ...today.keys()])].map((name) => {
    const record = state.nodes.get(name)?.record()
    const outputs = Object.keys(record?.artifacts ?? {})
    const known = (record && types.get(record.stage)) ?? today.get(name)?.outputs ?? {}
    return { name, outputs: outputs.length === 0 ? known : Object.fromEntries(outputs.map((output) => [output, known[output] ?? ""])) }
  })
  return { graph: { study: study.graph.study, nodes } }
}

/** A node's artifact as it was in a run, or why it had none then. */
const pastArtifact = (studies: ReadonlyArray<Study>, reference: string, runReference: string) =>
  Effect.gen(function* () {
    const { history, traces } = yield* known
    const names = new Set(studies.map((study) => study.graph.study))
    const run = yield* findRun(
      runReference,
      runsOf(history, (study) => names.has(study))
    )
    const one = yield* findNode(
      studies.map((study) => nodesThen(study, history.stateOf(study.graph.study, run.run))),
      reference
    )
    const { name } = one.node
    const { study } = one.study.graph
    const where = { run: run.run, study, node: name }
    const past = nodeIn(history, run, study, name)
    const none = (code: string, why: string) => usage(code, `${name} has no artifact in run ${run.run}: ${why}`, where)
    if (past.found === "not-looked-at") return yield* none("not-looked-at", `that run did not look at it; it was: ${run.command.join(" ")}`)
    if (past.found === "cancelled") return yield* none("cancelled-then", "that run was interrupted before it came to it")
    if (past.found === "unfinished") return yield* none("unfinished", "that run goes on, or was killed, and wrote nothing of it")
    if (past.found === "absent") return yield* none("no-node-then", "the study had no such node then")
    const { record } = past
    if (record.state === "failed") return yield* none("failed-then", `it failed: ${(record.faults ?? []).map(({ message }) => message).join("; ")}`)
    if (record.state === "blocked") return yield* none("blocked-then", `it was blocked, since ${(record.blockedBy ?? []).join(", ")} failed`)
    if (record.state === "skipped") return yield* none("skipped-then", "it was skipped: a program that it, or what it rests on, is run by was not there")
    const { output } = yield* theOutput(one, reference)
    const made = makingOf(traces, record)
    return {
      study,
      node: name,
      output,
      type: one.node.outputs[output]!,
      outputs: one.node.outputs,
      artifact: record.artifacts[output]!,
      made,
      accepted: recordedTrace(traces, record)?.accepted ?? [],
      warnings: record.warnings,
      stale: undefined,
      past: { run: run.run, at: run.at, made: { run: made.run, at: made.at } },
      advice: {
        missing: `: gc has freed it since run ${run.run}, or somebody deleted it; running the study as it was then makes it again`,
        damaged: "; running the study as it was then makes it again"
      }
    } satisfies LocatedArtifact
  })

/** The artifact of `[study:]node[.output]`: today's, or that of a run (`""`: today's). No object is read. */
export const locateArtifact = (
  studies: ReadonlyArray<Study>,
  reference: string,
  run: string
): Effect.Effect<LocatedArtifact, CliFailure, ObjectStore | TraceIndex | RunHistory> =>
  run === "" ? Effect.flatMap(findOutput(studies, reference), (found) => todaysArtifact(studies, found)) : pastArtifact(studies, reference, run)
