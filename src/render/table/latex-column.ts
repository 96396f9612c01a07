import { escapeLatex } from "../latex.ts"
import { atDecimalPoint, type NumberParts, numberParts } from "./decimal-point.ts"
import type { PrintedSheet, SheetLine } from "./printed-sheet.ts"

/** The package that aligns decimal points: dcolumn (default), which takes brackets and stars as they come, or siunitx. */
export type Aligning = "dcolumn" | "siunitx"

/** Raises stars and other symbols, in mathematics and in text; the empty group lets one follow another. */
export const symbolCommand = "\\providecommand{\\sym}[1]{\\ifmmode{}^{#1}\\else\\(^{#1}\\)\\fi}"

// At what is another text in the run beside it: bold digits would not be aligned.
export const differsMark = "\\sym{\\P}"

/** Whether a cell is told as another one than in the run beside it: that of the run's own, or the one that the run has not. */
export const isMarked = (sheet: PrintedSheet, { cells, differs }: SheetLine, c: number): boolean =>
  differs[c]! && cells[c] !== "" && (!sheet.columns[c]!.beside || cells[c - 1] === "")

const mathematical: Readonly<Record<string, string>> = {
  "*": "*",
  "+": "{+}",
  "†": "\\dagger{}",
  "‡": "\\ddagger{}",
  "§": "\\S{}",
  "¶": "\\P{}",
  "#": "\\#",
  "%": "\\%",
  "&": "\\&",
  "°": "\\circ{}",
  "'": "\\prime{}"
}

/** Stars and other symbols, raised; a percent sign stands on the line. */
const raised = (symbols: string): string => {
  if (symbols.startsWith("%")) return `\\%${raised(symbols.slice(1))}`
  if (symbols === "") return ""
  const set = [...symbols].map((symbol) => mathematical[symbol] ?? (/[a-z]/i.test(symbol) ? `\\mathrm{${symbol}}` : `\\mbox{\\tiny ${escapeLatex(symbol)}}`))
  return `\\sym{${set.join("")}}`
}

const inMathematics = (bracket: string): string => (bracket === "{" || bracket === "}" ? `\\${bracket}` : bracket)
const inText = (bracket: string): string => (bracket === "{" || bracket === "}" ? `$\\${bracket}$` : bracket)

/** A number with all that stands around it in LaTeX's mathematics, where commas and stars would have spaces. */
const dcolumnCell = ({ after, close, exponent, fraction, open, sign, symbols, whole }: NumberParts, mark: string): string => {
  const thousands = whole.replaceAll(",", "{,}").replaceAll(" ", "\\,").replaceAll("'", "\\mbox{'}")
  const power = exponent === "" ? "" : `\\mathrm{e}{${exponent.slice(1)}}`
  return `${inMathematics(open)}${sign}${thousands}${fraction}${power}${raised(symbols)}${inMathematics(close)}${raised(after)}${mark}`
}

/** The digits, which siunitx aligns, and in braces what stands before and after them. */
const siunitxCell = ({ after, close, exponent, fraction, open, sign, symbols, whole }: NumberParts, mark: string) => ({
  before: `${inText(open)}${sign === "<" || sign === "+" ? `$${sign}$` : ""}`,
  digits: `${sign === "-" ? "-" : ""}${whole.replace(/\D/g, "")}${fraction}`,
  after: `${exponent === "" ? "" : `e$${exponent.slice(1)}$`}${raised(symbols)}${inText(close)}${raised(after)}${mark}`
})
const braced = (text: string): string => (text === "" ? "" : `{${text}}`)
const longestOf = (texts: ReadonlyArray<string>): string => texts.reduce((longest, text) => (text.length > longest.length ? text : longest), "")

/** A column of cells as LaTeX, and the column type that sets them under their decimal points. */
export const latexColumn = (sheet: PrintedSheet, c: number, align: Aligning): { readonly type: string; readonly cells: ReadonlyArray<string> } => {
  const texts = sheet.lines.map(({ cells }) => cells[c]!)
  const marks = sheet.lines.map((line) => (isMarked(sheet, line, c) ? differsMark : ""))
  if (!sheet.columns[c]!.numeric) return { type: "l", cells: texts.map((text, r) => `${escapeLatex(text)}${marks[r]}`) }
  const numbers = atDecimalPoint(texts).map((split, r) => (split === undefined ? undefined : numberParts(texts[r]!)))
  const aligned = numbers.flatMap((parts, r) => (parts === undefined ? [] : [{ parts, mark: marks[r]! }]))
  const set = (number: (parts: NumberParts, mark: string) => string) =>
    texts.map((text, r) => {
      const parts = numbers[r]
      return parts !== undefined ? number(parts, marks[r]!) : text === "" ? "" : `\\multicolumn{1}{c}{${escapeLatex(text)}${marks[r]}}`
    })
  const longest = (of: (parts: NumberParts, mark: string) => string) => Math.max(0, ...aligned.map(({ mark, parts }) => of(parts, mark).length))
  if (aligned.length === 0) return { type: "c", cells: set(() => "") }
  if (align === "dcolumn") {
    const before = longest(({ open, sign, whole }) => `${open}${sign}${whole}`)
    const after = longest(
      ({ after: last, close, exponent, fraction, symbols }, mark) => `${fraction.slice(1)}${exponent}${symbols}${close}${last}${mark === "" ? "" : "*"}`
    )
    return { type: `D{.}{.}{${before}.${after}}`, cells: set(dcolumnCell) }
  }
  const cells = aligned.map(({ mark, parts }) => siunitxCell(parts, mark))
  const sign = aligned.some(({ parts }) => parts.sign === "-") ? "-" : ""
  const separator = /[,' ]/.exec(aligned.map(({ parts }) => parts.whole).join(""))?.[0]
  const options = [
    `table-format=${sign}${longest(({ whole }) => whole.replace(/\D/g, ""))}.${longest(({ fraction }) => fraction.slice(1))}`,
    ...["pre", "post"].flatMap((where) => {
      const text = longestOf(cells.map(({ after, before }) => (where === "pre" ? before : after)))
      return text === "" ? [] : [`table-space-text-${where}={${text}}`]
    }),
    "table-align-text-pre=false",
    "table-align-text-post=false",
    ...(separator === undefined
      ? ["group-digits=none"]
      : ["group-digits=integer", "group-minimum-digits=4", `group-separator={${separator === " " ? "\\," : separator === "," ? "{,}" : separator}}`])
  ]
  return {
    type: `S[${options.join(",")}]`,
    cells: set((parts, mark) => {
      const { after, before, digits } = siunitxCell(parts, mark)
      return `${braced(before)}${digits}${braced(after)}`
    })
  }
}
