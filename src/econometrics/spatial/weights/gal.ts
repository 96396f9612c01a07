import type { Warning } from "../../fault.ts"
import { type LineFault, lineFault, linesOf, refuseBlanks, refuseFaults, unitsInHeader, type WeightsFile, wholeNumber } from "./file-fault.ts"
import { fromLinks, type WeightsMatrix } from "./weights-matrix.ts"

const named = 5

/** Links that go one way only, as a warning: contiguity goes both ways. */
const oneWay = (entities: ReadonlyArray<string>, neighbours: ReadonlyArray<ReadonlySet<number>>): ReadonlyArray<Warning> => {
  const lonely = neighbours.flatMap((row, i) => [...row].filter((j) => !neighbours[j]!.has(i)).map((j) => `"${entities[i]}" names "${entities[j]}"`))
  if (lonely.length === 0) return []
  const more = lonely.length > named ? `, and ${lonely.length - named} more` : ""
  return [
    {
      code: "one-way-links",
      message: `${lonely.length} of the neighbours named do not name those that name them: ${lonely.slice(0, named).join(", ")}${more}; contiguity goes both ways`
    }
  ]
}

/**
 * Binary weights from the text of a GAL file: a header, then for each unit a line with its name and the number of its neighbours, and a line with these (blank or
 * left out where there are none). All that is wrong is thrown together as a `FileFault`: a header that is none, a number that is none, as many names as the number
 * does not say, a unit that stands twice or of which the header does not know, a neighbour that is no unit or the unit itself, or is named twice. Neighbours
 * that do not name each other are a warning.
 */
export const readGal = (text: string): WeightsFile => {
  const faults: Array<LineFault> = []
  const lines = linesOf(text)
  const units = unitsInHeader(lines, faults)
  refuseFaults(faults)
  const blocks: Array<{ readonly name: string; readonly line: number; readonly words: ReadonlyArray<string>; readonly neighboursLine: number }> = []
  let at = lines.findIndex(({ words }) => words.length > 0) + 1
  while (at < lines.length) {
    const { line, words } = lines[at++]!
    if (words.length === 0) continue
    const [name = "", number = ""] = words
    if (words.length !== 2) {
      faults.push(lineFault("no-unit", line, words.join(" "), "the name of a unit and the number of its neighbours", "names must not have blanks inside"))
      continue
    }
    // Where the number is none, what follows is taken for the neighbours all the same: what is wrong with it is told too.
    const count = wholeNumber(number)
    if (Number.isNaN(count)) faults.push(lineFault("no-count", line, number, `the number of neighbours of ${name}`, "correct it"))
    const next = lines[at]
    if (count === 0) {
      if (next?.words.length === 0) at++
      blocks.push({ name, line, words: [], neighboursLine: line })
      continue
    }
    at++
    const found = next?.words ?? []
    if (found.length !== count && !Number.isNaN(count))
      faults.push(
        lineFault("wrong-count", next?.line ?? line, found.join(" "), `${count} neighbours of ${name}, as line ${line} says`, "correct the number or the names")
      )
    blocks.push({ name, line, words: found, neighboursLine: next?.line ?? line })
  }
  const entities = [...new Set(blocks.map(({ name }) => name))]
  const place = new Map(entities.map((entity, i) => [entity, i]))
  const neighbours = entities.map(() => new Set<number>())
  const seen = new Map<string, number>()
  for (const { line, name, neighboursLine, words } of blocks) {
    const first = seen.get(name)
    if (first !== undefined) faults.push(lineFault("unit-twice", line, name, "each unit once", `it stands already in line ${first}`))
    seen.set(name, first ?? line)
    const row = neighbours[place.get(name)!]!
    for (const word of words) {
      const to = place.get(word)
      if (to === undefined)
        faults.push(lineFault("unknown-unit", neighboursLine, word, "the name of a unit of the file", `give ${word} lines of its own, or take it out`))
      else if (word === name) faults.push(lineFault("own-neighbour", neighboursLine, word, `a unit other than ${name}`, "take it out"))
      else if (row.has(to)) faults.push(lineFault("neighbour-twice", neighboursLine, word, "each neighbour once", "take it out"))
      if (to !== undefined) row.add(to)
    }
  }
  if (entities.length !== units)
    faults.push({
      code: "wrong-number-of-units",
      message: `the header says ${units} units, the file has ${entities.length}; correct the one or the other`,
      line: 1
    })
  refuseFaults(faults)
  const from = neighbours.flatMap((row, i) => [...row].map(() => i))
  return {
    weights: fromLinks(
      entities,
      from,
      neighbours.flatMap((row) => [...row]),
      from.map(() => 1)
    ),
    warnings: oneWay(entities, neighbours)
  }
}

/** Weights as a GAL file, GeoDa's and spdep's: who is linked to whom; the weights themselves are not in it. `shapefile` and `key` stand in its header. */
export const writeGal = ({ entities, matrix: { columns, starts, values } }: WeightsMatrix, shapefile = "unknown", key = "unknown"): string => {
  refuseBlanks(entities, "GAL")
  const lines = entities.flatMap((entity, i) => {
    const names: Array<string> = []
    for (let at = starts[i]!; at < starts[i + 1]!; at++) if (values[at] !== 0) names.push(entities[columns[at]!]!)
    return [`${entity} ${names.length}`, names.join(" ")]
  })
  return `0 ${entities.length} ${shapefile} ${key}\n${lines.join("\n")}\n`
}
