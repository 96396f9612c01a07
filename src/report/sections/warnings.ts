import type { Fault } from "../../dag/stage.ts"
import { acceptanceSentence } from "../../engine/sentences.ts"
import { count } from "../../engine/wording.ts"
import { paragraph, type Section, type Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { codes } from "../words.ts"
import { preparesData } from "./data.ts"

const messagesOf = (own: ReadonlyArray<{ readonly node: NodeFacts; readonly warning: Fault }>): ReadonlyArray<Text> =>
  [...Map.groupBy(own, ({ warning }) => warning.message)].map(([message, same]) => [...codes(same.map(({ node }) => node.name)), `: ${message}`])

/** What estimators and tables warned of, by code; what was found in the data is told there. */
export const warnings = (facts: StudyFacts): Section => {
  const all = facts.nodes.flatMap((node) => node.warnings.map((warning) => ({ node, warning })))
  const own = all.filter(({ node }) => !preparesData(node))
  const ofData = all.length - own.length
  const accepted = facts.nodes.flatMap(({ accepted: words, name }) => words.map((one): Text => [{ code: name }, ` ${acceptanceSentence(one)}`]))
  const kinds = [...Map.groupBy(own, ({ warning }) => warning.code)].sort((a, b) => b[1].length - a[1].length)
  const opening = own.length === 0 ? "No estimator warned of anything." : `${count(own.length, "warning")} of ${count(kinds.length, "kind")}.`
  return {
    id: "warnings",
    title: "Warnings of the estimators",
    blocks: [
      paragraph(ofData === 0 ? opening : [`${opening} `, { to: "data-warnings", words: `${ofData} more about the data` }, "."]),
      ...(accepted.length === 0
        ? []
        : [paragraph("Results that stand by somebody's word, not because today's code has made them:"), { block: "list" as const, items: accepted }])
    ],
    parts: kinds.map(([code, same]) => ({
      id: `warning-${code.replace(/[^A-Za-z0-9_-]+/g, "-")}`,
      title: `${code} (${same.length})`,
      blocks: [{ block: "list", items: messagesOf(same) }]
    }))
  }
}
