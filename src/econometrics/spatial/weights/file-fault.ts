import { Fault, type Warning } from "../../fault.ts"
import type { WeightsMatrix } from "./weights-matrix.ts"

/** One thing that is wrong in a file. A line counts from 1. */
export interface LineFault {
  readonly code: string
  readonly message: string
  readonly line?: number
}

/** All that is wrong in a file, together. */
export class FileFault extends Fault {
  readonly faults: ReadonlyArray<LineFault>
  constructor(faults: ReadonlyArray<LineFault>) {
    super("weights-file", faults.map(({ message }) => message).join("\n"))
    this.name = "FileFault"
    this.faults = faults
  }
}

/** Throws all faults together, if there are any. */
export const refuseFaults = (faults: ReadonlyArray<LineFault>): void => {
  if (faults.length > 0) throw new FileFault(faults)
}

/** Weights as a file has them, its entities in their order there, and what a reader must know of it. */
export interface WeightsFile {
  readonly weights: WeightsMatrix
  readonly warnings: ReadonlyArray<Warning>
}

/** A fault of one line: what it holds, what it should hold, and what to do. */
export const lineFault = (code: string, line: number, found: string, expected: string, remedy: string): LineFault => ({
  code,
  message: `line ${line}: found "${found}", expected ${expected}; ${remedy}`,
  line
})

/** A line of text in words, without what surrounds them; a byte order mark is none. */
interface Line {
  readonly line: number
  readonly words: ReadonlyArray<string>
}
export const linesOf = (text: string): ReadonlyArray<Line> =>
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((content, i) => ({ line: i + 1, words: content.split(/\s+/).filter((word) => word !== "") }))

/** A whole number without a sign; NaN where a word is none. */
export const wholeNumber = (word: string): number => (/^\d+$/.test(word) ? Number(word) : Number.NaN)

/** A weight: a finite number that is not negative; NaN where a word is none. */
export const weightIn = (word: string): number => {
  const value = /^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) ? Number(word) : Number.NaN
  return Number.isFinite(value) ? value : Number.NaN
}

/**
 * The number of units in the header of a GAL or GWT file: "N" alone, or GeoDa's and spdep's "0 N shapefile key", whose shapefile may be several words. Undefined,
 * and told, where the line is neither.
 */
export const unitsInHeader = (lines: ReadonlyArray<Line>, faults: Array<LineFault>): number | undefined => {
  const { line, words } = lines.find(({ words }) => words.length > 0) ?? { line: 1, words: [] }
  const units = words.length === 1 ? wholeNumber(words[0]!) : words.length >= 2 && words[0] === "0" ? wholeNumber(words[1]!) : Number.NaN
  if (units > 0) return units
  faults.push(lineFault("no-header", line, words.join(" "), 'the number of units, alone or as "0 N shapefile key"', "write it in the first line"))
  return undefined
}

/** GAL and GWT files have blanks between names: names with blanks inside cannot be written to them. */
export const refuseBlanks = (entities: ReadonlyArray<string>, format: string): void => {
  const blank = entities.filter((entity) => entity === "" || /\s/.test(entity))
  if (blank.length > 0)
    throw new Fault(
      "blank-in-name",
      `a ${format} file has blanks between names, so that these cannot be written to it: ${blank.map((entity) => `"${entity}"`).join(", ")}; take names without blanks (codes, say), or a CSV matrix`
    )
}
