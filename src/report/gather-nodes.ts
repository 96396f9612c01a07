import type { GraphNode } from "../dag/dag.ts"
import { bytesOf, type Path } from "../engine/artifact-bytes.ts"
import { failedBelow, lastFailure } from "../engine/last-failure.ts"
import { type Known, neededFor, planStudy } from "../engine/plan.ts"
import { madeIn, recordedTrace } from "../engine/recorded-trace.ts"
import { failureSentence, inBrief } from "../engine/sentences.ts"
import type { Study } from "../engine/study.ts"
import type { Place } from "../engine/study-places.ts"
import type { NodeRecord, RunRecord } from "../store/runs.ts"
import type { RecordedRead } from "../store/trace.ts"
import type { NodeFacts } from "./facts.ts"

const seedIn = (reads: ReadonlyArray<RecordedRead>): string | undefined => reads.find(({ read }) => read === "seed")?.value

const parsed = (params: string): NodeFacts["params"] => {
  const value: unknown = JSON.parse(params)
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as NodeFacts["params"]) : {}
}

const described = ({ inputs, name, params, stage, outputs }: GraphNode) => ({ name, stage, inputs, outputs, params: parsed(params) })

/** What a node has that was made before and of something else than there is today. */
const ofBefore = (record: NodeRecord | undefined, { traces }: Known, path: Path) =>
  record === undefined
    ? { artifacts: {}, bytes: undefined, made: undefined, ms: undefined, warnings: [], accepted: [], seed: undefined }
    : {
        artifacts: record.artifacts,
        bytes: bytesOf(record.artifacts, path),
        made: madeIn(traces, record),
        ms: recordedTrace(traces, record)?.ms ?? record.ms,
        warnings: record.warnings,
        accepted: recordedTrace(traces, record)?.accepted ?? [],
        seed: seedIn(record.reads)
      }

/** Every node of what a study returns as it is today: fresh, or what it was and why it would be made anew. */
export const nodesToday = (study: Study, known: Known, path: Path, places: ReadonlyMap<string, Place>): ReadonlyArray<NodeFacts> => {
  const nodes = neededFor(study, study.graph.targets)
  const plans = planStudy(study, nodes, known)
  return nodes.map((node): NodeFacts => {
    const plan = plans.get(node.name)!
    const own = { ...described(node), code: study.fingerprint(node.stage), place: places.get(node.name) }
    if (plan.state === "fresh") {
      const { accepted = [], at, ms, outputs, reads, run, warnings } = plan.trace
      const artifacts = Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact]))
      return {
        ...own,
        standing: "fresh",
        why: "",
        artifacts,
        bytes: bytesOf(artifacts, path),
        made: { run, at },
        ms,
        warnings,
        faults: [],
        accepted,
        seed: seedIn(reads)
      }
    }
    const before = known.history.lastOf(study.graph.study, node.name, "good")
    const failure = lastFailure(known.history, study.graph.study, node.name)
    const failures = failedBelow(known.history, study, node).map((one) =>
      one.node === node.name ? failureSentence(one) : `${one.node} ${failureSentence(one)}`
    )
    const standing = failure !== undefined ? "failed" : before === undefined ? (failures.length > 0 ? "blocked" : "missing") : plan.state
    const reasons = before === undefined && failures.length > 0 ? failures : [inBrief(plan.why), ...failures]
    return { ...own, standing, why: reasons.join("; "), faults: failure?.faults ?? [], ...ofBefore(before, known, path) }
  })
}

/** Every node of a study as a run left it; types of outputs are those that the stage of today has. */
export const nodesThen = (study: Study, run: RunRecord, known: Known, path: Path): ReadonlyArray<NodeFacts> => {
  const state = known.history.stateOf(study.graph.study, run.run)
  const types = new Map(study.graph.nodes.map((node) => [node.stage, node.outputs]))
  const today = study.graph.nodes.map(({ name }) => name).filter((name) => state.nodes.has(name))
  return [...new Set([...today, ...state.nodes.keys()])].map((name): NodeFacts => {
    const record = state.nodes.get(name)!.record()
    const { blockedBy = [], code, faults = [], inputs, params, stage } = record
    const outputs = types.get(stage) ?? Object.fromEntries(Object.keys(record.artifacts).map((output) => [output, ""]))
    const good = record.state === "ran" || record.state === "fresh"
    const standing = good ? "fresh" : record.state === "blocked" ? "blocked" : record.state === "failed" ? "failed" : "missing"
    const why = [
      ...faults.map(({ message }) => message),
      ...(blockedBy.length === 0 ? [] : [`${blockedBy.join(", ")} ${record.state === "skipped" ? "was skipped" : "failed"}`])
    ].join("; ")
    return {
      name,
      stage,
      inputs,
      outputs,
      params: parsed(params),
      standing,
      why,
      faults,
      code,
      place: undefined,
      ...ofBefore(good ? record : undefined, known, path)
    }
  })
}
