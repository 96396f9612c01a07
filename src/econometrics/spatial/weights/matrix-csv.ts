import { CsvError, parse } from "csv-parse/sync"
import { Fault } from "../../fault.ts"
import { FileFault, type LineFault, lineFault, refuseFaults, type WeightsFile, weightIn } from "./file-fault.ts"
import { fromLinks, type WeightsMatrix } from "./weights-matrix.ts"

interface Row {
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

const rowsOf = (text: string): ReadonlyArray<Row> => {
  try {
    // Its types do not know what `info` adds.
    const rows: unknown = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
    const told = rows as ReadonlyArray<{ readonly record: ReadonlyArray<string>; readonly info: { readonly lines: number } }>
    return told.map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FileFault([{ code: "csv-syntax", message: `not CSV: ${error.message}; correct the quotes` }])
  }
}

/**
 * Weights from the text of a dense matrix in CSV: the entities' names in the header, over an empty or any first cell, and in the first column; the entry in row i and
 * column j is the weight of j for i. Rows may stand in another order than columns, which is the entities'. All that is wrong is thrown together as a
 * `FileFault`: rows too short or too long, names that stand twice or only on one side, a cell that is no number or negative, an entry of the diagonal that is not 0.
 */
export const readMatrixCsv = (text: string): WeightsFile => {
  const faults: Array<LineFault> = []
  const [header, ...rows] = rowsOf(text)
  const entities = header?.cells.slice(1) ?? []
  if (header === undefined || entities.length === 0)
    throw new FileFault([{ code: "no-header", message: "line 1: expected a header with the names of the entities from its second cell on; write it", line: 1 }])
  const place = new Map<string, number>()
  entities.forEach((name, j) => {
    if (name === "") faults.push(lineFault("no-name", header.line, name, `the name of the entity of column ${j + 2}`, "write it"))
    else if (place.has(name)) faults.push(lineFault("unit-twice", header.line, name, "each entity once", "take one out"))
    else place.set(name, j)
  })
  const lineOf = new Map<string, number>()
  const links: Array<readonly [number, number, number]> = []
  for (const { cells, line } of rows) {
    const [name = "", ...weights] = cells
    const i = place.get(name)
    const first = lineOf.get(name)
    if (i === undefined) faults.push(lineFault("unknown-unit", line, name, "the name of an entity of the header", "correct it, or add its column"))
    else if (first !== undefined) faults.push(lineFault("unit-twice", line, name, "each entity once", `it stands already in line ${first}`))
    else lineOf.set(name, line)
    if (weights.length !== entities.length) {
      faults.push(lineFault("wrong-count", line, `${weights.length} weights`, `${entities.length}, as many as the header has names`, "add or take out cells"))
      continue
    }
    weights.forEach((cell, j) => {
      const weight = weightIn(cell)
      const column = entities[j]
      if (Number.isNaN(weight))
        faults.push(lineFault("no-weight", line, cell, `a number that is not negative in column "${column}"`, "correct it; no link is 0"))
      else if (i === j && weight !== 0)
        faults.push(lineFault("own-neighbour", line, cell, `0 on the diagonal, in column "${column}"`, "an entity is no neighbour of its own"))
      else if (i !== undefined && weight !== 0) links.push([i, j, weight])
    })
  }
  const lacking = [...place.keys()].filter((name) => !lineOf.has(name))
  if (lacking.length > 0)
    faults.push({ code: "lacking-row", message: `these entities have a column and no row: ${lacking.map((name) => `"${name}"`).join(", ")}; add their rows` })
  refuseFaults(faults)
  return {
    weights: fromLinks(
      entities,
      links.map(([i]) => i),
      links.map(([, j]) => j),
      links.map(([, , weight]) => weight)
    ),
    warnings: []
  }
}

const quoted = (name: string): string => (/[",\r\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)

/** A file of so many entities has 200 MB of zeros. */
const MOST = 10_000

/** Weights as a dense matrix in CSV, with all their digits: names in the header, over an empty first cell, and in the first column. A Fault above 10,000 entities. */
export const writeMatrixCsv = ({ entities, matrix }: WeightsMatrix): string => {
  const size = entities.length
  if (size > MOST)
    throw new Fault(
      "too-many-entities",
      `a matrix of ${size} entities is ${size} x ${size} numbers; above ${MOST} entities write .gwt, which has a line a link`
    )
  const row = new Float64Array(size)
  const rows = entities.map((entity, i) => {
    row.fill(0)
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) row[matrix.columns[at]!] = matrix.values[at]!
    return `${quoted(entity)},${row.join(",")}`
  })
  return `${["", ...entities.map(quoted)].join(",")}\n${rows.join("\n")}\n`
}
