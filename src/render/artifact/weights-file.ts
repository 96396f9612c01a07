import type { StoredTable } from "../../artifact/column.ts"
import { Fault, resultOrFault } from "../../econometrics/fault.ts"
import { writeGal } from "../../econometrics/spatial/weights/gal.ts"
import { writeGwt } from "../../econometrics/spatial/weights/gwt.ts"
import { writeMatrixCsv } from "../../econometrics/spatial/weights/matrix-csv.ts"
import { fromLinks, type WeightsMatrix } from "../../econometrics/spatial/weights/weights-matrix.ts"
import { numbersOf, textsOf } from "../stored.ts"

/** The weights that an artifact's links make, entities in the order in which they stand there. */
export const weightsOf = (table: StoredTable): WeightsMatrix => {
  const from = textsOf(table, "from")
  const to = textsOf(table, "to")
  const place = new Map<string, number>()
  for (const names of [from, to]) for (const name of names) if (!place.has(name!)) place.set(name!, place.size)
  const places = (names: ReadonlyArray<string | undefined>) => names.map((name) => place.get(name!)!)
  return fromLinks([...place.keys()], places(from), places(to), numbersOf(table, "weight"))
}

const formats = [
  [".gal", writeGal],
  [".gwt", writeGwt],
  [".matrix.csv", writeMatrixCsv]
] as const
/** Ends of the names of files that spatial weights can be written to, beside those of any table. */
export const weightsExtensions = formats.map(([extension]) => extension)

/** Spatial weights as other programs read them, by the end of a file's name: neighbour lists, a line a link, or a dense matrix. Undefined where the end is none of these; why not, where names cannot be written. */
export const weightsFile = (table: StoredTable, file: string): { readonly text: string } | { readonly why: string } | undefined => {
  const format = formats.find(([extension]) => file.toLowerCase().endsWith(extension))
  if (format === undefined) return undefined
  const text = resultOrFault(() => format[1](weightsOf(table)))
  return text instanceof Fault ? { why: text.message } : { text }
}
