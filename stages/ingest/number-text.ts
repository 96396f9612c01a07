/** Numbers as tables print them. */
import type { CellValue } from "../../src/tabular/sheet.ts"
import { digitSign, withoutMarks } from "./marks.ts"
import { isUnit } from "./unit.ts"

/** How a source writes its numbers. */
export interface NumberStyle {
  readonly missing: ReadonlyArray<string>
  readonly decimal: "." | ","
  /** Signs that refer to a footnote, taken off the end of a number. */
  readonly marks: ReadonlyArray<string>
}

/** What tables put where there is no value, by the method's rule: everything else that is no number is a fault. */
export const usualMissing: ReadonlyArray<string> = ["NA", "NaN", ".", "-", "…"]

export type Read =
  | { readonly kind: "number"; readonly digits: string; readonly unit: "%" | undefined }
  | { readonly kind: "missing" }
  | { readonly kind: "infinite" }
  | { readonly kind: "wrong"; readonly remedy: string }

const decimalPoint = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const thousands = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/
const spacedThousands = /^[+-]?\d{1,3}( \d{3})+(\.\d*)?$/
const infinity = /^[+-]?inf(inity)?$/i

const remedyFor = (text: string, decimal: "." | ","): string => {
  const correct = "correct it, or leave the cell empty if the value is missing"
  if (/^#(DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$/.test(text)) return `a formula failed in the file: ${correct}`
  if (/^[+-]?\d+,\d+$/.test(text) && decimal === ".") return 'write the decimals after a point, or say decimal: ","'
  if (decimal === "," && /^[+-]?\d+\.\d+$/.test(text)) return 'write the decimals after a comma, or say decimal: "."'
  if (text.endsWith("%")) return 'take out the "%" and give it as the unit'
  if (/^\([\d.,]+\)$/.test(text)) return "write a negative number with a minus sign"
  if (text.startsWith("=")) return "a formula without its result: open the file in a spreadsheet program, save it, and take the values"
  const said = /^[+-]?[\d.,]+\s*([万亿千百].*|\D+)$/u.exec(text)?.[1]
  if (said !== undefined && (/^[万亿千百]/u.test(said) || isUnit(said)))
    return `the cell says a unit ("${said}"): write the number alone, and say the unit as given`
  const marked = /^[+-]?[\d.,]+\s*(\D{1,3})$/u.exec(text)?.[1]
  if (marked !== undefined && !/^[a-z]{2,}$/i.test(marked)) return `${correct}; if "${marked}" refers to a footnote, say marks: ["${marked}"]`
  return `${correct}; if it stands for a missing value, add it to missing`
}

const isMissing = (text: string, { missing }: NumberStyle): boolean => text === "" || missing.includes(text)

/**
 * The number in a cell, as a decimal text that JavaScript reads (so that a unit's power of ten can be put into its exponent without rounding twice). Full-width
 * digits, thousands between commas or spaces, and declared footnote marks are understood, and a percent sign where `percent` says that the variable's unit is known; nothing is guessed.
 */
export const readNumberText = (value: CellValue, style: NumberStyle, percent = false): Read => {
  if (value === null) return { kind: "missing" }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return { kind: "infinite" }
    const digits = String(value)
    return isMissing(digits, style) ? { kind: "missing" } : { kind: "number", digits, unit: undefined }
  }
  if (typeof value === "boolean") return { kind: "wrong", remedy: "correct it, or leave the cell empty if the value is missing" }
  if (isMissing(value, style)) return { kind: "missing" }
  const bare = withoutMarks(value, style.marks)
  const sign = digitSign(bare)
  if (sign !== undefined)
    return { kind: "wrong", remedy: `if "${sign}" refers to a footnote, say marks: ["${sign}"]; otherwise write the number in plain digits` }
  const unmarked = bare.normalize("NFKC").replace(/[−–]/g, "-").trim()
  const unit = percent && unmarked.length > 1 && unmarked.endsWith("%") ? "%" : undefined
  const text = unit === undefined ? unmarked : unmarked.slice(0, -1).trim()
  if (isMissing(text, style)) return { kind: "missing" }
  if (infinity.test(text)) return { kind: "infinite" }
  const dotted = style.decimal === "." ? text : /^[\d+-]/.test(text) ? text.replace(/[.,]/g, (sign) => (sign === "," ? "." : ",")) : text
  const plain = thousands.test(dotted) || spacedThousands.test(dotted) ? dotted.replace(/[, ]/g, "") : dotted
  if (!decimalPoint.test(plain)) return { kind: "wrong", remedy: remedyFor(text, style.decimal) }
  return Number.isFinite(Number(plain)) ? { kind: "number", digits: plain, unit } : { kind: "infinite" }
}

/** A decimal text times a factor; powers of ten are put into the exponent, so that 4.35 of a hundred is 435. */
export const scaled = (digits: string, factor: number): number => {
  if (factor === 1) return Number(digits)
  const power = Math.round(Math.log10(factor))
  if (factor !== Number(`1e${power}`)) return Number(digits) * factor
  const [mantissa, exponent = "0"] = digits.toLowerCase().split("e")
  return Number(`${mantissa}e${Number(exponent) + power}`)
}
