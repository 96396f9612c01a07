import { type GraphNode, readableInput, upstreamOf } from "../../../dag/dag.ts"
import { bytesOf, type Path } from "../../../engine/artifact-bytes.ts"
import type { Link } from "../../../engine/chain.ts"
import { explainNode } from "../../../engine/explain.ts"
import { observedByInput } from "../../../engine/observed.ts"
import { type Known, neededFor, planStudy, warningsIn } from "../../../engine/plan.ts"
import { predict } from "../../../engine/predict.ts"
import { acceptanceSentence, sentence } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import type { ChainLink, NodeDetails } from "../../messages/graph.ts"
import { originsOf } from "./edges.ts"
import { standings } from "./standing.ts"

const linkInWords = ({ node, state, why }: Link): ChainLink => ({
  node,
  state,
  why:
    why.length === 0 && state === "fresh" ? ["what it had been once before was found again"] : why.map((reason) => sentence(reason, Number.POSITIVE_INFINITY))
})

const paramsOf = ({ params }: GraphNode): NodeDetails["params"] => {
  const value: unknown = JSON.parse(params)
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ name: "", value: params }]
  return Object.entries(value).map(([name, one]) => ({ name, value: JSON.stringify(one) }))
}

const inputsOf = (node: GraphNode, reads: ReadonlyArray<string>): NodeDetails["inputs"] => {
  const observed = observedByInput(reads)
  return Object.entries(node.inputs).flatMap(([name, wired]) =>
    originsOf(name, wired).map(({ file, input, node: upstream, output }) => ({
      input: upstream === undefined ? name : readableInput(input),
      ...(upstream === undefined ? { file: file! } : { node: upstream, output: output! }),
      read: observed.get(input) ?? []
    }))
  )
}

/** What there is to tell of a node of a study today. Changes nothing. */
export const nodeDetails = (study: Study, node: GraphNode, known: Known, path: Path): NodeDetails => {
  const name = study.graph.study
  const needed = neededFor(study, [node.name])
  const plans = planStudy(study, needed, known)
  const plan = plans.get(node.name)!
  const { accepted, chain, failed, lacking, lastRan, reads } = explainNode(study, node, known)
  const before = plan.state === "fresh" ? undefined : known.history.lastOf(name, node.name, "good")
  const artifacts: Readonly<Record<string, string>> =
    plan.state === "fresh"
      ? Object.fromEntries(Object.entries(plan.trace.outputs).map(([output, { artifact }]) => [output, artifact]))
      : (before?.artifacts ?? {})
  const { hindered, state } = standings(study, needed, plans, known).get(node.name)!
  const expected = predict(study, plans, known.history).nodes.get(node.name)
  return {
    name: node.name,
    stage: node.stage,
    code: study.declarations(node.stage)[0]?.file ?? "",
    state,
    params: paramsOf(node),
    inputs: inputsOf(node, reads),
    outputs: Object.entries(node.outputs).map(([output, type]) => {
      const artifact = artifacts[output]
      const bytes = artifact === undefined ? undefined : bytesOf({ artifact }, path)
      return { output, type, ...(artifact === undefined ? {} : { artifact }), ...(bytes === undefined ? {} : { bytes }) }
    }),
    readBy: study.graph.nodes.filter((one) => upstreamOf(one).includes(node.name)).map((one) => one.name),
    lacking,
    hindered: state === "skipped" ? [] : hindered.map(({ message }) => message),
    chain: chain.map(linkInWords),
    ...(lastRan === undefined
      ? {}
      : { lastRan: { run: lastRan.run, at: lastRan.at, ms: lastRan.ms, ...(lastRan.from && { from: lastRan.from }), chain: lastRan.chain.map(linkInWords) } }),
    ...(expected === undefined ? {} : { expected }),
    failed: failed.map(({ at, faults, node: of, run }) => ({ node: of, run, at, faults: faults.map(({ code, message }) => ({ code, message })) })),
    warnings: (plan.state === "fresh" ? warningsIn(plan) : (before?.warnings ?? [])).map(({ message }) => message),
    accepted: accepted.map(acceptanceSentence)
  }
}
