import type { StoredTable } from "../../artifact/column.ts"
import { wiresOf } from "../../dag/dag.ts"
import type { Fault } from "../../dag/stage.ts"
import { count, size } from "../../engine/wording.ts"
import { summarise } from "../../render/artifact/summary-statistics.ts"
import { significant } from "../../render/numbers.ts"
import { type Block, folded, grid, paragraph, type Section, type Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { codes, reference } from "../words.ts"
import { filledCells } from "./filled-cells.ts"

/** Types of tables that hold data; a node that makes nothing else prepares data, and its warnings are told here. */
const DATA = new Set(["Panel", "SubunitPanel", "Entities", "NormalizedPanel", "Published"])
export const preparesData = ({ outputs }: Pick<NodeFacts, "outputs">): boolean => Object.values(outputs).every((type) => DATA.has(type))

const sourceTable = ({ dataFiles, sources }: StudyFacts): ReadonlyArray<Block> =>
  grid(
    "Files that the study reads",
    ["File", ">Size", ">Rows", ">SHA-256", "Note"],
    [
      ...sources.map(
        ({ bytes, note, path, rows, sha256 }): ReadonlyArray<Text> => [
          [{ code: path }],
          bytes === undefined ? (sha256 === undefined ? "no such file" : "another file today") : size(bytes),
          rows === undefined ? "" : String(rows),
          sha256 === undefined ? "" : [{ code: sha256.slice(0, 16) }],
          note
        ]
      ),
      ...dataFiles.map(({ path, sha256 }): ReadonlyArray<Text> => [[{ code: path }], "", "", [{ code: sha256.slice(0, 16) }], "read as parameters"])
    ]
  )

const rangeOf = ({ levels, numbers }: ReturnType<typeof summarise>[number]): string => {
  if (numbers !== undefined) return numbers.min === numbers.max ? significant(numbers.min) : `${significant(numbers.min)} to ${significant(numbers.max)}`
  return levels === undefined || levels.length === 0 ? "" : count(levels.length, "value")
}

const columnTable = (caption: string, table: StoredTable): ReadonlyArray<Block> =>
  grid(
    caption,
    ["Column", "Unit", ">Range", ">Missing", ">Filled", "What it is"],
    summarise(table).map((summary) => [
      [{ code: summary.column.name }],
      summary.column.unit,
      rangeOf(summary),
      summary.missing === 0 ? "" : String(summary.missing),
      summary.filled === 0 ? "" : String(summary.filled),
      summary.column.description
    ])
  )

/** The data that a node hands on, column by column. */
const columnsOf = (facts: StudyFacts, node: NodeFacts): ReadonlyArray<Block> =>
  Object.entries(node.artifacts).flatMap(([output, artifact]) => {
    const table = facts.tables.get(artifact)
    const name = reference(node, output)
    if (table === undefined) return []
    if (typeof table === "string") return [paragraph([{ code: name }, ` cannot be shown: ${table}.`])]
    const files = wiresOf(node).flatMap(([, wire]) => ("source" in wire ? [wire.source] : []))
    const from = files.length === 0 ? "" : ` (${files.join(", ")})`
    return [folded(`${name}: ${count(table.rows, "row")}${from}`, ...columnTable(`Columns of ${name}`, table))]
  })

/** The data sets that models are fitted to. */
const modelled = ({ nodes }: StudyFacts): ReadonlyArray<NodeFacts> => {
  const read = new Set(
    nodes.flatMap((node) => (Object.values(node.outputs).includes("Estimates") ? wiresOf(node).flatMap(([, wire]) => ("node" in wire ? [wire.node] : [])) : []))
  )
  return nodes.filter((node) => read.has(node.name) && Object.values(node.outputs).includes("Panel") && !node.name.includes("["))
}

const readsFile = (node: NodeFacts): boolean => wiresOf(node).some(([, wire]) => "source" in wire)
const isPrinted = ({ outputs }: NodeFacts): boolean => Object.values(outputs).includes("Published")

const warningItems = (nodes: ReadonlyArray<NodeFacts>): ReadonlyArray<Text> => {
  const told = Map.groupBy(
    nodes.flatMap((node) => node.warnings.map((warning: Fault) => ({ name: node.name, message: warning.message }))),
    ({ message }) => message
  )
  return [...told].map(([message, own]) => [...codes(own.map(({ name }) => name)), `: ${message}`])
}

/** The study's files, what their columns hold, which cells are missing or were filled in, and what stages said of them. */
export const data = (facts: StudyFacts): Section => {
  const { nodes } = facts
  const readers = nodes.filter((node) => readsFile(node) && !isPrinted(node))
  const warned = warningItems(nodes.filter(preparesData))
  const used = modelled(facts)
  return {
    id: "data",
    title: "Data and their faults",
    blocks: sourceTable(facts),
    parts: [
      {
        id: "data-warnings",
        title: "What was found in them",
        blocks: warned.length === 0 ? [paragraph("The stages that read and prepare the data found nothing to warn of.")] : [{ block: "list", items: warned }]
      },
      { id: "data-filled", title: "Cells that were filled in", blocks: filledCells(facts) },
      { id: "data-columns", title: "Columns as they were read", blocks: readers.flatMap((node) => columnsOf(facts, node)) },
      { id: "data-modelled", title: "Data that models are fitted to", blocks: used.flatMap((node) => columnsOf(facts, node)) }
    ]
  }
}
