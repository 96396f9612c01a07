import { byImportance, type Estimate, type EstimateChange } from "../../engine/diff/compare-estimates.ts"
import type { NodeDiff, StudyDiff } from "../../engine/diff/diff-runs.ts"
import { editSentence } from "../../engine/diff/edit-sentence.ts"
import { namesTogether } from "../../engine/names-together.ts"
import { count, moment } from "../../engine/wording.ts"
import { significant } from "../../render/numbers.ts"
import { type Block, grid, paragraph, type Section, type Text } from "../document.ts"
import type { StudyFacts } from "../facts.ts"

/** Estimates and edits that are named one by one. */
const TOLD = 15

const estimate = (one: Estimate | null): string =>
  one === null || one.estimate === null
    ? "none"
    : `${significant(one.estimate)}${"*".repeat(one.stars)}${one.std_error === null ? "" : ` (${significant(one.std_error)})`}`

const remark = ({ after, before, signFlipped, starsGained }: EstimateChange): string => {
  if (before === null || after === null) return before === null ? "new" : "gone"
  const stars = starsGained ?? 0
  return [...(signFlipped ? ["other sign"] : []), ...(stars === 0 ? [] : [`${stars > 0 ? "gained" : "lost"} ${"*".repeat(Math.abs(stars))}`])].join(", ")
}

const estimatesIn = (nodes: ReadonlyArray<NodeDiff>) =>
  nodes
    .flatMap(({ node, outputs }) => outputs.flatMap(({ estimates }) => (estimates ?? []).map((change) => ({ node, change }))))
    .sort((a, b) => byImportance(a.change, b.change))

const estimateBlocks = (nodes: ReadonlyArray<NodeDiff>): ReadonlyArray<Block> => {
  const all = estimatesIn(nodes)
  if (all.length === 0) return []
  const of = (is: (change: EstimateChange) => boolean) => all.filter(({ change }) => is(change)).length
  const told = all.filter(({ change }) => estimate(change.before) !== estimate(change.after)).slice(0, TOLD)
  const rows = told.map(
    ({ change, node }): ReadonlyArray<Text> => [
      [{ code: node }, { line: "end" }, Object.values(change.of).join(" ")],
      estimate(change.before),
      estimate(change.after),
      remark(change)
    ]
  )
  const summary = `${count(all.length, "estimate")} ${all.length === 1 ? "differs" : "differ"}: ${of((one) => one.signFlipped)} have another sign, ${of(({ starsGained }) => (starsGained ?? 0) < 0)} lost stars, ${of(({ starsGained }) => (starsGained ?? 0) > 0)} gained stars.`
  return [paragraph(summary), ...grid("Estimates that differ, what matters most first", ["|Node and estimate", ">Before", ">After", "|What changed"], rows)]
}

const editItems = ({ edits, nodes }: StudyDiff): ReadonlyArray<Text> => {
  const reached = edits
    .map((edit, i) => ({ words: editSentence(edit), nodes: nodes.filter((node) => node.edits.includes(i)).length }))
    .sort((a, b) => b.nodes - a.nodes)
  const shown = reached.slice(0, TOLD).map(({ nodes: n, words }) => `${words}: ${count(n, "node")}`)
  return reached.length > TOLD ? [...shown, `and ${reached.length - TOLD} more`] : shown
}

const SHOWN = [
  ["changed", "Other results"],
  ["same", "Made of something else, the same results"],
  ["added", "New"],
  ["removed", "Gone"],
  ["failed", "Failed"],
  ["blocked", "Blocked"],
  ["skipped", "Skipped"],
  ["recovered", "Work again"],
  ["reached", "Not reached by the earlier run"]
] as const

/** How the results differ from those of the run before, and from which edits. */
export const changes = (facts: StudyFacts): Section => {
  const { change, command, run } = facts
  const section = (...blocks: ReadonlyArray<Block>): Section => ({ id: "changes", title: "What changed", blocks })
  if (run === undefined) return section()
  if (change === undefined) return section(paragraph("No earlier run has other results: there is nothing to compare these with."))
  const { compared, diff } = change
  const [before, after] = [compared.before.run, compared.after.run]
  const states = SHOWN.flatMap(([kind, words]) => {
    const own = diff.nodes.filter((node) => node.change === kind).map(({ node }) => node)
    return own.length === 0 ? [] : [[words, `${own.length}: ${namesTogether(own, false)}`] as const]
  })
  return section(
    paragraph(
      `Run ${after.run} (${moment(after.at)}) beside run ${before.run} (${moment(before.at)})${facts.past ? "" : ": the newest that changed a result, and the one before it"}.`
    ),
    ...(diff.edits.length === 0 ? [] : [paragraph("The edits, and how many nodes differ by them:"), { block: "list" as const, items: editItems(diff) }]),
    ...(states.length === 0 ? [] : [{ block: "facts" as const, facts: states }]),
    ...estimateBlocks(diff.nodes),
    ...(facts.otherwise.length === 0
      ? []
      : [
          paragraph(
            `This report shows earlier results than those of the last run, ${run.run}, in ${count(facts.otherwise.length, "node")}: ${namesTogether(facts.otherwise, false)}. What they rest on is again as it was before.`
          )
        ]),
    paragraph(["All of it: ", { code: command("diff", before.run, after.run) }])
  )
}
