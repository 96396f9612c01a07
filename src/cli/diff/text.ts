import { isCompanion } from "../../artifact/column.ts"
import type { Change } from "../../engine/diff/compare-states.ts"
import type { NodeDiff, Side, StudyDiff } from "../../engine/diff/diff-runs.ts"
import { editSentence } from "../../engine/diff/edit-sentence.ts"
import { namesTogether } from "../../engine/names-together.ts"
import { sentence } from "../../engine/sentences.ts"
import { count, moment } from "../../engine/wording.ts"
import { cut } from "../../render/monospace.ts"
import { cellsInWords } from "../../workspace/difference-words.ts"
import type { Style } from "../../workspace/style.ts"
import { limited } from "../limited.ts"
import { estimateLines } from "./estimates.ts"
import { conventionLines, printedLines, tableLines } from "./tables.ts"

export interface DiffStyle {
  /** Tell everything, however much it is. */
  readonly all: boolean
  readonly tags: ReadonlyMap<string, string>
  readonly style: Style
  /** Of the terminal; where there is none, no line is cut. Numbers are never cut. */
  readonly width: number | undefined
}

const CELLS = 6

const editLines = ({ edits, nodes }: StudyDiff, all: boolean): ReadonlyArray<string> => {
  const reached = edits.map((edit, i) => ({ edit, nodes: nodes.filter((node) => node.edits.includes(i)).length }))
  const lines = reached.sort((a, b) => b.nodes - a.nodes).map(({ edit, nodes: n }) => `${editSentence(edit)}  ${count(n, "node")}`)
  const unexplained = nodes.filter(({ change, edits: behind }) => change === "changed" && behind.length === 0).map(({ node }) => node)
  if (unexplained.length > 0) lines.push(`nothing that is recorded explains ${namesTogether(unexplained, all)}: made of the same, and came out otherwise`)
  return limited(lines, 12, all)
}

const TOLD: ReadonlyArray<readonly [Change, string]> = [
  ["failed", "failed"],
  ["blocked", "blocked"],
  ["skipped", "skipped"],
  ["recovered", "work again"],
  ["reached", "not reached by the earlier run"],
  ["added", "new"],
  ["removed", "gone"],
  ["same", "made of something else, came out the same"]
]

const stateLines = (nodes: ReadonlyArray<NodeDiff>, all: boolean): ReadonlyArray<string> =>
  TOLD.flatMap(([change, words]) => {
    const own = nodes.filter((node) => node.change === change)
    if (own.length === 0) return []
    const why = change === "failed" ? limited([...new Set(own.flatMap(({ faults }) => faults.map(({ message }) => `  ${message}`)))], 5, all) : []
    return [
      `${words}: ${namesTogether(
        own.map(({ node }) => node),
        all
      )}`,
      ...why
    ]
  })

/** From the node that was asked for down to the edits, with what changed in the columns between them. */
const chainLines = ({ chain = [] }: NodeDiff, byName: ReadonlyMap<string, NodeDiff>, { all, style }: DiffStyle): ReadonlyArray<string> =>
  chain.flatMap(({ node, why }) =>
    why.flatMap((reason) => {
      const line = `${style("bold", node)}: ${sentence(reason, Number.POSITIVE_INFINITY)}`
      if (reason.reason !== "input") return [line]
      const output = byName.get(reason.node)?.outputs.find((one) => one.output === reason.output)
      const cells = (output?.cells ?? []).filter(({ column }) => reason.columns.includes(column) && !isCompanion(column))
      return [
        line,
        ...limited(
          cells.map((one) => cellsInWords(one)),
          CELLS,
          all
        ).map((text) => `    ${text}`)
      ]
    })
  )

const sideLine = (word: string, study: string, { run, study: branch }: Side, { tags }: DiffStyle): string => {
  const tag = tags.get(run.run)
  const variant = run.studies.find((one) => one.study === (branch ?? study))?.variant
  return `  ${word}  ${branch === undefined ? "" : `${branch}  `}${run.run}  ${moment(run.at)}${tag === undefined ? "" : `  (${tag})`}${variant ? `  with ${variant}` : ""}  ${run.command.join(" ")}`
}

/** How a study's results differ, for a person: edits, chains that were asked for, estimates, other tables, and what came, went or failed. */
export const diffText = (diff: StudyDiff, how: DiffStyle): string => {
  const { all, style, width } = how
  const { after, before, nodes, study } = diff
  const byName = new Map(nodes.map((node) => [node.node, node]))
  const differ = nodes.filter(({ change }) => change !== "same").length
  const room = all || width === undefined ? Number.POSITIVE_INFINITY : Math.max(60, width - 2)
  const section = (title: string, lines: ReadonlyArray<string>, columns = room) =>
    lines.length === 0 ? [] : ["", style("bold", title), ...lines.map((line) => `  ${cut(line, columns)}`)]
  const asked = nodes.filter(({ chain }) => chain !== undefined)
  const estimates = estimateLines(nodes, all, room)
  const lines = [
    style("bold", study),
    sideLine("from", study, before, how),
    sideLine("to  ", study, after, how),
    `  ${differ === 0 ? "no result differs" : `${count(differ, "node")} ${differ === 1 ? "differs" : "differ"}`}`,
    ...section("Edits, and how many nodes differ by them", editLines(diff, all)),
    ...asked.flatMap((node) => section(`From ${node.node} to the edits`, chainLines(node, byName, how), Number.POSITIVE_INFINITY)),
    ...section(`Estimates: ${estimates.summary}`, estimates.lines, Number.POSITIVE_INFINITY),
    ...section("Other tables", tableLines(nodes, all, room), Number.POSITIVE_INFINITY),
    ...section("Standard errors under every convention", conventionLines(nodes, all)),
    ...section("Printed tables", printedLines(nodes, all)),
    ...section("Nodes", stateLines(nodes, all))
  ]
  return `${lines.join("\n")}\n`
}
