import { figureLayout, figureNotes } from "../../render/figure/figure-layout.ts"
import { figureSvg } from "../../render/figure/figure-svg.ts"
import { printedLayout } from "../../render/table/read-printed.ts"
import { type Block, paragraph, type Section } from "../document.ts"
import type { StudyFacts } from "../facts.ts"
import { provenance, standingOf } from "../words.ts"
import { type PrintedResult, printedResults } from "./printed-results.ts"

/** Pixels that the narrowest phones have for a picture. */
const PHONE = 330

/** What a figure's curves and panels are, for whoever does not see them. */
const altOf = ({ panels, series, title, xLabel, yLabel }: ReturnType<typeof figureLayout>): string => {
  const named = series.filter((one) => one !== "")
  const axes = xLabel === "" && yLabel === "" ? "" : ` ${yLabel || "y"} against ${xLabel || "x"}.`
  const parts = panels.length > 1 ? ` ${panels.length} panels: ${panels.map(({ name }) => name).join(", ")}.` : ""
  const curves = named.length === 0 ? "" : ` Series: ${named.slice(0, 12).join(", ")}${named.length > 12 ? " and others" : ""}.`
  return `${title}.${axes}${parts}${curves}`.replace("..", ".")
}

const contentOf = (
  facts: StudyFacts,
  { anchor, name, node, output, type }: PrintedResult
): { readonly title: string; readonly blocks: ReadonlyArray<Block> } => {
  const table = facts.tables.get(node.artifacts[output] ?? "")
  if (table === undefined) return { title: name, blocks: [] }
  if (typeof table === "string") return { title: name, blocks: [paragraph(`It cannot be shown: ${table}.`)] }
  if (type === "PrintedTable") return { title: printedLayout(table).title || name, blocks: [{ block: "printed", table }] }
  const layout = figureLayout(table)
  const picture: Block = {
    block: "picture",
    name: anchor,
    svg: figureSvg(table),
    narrow: figureSvg(table, PHONE),
    alt: altOf(layout),
    caption: "",
    notes: figureNotes(layout)
  }
  return { title: layout.title || name, blocks: [picture] }
}

/** Every printed table and figure, in the order in which the study returns them. */
export const printed = (facts: StudyFacts): Section => ({
  id: "results",
  title: "Tables and figures",
  blocks: [],
  parts: printedResults(facts).map((one): Section => {
    const { blocks, title } = contentOf(facts, one)
    return {
      id: one.anchor,
      title,
      blocks: [...standingOf(one.node).map(paragraph), ...blocks, { block: "source", text: provenance(facts, one.node, one.output) }]
    }
  })
})
