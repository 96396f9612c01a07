import { namesTogether } from "../../engine/names-together.ts"
import { count, moment } from "../../engine/wording.ts"
import type { Block, Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { codes } from "../words.ts"

const INVENTED = /synthetic|simulat|invented|made up|fictitious|replica/i

/** What the files' notes say, each with the files that it is about. */
const notes = ({ sources }: StudyFacts): ReadonlyArray<Block> => {
  const noted = [
    ...Map.groupBy(
      sources.filter(({ note }) => note !== ""),
      ({ note }) => note
    )
  ]
  if (noted.length === 0) return []
  const invented = noted.some(([note]) => INVENTED.test(note))
  return [
    {
      block: "banner",
      tone: "synthetic",
      title: invented ? "Some of the data are synthetic" : "What to know of the data",
      lines: noted.map(([note, files]): Text => [{ strong: note }, ": ", ...codes(files.map(({ path }) => path))])
    }
  ]
}

const named = (nodes: ReadonlyArray<NodeFacts>): string =>
  namesTogether(
    nodes.map(({ name }) => name),
    false
  )

/** Nodes of one reason in a line; what is only unknown is told together, since the others say why. */
const reasons = (nodes: ReadonlyArray<NodeFacts>): ReadonlyArray<Text> => {
  const unknown = nodes.filter(({ standing }) => standing === "unknown")
  const told = [
    ...Map.groupBy(
      nodes.filter(({ standing }) => standing !== "unknown"),
      ({ why }) => why
    )
  ]
  return [
    ...told.map(([why, own]): Text => [{ strong: named(own) }, why === "" ? "" : `: ${why}`]),
    ...(unknown.length === 0 ? [] : [[{ strong: named(unknown) }, ": may change when what they rest on has run"]])
  ]
}

const state = (facts: StudyFacts): ReadonlyArray<Block> => {
  const { command, nodes, otherwise, past, run } = facts
  const of = (...standings: ReadonlyArray<NodeFacts["standing"]>) => nodes.filter(({ standing }) => standings.includes(standing))
  const broken = of("failed", "blocked")
  const due = of("stale", "unknown", "missing")
  const blocks: Array<Block> = []
  if (broken.length > 0) blocks.push({ block: "banner", tone: "failed", title: `${count(broken.length, "node")} could not be made`, lines: reasons(broken) })
  if (due.length > 0 && past)
    blocks.push({ block: "banner", tone: "stale", title: `${count(due.length, "node")} had no result in this run`, lines: reasons(due) })
  if (due.length > 0 && !past)
    blocks.push({
      block: "banner",
      tone: "stale",
      title:
        due.length === nodes.length && due.every(({ made }) => made === undefined)
          ? "Nothing has been made yet"
          : `${due.length} of ${count(nodes.length, "node")} are not up to date`,
      lines: [...reasons(due), ["To bring them up to date: ", { code: command("run") }, ", then this report again."]]
    })
  if (past) blocks.push({ block: "paragraph", text: [{ strong: "This is the study as it was" }, ` in run ${run?.run ?? ""}, not as it is today.`] })
  else if (due.length === 0 && broken.length === 0)
    blocks.push({
      block: "banner",
      tone: "ok",
      title: "Up to date",
      lines: [
        `All ${count(nodes.length, "node")} rest on the files, the code and the parameters as they were when this report was written.`,
        ...(otherwise.length === 0
          ? []
          : [
              `${count(otherwise.length, "node")} of them ${otherwise.length === 1 ? "has" : "have"} an earlier result than the last run's: what they rest on is again as it was before.`
            ])
      ]
    })
  return blocks
}

/** What stands above everything: which study and run, when it was computed, whether it is up to date, and what its data are. */
export const opening = (facts: StudyFacts): ReadonlyArray<Block> => {
  const { at, file, nodes, run, tag, variant } = facts
  const times = nodes.flatMap(({ made }) => (made === undefined ? [] : [made.at]))
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const warnings = nodes.reduce((sum, node) => sum + node.warnings.length, 0)
  const results = nodes.flatMap(({ outputs }) => Object.values(outputs)).filter((type) => type === "PrintedTable" || type === "Figure").length
  const list: ReadonlyArray<readonly [string, Text]> = [
    ["Study", [{ code: file }, variant === "" ? "" : `, with ${variant}`]],
    ["Run", run === undefined ? "none is recorded yet" : `${run.run}, begun ${moment(run.at)}${tag === undefined ? "" : ` (${tag})`}`],
    ["Computed", times.length === 0 ? "nothing yet" : first === last ? moment(first) : `${moment(first)} to ${moment(last)}`],
    ["Report written", moment(at)],
    ["In it", `${count(nodes.length, "node")}, ${count(results, "table or figure", "tables and figures")}`],
    ["Warnings", warnings === 0 ? "none" : [{ to: "warnings", words: count(warnings, "warning") }]]
  ]
  return [...notes(facts), ...state(facts), { block: "facts", facts: list }]
}
