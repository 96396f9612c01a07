import { folderLabel, type GraphNode, isFiles } from "../../../dag/dag.ts"
import { bytesOf, type Path } from "../../../engine/artifact-bytes.ts"
import { type Known, type NodePlan, neededFor, planStudy, warningsIn } from "../../../engine/plan.ts"
import { predict } from "../../../engine/predict.ts"
import type { Reason } from "../../../engine/reasons.ts"
import { failureSentence, sentence } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import { changedFiles, touchedBy } from "../../../engine/touched.ts"
import type { NodeRecord } from "../../../store/runs.ts"
import type { StudyGraph } from "../../messages/graph.ts"
import { disturbedIn } from "./disturbed.ts"
import { edgesOf } from "./edges.ts"
import { layersOf } from "./layers.ts"
import { Numbered } from "./numbered.ts"
import { type Stands, standings, wouldRun } from "./standing.ts"

/** Of a node, so many reasons are told with the whole graph; the rest is told of the node itself. */
const TOLD = 3

const whyOf = (plan: NodePlan): ReadonlyArray<Reason> => (plan.state === "fresh" ? [] : plan.why)

/** What is told of a node besides its name: what it took or is expected to take, its size, and why it is not fresh. */
const facts = (
  plan: NodePlan,
  { failure, hindered, state }: Stands,
  before: NodeRecord | undefined,
  expected: number | undefined,
  texts: Numbered,
  path: Path
) => {
  if (plan.state === "fresh") {
    const { at, ms, outputs, run } = plan.trace
    const bytes = bytesOf(Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact])), path)
    const warnings = warningsIn(plan).length
    return { state, ms, at, run: texts.number(run), ...(bytes === undefined ? {} : { bytes }), ...(warnings === 0 ? {} : { warnings }) }
  }
  const touched = plan.state === "stale" ? touchedBy(plan.why) : []
  const bytes = before === undefined ? undefined : bytesOf(before.artifacts, path)
  const why = [...(failure === undefined ? [] : [`it ${failureSentence(failure)}`]), ...plan.why.slice(0, TOLD).map((reason) => sentence(reason))]
  return {
    state,
    why: why.map((text) => texts.number(text)),
    // What cannot run is not due either.
    ...(state === plan.state || hindered.length > 0 ? {} : { plan: plan.state }),
    ...(touched.length === 0 ? {} : { touched }),
    ...(expected === undefined ? {} : { ms: expected }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(before === undefined || before.warnings.length === 0 ? {} : { warnings: before.warnings.length })
  }
}

/** Files, and folders with the number of theirs, that are not what they were when they were read. */
const filesToday = (study: Study, files: ReadonlyArray<string>, nodes: ReadonlyArray<GraphNode>, plans: ReadonlyMap<string, NodePlan>): StudyGraph["files"] => {
  const changed = new Map<string, "edited">()
  const inside = new Map<string, number>()
  for (const node of nodes) {
    const why = whyOf(plans.get(node.name)!)
    for (const file of changedFiles(node, why)) if (!changed.has(file)) changed.set(file, "edited")
    for (const wired of Object.values(node.inputs)) if (isFiles(wired) && wired.folder !== undefined) inside.set(folderLabel(wired.folder), wired.files.length)
  }
  return files.map((path) => {
    const count = inside.get(path)
    const isMissing = count === undefined && study.source(path).sha256 === "absent"
    return { path, state: isMissing ? "missing" : (changed.get(path) ?? "source"), ...(count === undefined ? {} : { files: count }) }
  })
}

/** A study's DAG with what a run would do today: of what it returns, or (`all`) of all that stands in it. Changes nothing. */
export const graphToday = (study: Study, all: boolean, known: Known, path: Path): StudyGraph => {
  const { nodes: every, study: name, targets } = study.graph
  const returned = neededFor(study, targets)
  const nodes = all ? every : returned
  const plans = planStudy(study, nodes, known)
  const stands = standings(study, nodes, plans, known)
  const prediction = predict(study, new Map([...plans].filter(([node]) => wouldRun(stands.get(node)!))), known.history)
  const before = new Map(
    nodes.flatMap((node) => (plans.get(node.name)!.state === "fresh" ? [] : [[node.name, known.history.lastOf(name, node.name, "good")] as const]))
  )
  const readsOf = (node: string) => {
    const plan = plans.get(node)!
    return (plan.state === "fresh" ? plan.trace.reads : before.get(node)?.reads)?.map(({ read }) => read)
  }
  const { edges, files, readings } = edgesOf(nodes, readsOf)
  const { layers, of: layerOf } = layersOf(nodes)
  const texts = new Numbered()
  const isTarget = new Set(targets)
  return {
    study: name,
    nodes: nodes.map((node, i) => ({
      name: node.name,
      stage: node.stage,
      layer: layerOf[i]!,
      ...facts(plans.get(node.name)!, stands.get(node.name)!, before.get(node.name), prediction.nodes.get(node.name), texts, path),
      ...(isTarget.has(node.name) ? { target: true } : {})
    })),
    files: filesToday(study, files, nodes, plans),
    edges,
    readings,
    texts: texts.all,
    layers,
    disturbed: disturbedIn(nodes, plans, { before, recordOf: (node) => known.history.lastOf(name, node, "good") }, stands, prediction),
    others: every.length - returned.length
  }
}
