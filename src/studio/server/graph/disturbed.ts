import type { GraphNode } from "../../../dag/dag.ts"
import { type Edit, editsBehind, type LinkOf } from "../../../engine/chain.ts"
import { costInWords } from "../../../engine/cost-in-words.ts"
import { editSentence } from "../../../engine/diff/edit-sentence.ts"
import { madeSince } from "../../../engine/explain.ts"
import type { NodePlan } from "../../../engine/plan.ts"
import type { Prediction } from "../../../engine/predict.ts"
import { count } from "../../../engine/wording.ts"
import type { NodeRecord } from "../../../store/runs.ts"
import type { StudyGraph } from "../../messages/graph.ts"
import { type Stands, wouldRun } from "./standing.ts"

/** So many edits, and so many faults, are told by themselves. */
const TOLD = 12

const firstOf = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length <= TOLD ? lines : [...lines.slice(0, TOLD), `and ${lines.length - TOLD} more`]

/** Edits in words; what was not there before is told together, and so are those beyond the first. */
const inWords = (edits: ReadonlyArray<Edit>): ReadonlyArray<string> => {
  const made = edits.filter(({ edit }) => edit === "new")
  const together = made.length > 2
  const words = [
    ...(together ? edits.filter(({ edit }) => edit !== "new") : edits).map(editSentence),
    ...(together ? [`${count(new Set(made.flatMap(({ nodes }) => nodes)).size, "node")} never ran`] : [])
  ]
  return firstOf(words)
}

/**
 * What the nodes that are not fresh come from, how many there are of each, and what a run would cost. `before` gives what a node that is not fresh
 * was when it last came out well, `recordOf` what any was.
 */
export const disturbedIn = (
  nodes: ReadonlyArray<GraphNode>,
  plans: ReadonlyMap<string, NodePlan>,
  { before, recordOf }: { readonly before: ReadonlyMap<string, NodeRecord | undefined>; readonly recordOf: (node: string) => NodeRecord | undefined },
  stands: ReadonlyMap<string, Stands>,
  prediction: Prediction
): StudyGraph["disturbed"] => {
  // What a run has made that did not come to its end, or goes on, has the edit behind it.
  const made = madeSince(recordOf, Math.min(...[...before.values()].flatMap((record) => record?.at ?? [])))
  const linkOf: LinkOf = (node) => {
    const plan = plans.get(node)
    return plan === undefined ? undefined : plan.state === "fresh" ? made(node) : { node, state: plan.state, why: plan.why }
  }
  const disturbed = nodes.flatMap(({ name }) => (plans.get(name)!.state === "fresh" ? [] : [name]))
  const counted = (state: NodePlan["state"]) => nodes.filter(({ name }) => plans.get(name)!.state === state && wouldRun(stands.get(name)!)).length
  const [fresh, stale, unknown] = [counted("fresh"), counted("stale"), counted("unknown")]
  const hindered = nodes.flatMap(({ name }) => {
    const { hindered: faults, state } = stands.get(name)!
    return state === "skipped" || faults.length === 0 ? [] : [faults]
  })
  const cost = costInWords(stale, unknown, prediction)
  return {
    edits: inWords(editsBehind(disturbed, linkOf).all),
    fresh,
    stale,
    unknown,
    skipped: nodes.filter(({ name }) => stands.get(name)!.state === "skipped").length,
    cannot: hindered.length,
    faults: firstOf([...new Set(hindered.flatMap((faults) => faults.map(({ message }) => message)))]),
    ...(cost === undefined ? {} : { cost })
  }
}
