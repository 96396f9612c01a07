import type { Warning } from "../../fault.ts"
import { type LineFault, lineFault, linesOf, refuseBlanks, refuseFaults, unitsInHeader, type WeightsFile, weightIn } from "./file-fault.ts"
import { fromLinks, type WeightsMatrix } from "./weights-matrix.ts"

/**
 * Weights from the text of a GWT file: a header as a GAL file's, then a line a link: from, to, and its number, which GeoDa has for a distance and spdep for a weight.
 * The entities are those that are named, in the order of the first column and then of the second, or `entities`, which can have islands. All that is wrong is thrown
 * together as a `FileFault`: a header that is none, a line that is no link, a number that is none or negative, a link to itself or one that stands twice, a name that is not
 * among `entities`, more units than the header says. Fewer are a warning: a unit without a link is not in such a file.
 */
export const readGwt = (text: string, entities?: ReadonlyArray<string>): WeightsFile => {
  const faults: Array<LineFault> = []
  const lines = linesOf(text)
  const units = unitsInHeader(lines, faults)
  refuseFaults(faults)
  const links: Array<readonly [from: string, to: string, weight: number]> = []
  const seen = new Map<string, number>()
  const known = entities === undefined ? undefined : new Set(entities)
  for (const { line, words } of lines.slice(lines.findIndex(({ words }) => words.length > 0) + 1)) {
    if (words.length === 0) continue
    const [from = "", to = "", number = ""] = words
    if (words.length !== 3) {
      faults.push(lineFault("no-link", line, words.join(" "), "two names and a number", "names must not have blanks inside"))
      continue
    }
    const weight = weightIn(number)
    if (Number.isNaN(weight)) faults.push(lineFault("no-weight", line, number, "a number that is not negative", "correct it"))
    for (const name of [from, to])
      if (known?.has(name) === false) faults.push(lineFault("unknown-unit", line, name, "the name of an entity", "correct it, or add the entity"))
    const link = `${from} ${to}`
    const first = seen.get(link)
    if (from === to) faults.push(lineFault("own-neighbour", line, link, "a link between two units", "take the line out"))
    else if (first !== undefined) faults.push(lineFault("link-twice", line, link, "each link once", `it stands already in line ${first}`))
    seen.set(link, first ?? line)
    links.push([from, to, weight])
  }
  const all = entities ?? [...new Set([...links.map(([from]) => from), ...links.map(([, to]) => to)])]
  if (all.length > units!)
    faults.push({ code: "wrong-number-of-units", message: `the header says ${units} units, there are ${all.length}; correct the one or the other`, line: 1 })
  refuseFaults(faults)
  const place = new Map(all.map((entity, i) => [entity, i]))
  const warnings: ReadonlyArray<Warning> =
    all.length === units
      ? []
      : [
          {
            code: "units-without-links",
            message: `the header says ${units} units, ${all.length} are named: those without any link are not in a GWT file, and not in the weights unless all entities are given`
          }
        ]
  return {
    weights: fromLinks(
      all,
      links.map(([from]) => place.get(from)!),
      links.map(([, to]) => place.get(to)!),
      links.map(([, , weight]) => weight)
    ),
    warnings
  }
}

/** Weights as a GWT file, with all their digits. An island has no line in it. */
export const writeGwt = ({ entities, matrix: { columns, starts, values } }: WeightsMatrix, shapefile = "unknown", key = "unknown"): string => {
  refuseBlanks(entities, "GWT")
  const lines = [`0 ${entities.length} ${shapefile} ${key}`]
  entities.forEach((entity, i) => {
    for (let at = starts[i]!; at < starts[i + 1]!; at++) if (values[at] !== 0) lines.push(`${entity} ${entities[columns[at]!]} ${values[at]}`)
  })
  return `${lines.join("\n")}\n`
}
