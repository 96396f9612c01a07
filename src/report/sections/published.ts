import type { StoredTable } from "../../artifact/column.ts"
import { count } from "../../engine/wording.ts"
import { numbersOf, textsOf } from "../../render/stored.ts"
import { printedLayout } from "../../render/table/read-printed.ts"
import { grid, paragraph, type Section } from "../document.ts"
import type { StudyFacts } from "../facts.ts"
import { anchorsOf, reference } from "../words.ts"

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
export const published = (facts: StudyFacts): Section => {
  const printed = facts.nodes.flatMap((node) =>
    Object.entries(node.artifacts).flatMap(([output, artifact]) => {
      const table = facts.tables.get(artifact)
      return node.outputs[output] === "PrintedTable" && table !== undefined && typeof table !== "string" ? [{ name: reference(node, output), table }] : []
    })
  )
  // Anchors are those of the tables themselves, figures counted.
  const anchors = anchorsOf(
    "result",
    facts.nodes.flatMap((node) =>
      Object.keys(node.outputs).flatMap((output) => (["PrintedTable", "Figure"].includes(node.outputs[output]!) ? [reference(node, output)] : []))
    )
  )
  const compared = printed.flatMap(({ name, table }) => {
    const pairs = pairsOf(table)
    const starred = pairs.some((pair) => starsIn(pair.published) > 0)
    const found = pairs.map((pair) => agreementOf(pair, starred))
    return found.length === 0 ? [] : [{ name, title: printedLayout(table).title || name, found }]
  })
  const all = compared.flatMap(({ found }) => found)
  const of = (found: ReadonlyArray<Agreement>, one: Agreement) => found.filter((agreement) => agreement === one).length
  const shown = (n: number) => (n === 0 ? "" : String(n))
  const rows = compared.map(({ found, name, title }) => [
    [{ to: anchors.get(name)!, words: title }],
    String(found.length),
    ...(["same", "number", "stars", "sign", "missing"] as const).map((one) => shown(of(found, one)))
  ])
  const summary = `${of(all, "same")} of ${count(all.length, "published cell")} come out as they are printed, to the decimals that are printed; ${of(all, "sign")} have another sign, ${of(all, "stars")} other stars, ${of(all, "number")} another number, and ${of(all, "missing")} the run does not have.`
  return {
    id: "published",
    title: "Published numbers beside the run's",
    blocks:
      all.length === 0
        ? []
        : [
            paragraph(summary),
            ...grid("Agreement by table", ["Table", ">Cells", ">As printed", ">Other number", ">Other stars", ">Other sign", ">Not in the run"], rows)
          ]
  }
}
