import { folderLabel, isFiles } from "../../../dag/dag.ts"
import { bytesOf, type Path } from "../../../engine/artifact-bytes.ts"
import { type Edit, editsBehind, type LinkOf } from "../../../engine/chain.ts"
import { costInWords } from "../../../engine/cost-in-words.ts"
import { editSentence } from "../../../engine/diff/edit-sentence.ts"
import { type Known, neededFor, planStudy, warningsIn } from "../../../engine/plan.ts"
import { predict } from "../../../engine/predict.ts"
import type { Reason } from "../../../engine/reasons.ts"
import { failureSentence, sentence } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import { changedFiles, touchedBy } from "../../../engine/touched.ts"
import { count } from "../../../engine/wording.ts"
import type { StudyGraph } from "../../messages/graph.ts"
import { edgesOf } from "./edges.ts"
import { layersOf } from "./layers.ts"
import { standings } from "./standing.ts"

/** Of a node, so many reasons are told with the whole graph; the rest is told of the node itself. */
const TOLD = 3
/** So many edits are told by themselves. */
const EDITS = 12

/** Edits in words; what was not there before is told together, and so are those beyond the first. */
const editsInWords = (edits: ReadonlyArray<Edit>): ReadonlyArray<string> => {
  const made = edits.filter(({ edit }) => edit === "new")
  const told = made.length > 2 ? edits.filter(({ edit }) => edit !== "new") : edits
  const words = [...told.map(editSentence), ...(made.length > 2 ? [`${count(new Set(made.flatMap(({ nodes }) => nodes)).size, "node")} never ran`] : [])]
  return words.length <= EDITS ? words : [...words.slice(0, EDITS), `and ${words.length - EDITS} more`]
}

/** A study's DAG with what a run would do today: of what it returns, or (`all`) of all that stands in it. Changes nothing. */
export const graphToday = (study: Study, all: boolean, known: Known, path: Path): StudyGraph => {
  const returned = neededFor(study, study.graph.targets)
  const nodes = all ? study.graph.nodes : returned
  const plans = planStudy(study, nodes, known)
  const name = study.graph.study
  const stands = standings(name, nodes, plans, known)
  const runs = new Map([...plans].filter(([node]) => stands.get(node)!.state !== "skipped"))
  const prediction = predict(study, runs, known.history)
  const { layers, of: layerOf } = layersOf(nodes)
  const texts = new Map<string, number>()
  const text = (one: string): number => {
    let at = texts.get(one)
    if (at === undefined) texts.set(one, (at = texts.size))
    return at
  }
  const whyOf = (node: string): ReadonlyArray<Reason> => {
    const plan = plans.get(node)!
    return plan.state === "fresh" ? [] : plan.why
  }
  const before = new Map(
    nodes.flatMap((node) => (plans.get(node.name)!.state === "fresh" ? [] : [[node.name, known.history.lastOf(name, node.name, "good")] as const]))
  )
  const readsOf = (node: string) => {
    const plan = plans.get(node)!
    return (plan.state === "fresh" ? plan.trace.reads : before.get(node)?.reads)?.map(({ read }) => read)
  }
  const { edges, files, readings } = edgesOf(nodes, readsOf)
  const changed = new Map<string, "edited" | "missing">()
  for (const node of nodes) {
    const why = whyOf(node.name)
    for (const file of changedFiles(node, why)) if (changed.get(file) === undefined) changed.set(file, "edited")
    for (const reason of why) if (reason.reason === "source" && reason.missing) changed.set(reason.file, "missing")
  }
  const folders = new Map(
    nodes.flatMap(({ inputs }) =>
      Object.values(inputs).flatMap((wired) => (isFiles(wired) && wired.folder !== undefined ? [[folderLabel(wired.folder), wired.files.length] as const] : []))
    )
  )
  const targets = new Set(study.graph.targets)
  const described = nodes.map((node, i): StudyGraph["nodes"][number] => {
    const plan = plans.get(node.name)!
    const { failure, state } = stands.get(node.name)!
    const own = { name: node.name, stage: node.stage, layer: layerOf[i]!, state, ...(targets.has(node.name) ? { target: true } : {}) }
    if (plan.state === "fresh") {
      const { at, ms, outputs, run } = plan.trace
      const bytes = bytesOf(Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact])), path)
      const warnings = warningsIn(plan).length
      return { ...own, ms, at, run: text(run), ...(bytes === undefined ? {} : { bytes }), ...(warnings === 0 ? {} : { warnings }) }
    }
    const touched = plan.state === "stale" ? touchedBy(plan.why) : []
    const record = before.get(node.name)
    const bytes = record === undefined ? undefined : bytesOf(record.artifacts, path)
    const ms = prediction.nodes.get(node.name)
    const why = [...(failure === undefined ? [] : [text(`it ${failureSentence(failure)}`)]), ...plan.why.slice(0, TOLD).map((reason) => text(sentence(reason)))]
    return {
      ...own,
      why,
      ...(state === plan.state ? {} : { plan: plan.state }),
      ...(touched.length === 0 ? {} : { touched }),
      ...(ms === undefined ? {} : { ms }),
      ...(bytes === undefined ? {} : { bytes }),
      ...(record === undefined || record.warnings.length === 0 ? {} : { warnings: record.warnings.length })
    }
  })
  const linkOf: LinkOf = (node) => {
    const plan = plans.get(node)
    return plan === undefined || plan.state === "fresh" ? undefined : { node, state: plan.state, why: plan.why }
  }
  const disturbed = nodes.filter((node) => plans.get(node.name)!.state !== "fresh").map((node) => node.name)
  const edits = editsInWords(editsBehind(disturbed, linkOf).all)
  const counted = (state: "fresh" | "stale" | "unknown") => [...runs.values()].filter((plan) => plan.state === state).length
  const [stale, unknown] = [counted("stale"), counted("unknown")]
  const cost = costInWords(stale, unknown, prediction)
  return {
    study: name,
    nodes: described,
    files: files.map((file) => {
      const inside = folders.get(file)
      return { path: file, state: changed.get(file) ?? "source", ...(inside === undefined ? {} : { files: inside }) }
    }),
    edges,
    readings,
    texts: [...texts.keys()],
    layers,
    disturbed: {
      edits,
      fresh: counted("fresh"),
      stale,
      unknown,
      skipped: nodes.length - runs.size,
      ...(cost === undefined ? {} : { cost })
    },
    others: study.graph.nodes.length - returned.length
  }
}
