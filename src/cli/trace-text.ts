/** The way of a cell back to its files, in words. */
import type { TracedCell } from "../engine/lineage/cell-lineage.ts"
import type { CellKey } from "../engine/lineage/panel-cell.ts"
import { count } from "../engine/wording.ts"
import type { styleFor } from "../workspace/style.ts"

const labelOf = ({ column, node, output }: TracedCell): string => `${output === "output" ? node : `${node}.${output}`}.${column}`
const written = ({ unit, value }: TracedCell): string =>
  value === null ? "missing" : `${typeof value === "number" ? Number(value.toPrecision(12)) : value}${unit === "" ? "" : ` ${unit}`}`

/** A cell that its only part passes on as it is stands in one line with it. */
const chainOf = (cell: TracedCell): ReadonlyArray<TracedCell> => {
  const [only, ...others] = cell.from
  const passed =
    only !== undefined && others.length === 0 && only.column === cell.column && only.value === cell.value && only.year === cell.year && cell.how === undefined
  return passed ? [cell, ...chainOf(only)] : [cell]
}

const lines = (cell: TracedCell, key: CellKey, indent: number, depth: number): ReadonlyArray<string> => {
  const chain = chainOf(cell)
  const last = chain.at(-1)!
  const source = chain.map(({ source: own }) => own).find((own) => own !== undefined)
  const way = chain.map((one, i) => (i === 0 ? labelOf(one) : one.output === "output" ? one.node : `${one.node}.${one.output}`)).join(" <- ")
  const year = cell.year === key.year ? "" : ` (${cell.year})`
  const told = [
    `${"  ".repeat(indent)}${way}${year} = ${written(cell)}`,
    ...(last.how === undefined ? [] : [`filled: ${last.how}`]),
    ...(last.again ? ["(as above)"] : []),
    ...(source === undefined ? [] : [`<- ${source}`])
  ].join("   ")
  const more = depth <= chain.length ? [] : last.from.flatMap((one) => lines(one, key, indent + 1, depth - chain.length))
  const besides = last.besides.length === 0 || depth <= chain.length ? [] : [`${"  ".repeat(indent + 1)}with ${last.besides.join(", ")}`]
  return [told, ...more, ...besides]
}

/** The cells that lie at the end of the way, each once. */
const ends = (cells: ReadonlyArray<TracedCell>): ReadonlyArray<TracedCell> =>
  cells.flatMap((cell) => (cell.from.length === 0 ? (cell.again ? [] : [cell]) : ends(cell.from)))

export const traceText = (
  model: string | undefined,
  key: CellKey,
  { besides, cells }: { readonly cells: ReadonlyArray<TracedCell>; readonly besides: ReadonlyArray<string> },
  depth: number,
  style: ReturnType<typeof styleFor>
): string => {
  const title = model === undefined ? `${key.entity}, ${key.year}` : `${key.entity}, ${key.year}: what ${model} read of it`
  const last = ends(cells)
  const read = new Set(last.flatMap(({ source }) => (source?.includes("!") ? [source] : [])))
  const files = new Set([...read].map((source) => source.slice(0, source.indexOf("!"))))
  const sum =
    read.size === 0
      ? `no cell of a file is told on this way: it ends at ${[...new Set(last.map(({ node, stage }) => `${node} (stage ${stage})`))].join(", ")}`
      : `${count(read.size, "cell")} of ${[...files].join(", ")}`
  return `${[
    style("bold", title),
    ...cells.flatMap((cell) => lines(cell, key, 0, depth)),
    ...(besides.length === 0 ? [] : [`with ${besides.join(", ")}`]),
    "",
    sum
  ].join("\n")}\n`
}

/** A traced cell as `--json` prints it. */
export const traceDocument = ({ again, besides, from, how, source, ...cell }: TracedCell, depth: number): Readonly<Record<string, unknown>> => ({
  ...cell,
  ...(how === undefined ? {} : { how }),
  ...(source === undefined ? {} : { source }),
  ...(again ? { again } : {}),
  ...(besides.length === 0 ? {} : { besides }),
  from: depth <= 1 ? [] : from.map((one) => traceDocument(one, depth - 1))
})
