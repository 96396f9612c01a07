import type { StoredTable } from "../../artifact/column.ts"
import { count } from "../../engine/wording.ts"
import { numbersOf, textsOf } from "../../render/stored.ts"
import { printedLayout } from "../../render/table/read-printed.ts"
import { type Block, grid, paragraph, type Section } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { provenance, reference, standingOf } from "../words.ts"
import { printedResults } from "./printed-results.ts"

/** How a cell of the run stands to what is printed there, the gravest first. */
type Agreement = "missing" | "sign" | "stars" | "number" | "same"

const starsIn = (text: string): number => /\*+/.exec(text)?.[0].length ?? 0
/** Printed decimals: of the first number in a text. */
const decimalsIn = (text: string): number => /\d\.(\d+)/.exec(text)?.[1]?.length ?? 0
const plain = (text: string): string => text.replace(/[−–]/g, "-").replace(/[\s()[\]{}*]/g, "")

interface Pair {
  readonly text: string
  readonly value: number
  readonly published: string
  readonly publishedValue: number
}

/** A number agrees where it rounds to what is printed, to the decimals that are printed. Stars count where the published table has any: some have none on purpose. */
const agreementOf = ({ published, publishedValue, text, value }: Pair, starred: boolean): Agreement => {
  if (text.trim() === "") return "missing"
  const numeric = Number.isFinite(value) && Number.isFinite(publishedValue)
  if (numeric && Math.sign(value) * Math.sign(publishedValue) < 0) return "sign"
  if (starred && starsIn(text) !== starsIn(published)) return "stars"
  if (plain(text) === plain(published)) return "same"
  const half = 0.5 * 10 ** -decimalsIn(published)
  return numeric && Math.abs(value - publishedValue) <= half * (1 + 1e-9) ? "same" : "number"
}

const pairsOf = (table: StoredTable): ReadonlyArray<Pair> => {
  const [part, text, published] = [textsOf(table, "part"), textsOf(table, "text"), textsOf(table, "published")]
  const [value, publishedValue] = [numbersOf(table, "value"), numbersOf(table, "published_value")]
  return part.flatMap((kind, row) =>
    kind === "cell" && (published[row] ?? "") !== ""
      ? [{ text: text[row] ?? "", value: value[row]!, published: published[row]!, publishedValue: publishedValue[row]! }]
      : []
  )
}

/** For each table with published numbers beside the run's: how many cells agree, and how the others differ. */
const counted = (facts: StudyFacts): ReadonlyArray<Block> => {
  const compared = printedResults(facts).flatMap(({ anchor, name, node, output, type }) => {
    const table = facts.tables.get(node.artifacts[output] ?? "")
    if (type !== "PrintedTable" || table === undefined || typeof table === "string") return []
    const pairs = pairsOf(table)
    const starred = pairs.some((pair) => starsIn(pair.published) > 0)
    const found = pairs.map((pair) => agreementOf(pair, starred))
    return found.length === 0 ? [] : [{ anchor, title: printedLayout(table).title || name, found }]
  })
  const all = compared.flatMap(({ found }) => found)
  if (all.length === 0) return []
  const of = (found: ReadonlyArray<Agreement>, one: Agreement) => found.filter((agreement) => agreement === one).length
  const shown = (n: number) => (n === 0 ? "" : String(n))
  const rows = compared.map(({ anchor, found, title }) => [
    [{ to: anchor, words: title }],
    String(found.length),
    ...(["same", "number", "stars", "sign", "missing"] as const).map((one) => shown(of(found, one)))
  ])
  const summary = `${of(all, "same")} of ${count(all.length, "published cell")} come out as they are printed, to the decimals that are printed; ${of(all, "sign")} have another sign, ${of(all, "stars")} other stars, ${of(all, "number")} another number, and ${of(all, "missing")} the run does not have.`
  return [
    paragraph(summary),
    ...grid("Agreement by table", ["Table", ">Cells", ">As printed", ">Other number", ">Other stars", ">Other sign", ">Not in the run"], rows)
  ]
}

/** The table type in which a study itself counts what agrees, by its own tolerances. */
const SUMMARY = "PublishedSummary"

interface Summary {
  readonly node: NodeFacts
  readonly output: string
  readonly table: StoredTable
  /** The published tables that it counts. */
  readonly of: ReadonlySet<string>
}

/** The study's own comparisons, those left out that count a part of what another counts: the same tables under another variance, say. */
const summariesOf = (facts: StudyFacts): ReadonlyArray<Summary> => {
  const all = facts.nodes.flatMap((node) =>
    Object.entries(node.artifacts).flatMap(([output, artifact]): ReadonlyArray<Summary> => {
      const table = facts.tables.get(artifact)
      if (node.outputs[output] !== SUMMARY || table === undefined || typeof table === "string" || table.columns.length === 0) return []
      return [{ node, output, table, of: new Set(Array.from(table.columns[0]!.values, String)) }]
    })
  )
  return all.filter(({ of }) => !all.some((other) => other.of.size > of.size && [...of].every((published) => other.of.has(published))))
}

/** What the study's own comparison comes to: a row a published table. */
const ownCounts = (facts: StudyFacts): ReadonlyArray<Block> =>
  summariesOf(facts).flatMap(({ node, output, table }): ReadonlyArray<Block> => {
    const [first, ...counts] = table.columns
    const rows = Array.from({ length: table.rows }, (_, row) => [String(first!.values[row]), ...counts.map(({ values }) => String(values[row]))])
    const columns = [first!.name, ...counts.map(({ name }) => `>${name}`)].map((name) => name.replaceAll("_", " "))
    return [
      ...standingOf(node).map(paragraph),
      ...grid(`Published numbers by table, ${reference(node, output)}`, columns, rows),
      { block: "source", text: provenance(facts, node, output) }
    ]
  })

/** How many published numbers the run has as they are published: by the study's own comparison where it has one, or else by the cells of its tables. */
export const published = (facts: StudyFacts): Section => {
  const own = ownCounts(facts)
  return { id: "published", title: "Published numbers beside the run's", blocks: own.length > 0 ? own : counted(facts) }
}
