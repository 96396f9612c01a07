import type { StoredTable } from "../../artifact/column.ts"
import { wiresOf } from "../../dag/dag.ts"
import { count } from "../../engine/wording.ts"
import { summarise } from "../../render/artifact/summary-statistics.ts"
import { weightsLines } from "../../render/artifact/weights-text.ts"
import { decimals, significant } from "../../render/numbers.ts"
import { numbersOf, textsOf } from "../../render/stored.ts"
import { type Block, folded, grid, paragraph, type Section, type Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { provenance, reference, standingOf } from "../words.ts"

interface Shown {
  readonly node: NodeFacts
  readonly output: string
  readonly name: string
  readonly table: StoredTable
}

/** A study's artifacts of a type, those that can be read. */
const shownOf = (facts: StudyFacts, is: (type: string, node: NodeFacts) => boolean): ReadonlyArray<Shown> =>
  facts.nodes.flatMap((node) =>
    Object.entries(node.artifacts).flatMap(([output, artifact]) => {
      const table = facts.tables.get(artifact)
      return is(node.outputs[output] ?? "", node) && table !== undefined && typeof table !== "string"
        ? [{ node, output, name: reference(node, output), table }]
        : []
    })
  )

const from = (facts: StudyFacts, { node, output }: Shown): ReadonlyArray<Block> => [
  ...standingOf(node).map(paragraph),
  { block: "source", text: provenance(facts, node, output) }
]

const indicatorRows = (table: StoredTable): ReadonlyArray<ReadonlyArray<Text>> => {
  const text = (name: string) => textsOf(table, name)
  const share = (name: string) => numbersOf(table, name).map((value) => decimals(value, 4))
  const [indicator, dimension, attribute, scope] = [text("indicator"), text("dimension"), text("attribute"), text("scope")]
  const [entropy, weight, individual] = [share("entropy"), share("weight"), share("individual_weight")]
  const scopes = new Set(scope).size > 1
  return indicator.map((name = "", row) => [
    [{ code: name }, scopes ? ` (${scope[row] ?? ""})` : ""],
    dimension[row] ?? "",
    attribute[row] ?? "",
    entropy[row]!,
    weight[row]!,
    individual[row]!
  ])
}

const indicators = (facts: StudyFacts): ReadonlyArray<Block> =>
  shownOf(facts, (type) => type === "IndicatorWeights").flatMap((shown) => {
    const list = grid(
      `Weights of ${shown.name}`,
      ["Indicator", "Dimension", "Attribute", ">Entropy", ">Weight", ">In its dimension"],
      indicatorRows(shown.table)
    )
    const method = [...new Set(textsOf(shown.table, "method"))].join(", ")
    return [
      paragraph([{ strong: shown.name }, `: ${count(shown.table.rows, "weight")}${method === "" ? "" : `, ${method}`}.`]),
      folded("Every weight", ...list),
      ...from(facts, shown)
    ]
  })

/** Panels that are made with indicator weights: indices. */
const indices = (facts: StudyFacts): ReadonlyArray<Block> => {
  const weighting = new Set(facts.nodes.filter(({ outputs }) => Object.values(outputs).includes("IndicatorWeights")).map(({ name }) => name))
  const isIndex = (type: string, node: NodeFacts) => type === "Panel" && wiresOf(node).some(([, wire]) => "node" in wire && weighting.has(wire.node))
  return shownOf(facts, isIndex).flatMap((shown) => {
    const rows = summarise(shown.table).flatMap(({ column, missing, numbers }): ReadonlyArray<ReadonlyArray<Text>> => {
      if (numbers === undefined || column.name === "year") return []
      const { max, mean, median, min, sd } = numbers
      return [[[{ code: column.name }], ...[mean, sd, min, median, max].map((x) => significant(x)), missing === 0 ? "" : String(missing), column.description]]
    })
    return [...grid(`Index ${shown.name}`, ["Index", ">Mean", ">SD", ">Min", ">Median", ">Max", ">Missing", "What it is"], rows), ...from(facts, shown)]
  })
}

const spatial = (facts: StudyFacts): ReadonlyArray<Section> =>
  shownOf(facts, (type) => type === "SpatialWeights").map((shown, i) => {
    const kind = [...new Set(textsOf(shown.table, "kind"))].join("; ")
    return {
      id: `spatial-weights-${i + 1}`,
      title: `Spatial weights: ${shown.name}`,
      blocks: [
        ...(kind === "" ? [] : [paragraph(`${kind}.`)]),
        { block: "list", items: weightsLines(shown.table, Number.POSITIVE_INFINITY) },
        ...from(facts, shown)
      ]
    }
  })

/** Weights of indicators, the indices that they make, and what spatial weights come to. */
export const weights = (facts: StudyFacts): Section => ({
  id: "weights",
  title: "Weights and indices",
  blocks: [],
  parts: [
    { id: "indicator-weights", title: "Indicator weights", blocks: indicators(facts) },
    { id: "indices", title: "Indices", blocks: indices(facts) },
    ...spatial(facts)
  ]
})
