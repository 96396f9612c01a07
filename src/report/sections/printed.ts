import { figureLayout } from "../../render/figure/figure-layout.ts"
import { figureSvg } from "../../render/figure/figure-svg.ts"
import { printedLayout } from "../../render/table/read-printed.ts"
import { type Block, paragraph, type Section } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { anchorsOf, provenance, reference, standingOf } from "../words.ts"

interface Printed {
  readonly node: NodeFacts
  readonly output: string
  readonly name: string
  readonly type: string
}

const printedOf = ({ nodes }: StudyFacts): ReadonlyArray<Printed> =>
  nodes.flatMap((node) =>
    Object.entries(node.outputs).flatMap(([output, type]) =>
      type === "PrintedTable" || type === "Figure" ? [{ node, output, name: reference(node, output), type }] : []
    )
  )

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
  { name, node, output, type }: Printed,
  anchor: string
): { readonly title: string; readonly blocks: ReadonlyArray<Block> } => {
  const table = facts.tables.get(node.artifacts[output] ?? "")
  if (table === undefined) return { title: name, blocks: [] }
  if (typeof table === "string") return { title: name, blocks: [paragraph(`It cannot be shown: ${table}.`)] }
  if (type === "PrintedTable") return { title: printedLayout(table).title || name, blocks: [{ block: "printed", table }] }
  const layout = figureLayout(table)
  const picture: Block = { block: "picture", name: anchor, svg: figureSvg(table), alt: altOf(layout), caption: "", notes: layout.sourceNotes }
  return { title: layout.title || name, blocks: [picture] }
}

/** Every printed table and figure, in dag.ts's order. */
export const printed = (facts: StudyFacts): Section => {
  const all = printedOf(facts)
  const anchors = anchorsOf(
    "result",
    all.map(({ name }) => name)
  )
  return {
    id: "results",
    title: "Tables and figures",
    blocks: [],
    parts: all.map((one): Section => {
      const id = anchors.get(one.name)!
      const { blocks, title } = contentOf(facts, one, id)
      return { id, title, blocks: [...standingOf(one.node).map(paragraph), ...blocks, { block: "source", text: provenance(facts, one.node, one.output) }] }
    })
  }
}
