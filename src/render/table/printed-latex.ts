import type { StoredTable } from "../../artifact/column.ts"
import { hasCjk } from "../cjk.ts"
import { escapeLatex, latexCaption } from "../latex.ts"
import { textExtent } from "../text-extent.ts"
import { atDecimalPoint } from "./decimal-point.ts"
import { type PrintedSheet, printedSheet, type SheetLine } from "./printed-sheet.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

/** The package that aligns decimal points: dcolumn (default), which takes brackets and stars as they come, or siunitx. */
export type Aligning = "dcolumn" | "siunitx"
export interface LatexOptions extends LayoutOptions {
  readonly align?: Aligning | undefined
  /** Whether a table has the number of its title, or none: in a document of its own. In a paper (default) LaTeX counts. */
  readonly numberOfTitle?: boolean
}

const packages = (align: Aligning) => ["booktabs", "threeparttable", "longtable", "rotating", "adjustbox", align]

const number = /^([[({]?)\s*(<?)([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)([*+]*)([\])}]?)$/

// At what is another text in the run beside it: bold digits would not be aligned.
const dagger = "\\sym{\\dag}"

/** A number with what stands around it, in LaTeX's mathematics (dcolumn) or beside it in braces (siunitx). */
const numberCell = (text: string, align: Aligning, mark: string): string => {
  const parts = number.exec(text)
  if (parts === null) return escapeLatex(text)
  const [, open, below, digits, stars, close] = parts as unknown as readonly [string, string, string, string, string, string]
  const brace = (bracket: string) => (bracket === "{" || bracket === "}" ? `\\${bracket}` : bracket)
  const starred = stars === "" ? "" : `\\sym{${stars}}`
  if (align === "dcolumn") return `${brace(open)}${below}${digits}${starred}${brace(close)}${mark}`
  const around = (part: string) => (part === "" ? "" : `{${part}}`)
  const bracket = (one: string) => (one === "{" || one === "}" ? `$${brace(one)}$` : one)
  return `${around(`${bracket(open)}${below === "" ? "" : "$<$"}`)}${digits}${around(`${starred}${bracket(close)}${mark}`)}`
}

/** A column of cells as LaTeX, and the column type that sets them under their decimal points. */
const latexColumn = (sheet: PrintedSheet, c: number, align: Aligning): { readonly type: string; readonly cells: ReadonlyArray<string> } => {
  const texts = sheet.lines.map(({ cells }) => cells[c]!)
  const marks = sheet.lines.map((line) => (isMarked(sheet, line, c) ? dagger : ""))
  const centred = (text: string, mark: string) => (text === "" ? "" : `\\multicolumn{1}{c}{${escapeLatex(text)}${mark}}`)
  if (!sheet.columns[c]!.numeric) return { type: "l", cells: texts.map((text, r) => `${escapeLatex(text)}${marks[r]}`) }
  const split = atDecimalPoint(texts)
  const cells = texts.map((text, r) => (split[r] === undefined || !number.test(text) ? centred(text, marks[r]!) : numberCell(text, align, marks[r]!)))
  const aligned = split.flatMap((parts, r) => (parts === undefined || !number.test(texts[r]!) ? [] : [parts]))
  if (aligned.length === 0) return { type: "c", cells }
  const longest = (part: 0 | 1, of: (text: string) => string) => Math.max(...aligned.map((parts) => of(parts[part]).length))
  const marked = marks.some((mark) => mark !== "")
  if (align === "dcolumn") {
    const after = longest(1, (text) => text.replace(".", "")) + (marked ? 1 : 0)
    return { type: `D{.}{.}{${longest(0, (text) => text)}.${after}}`, cells }
  }
  const sign = aligned.some(([head]) => head.includes("-")) ? "-" : ""
  const digits = longest(0, (text) => text.replace(/\D/g, ""))
  const places = longest(1, (text) => /^\.(\d*)/.exec(text)?.[1] ?? "")
  const before = `${aligned.some(([head]) => /^[[({]/.test(head)) ? "(" : ""}${aligned.some(([head]) => head.includes("<")) ? "$<$" : ""}`
  const opens = before === "" ? "" : `,table-space-text-pre={${before}}`
  const after = aligned.map(([, tail]) => /\**[\])}]?$/.exec(tail)![0]).sort((a, b) => b.length - a.length)[0]!
  const widest = `${after === "" ? "" : after.startsWith("*") ? `\\sym{${after}}` : ")"}${marked ? dagger : ""}`
  const closes = widest === "" ? "" : `,table-space-text-post={${widest}}`
  return { type: `S[table-format=${sign}${digits}.${places}${opens}${closes},table-align-text-pre=false,table-align-text-post=false]`, cells }
}

/** Whether a cell is told as another one than in the run beside it: that of the run's own, or the one that the run has not. */
const isMarked = (sheet: PrintedSheet, { cells, differs }: SheetLine, c: number): boolean =>
  differs[c]! && cells[c] !== "" && (!sheet.columns[c]!.beside || cells[c - 1] === "")

/** Headings with the rules under those that stand over several columns. */
const headLines = (sheet: PrintedSheet): ReadonlyArray<string> =>
  sheet.heads.flatMap((line, i) => {
    let at = 2
    const cells: Array<string> = []
    const rules: Array<string> = []
    for (const { group, span, text } of line) {
      const words = span === 1 && !sheet.columns[at - 2]!.numeric
      cells.push(text === "" && span === 1 ? "" : `\\multicolumn{${span}}{${words ? "l" : "c"}}{${escapeLatex(text)}}`)
      if (text !== "" && (group || span > 1) && i < sheet.heads.length - 1) rules.push(`\\cmidrule(lr){${at}-${at + span - 1}}`)
      at += span
    }
    return [` & ${cells.join(" & ")} \\\\`, ...(rules.length === 0 ? [] : [rules.join(" ")])]
  })

const bodyLines = (sheet: PrintedSheet, columns: ReadonlyArray<{ readonly cells: ReadonlyArray<string> }>): ReadonlyArray<string> =>
  sheet.lines.flatMap((line, r) => {
    const indent = "\\quad ".repeat(line.level)
    const label = line.heading
      ? `\\multicolumn{${columns.length + 1}}{l}{${indent}\\textit{${escapeLatex(line.label)}}}`
      : `${indent}${escapeLatex(line.label)}`
    const cells = line.heading ? label : [label, ...columns.map(({ cells: texts }) => texts[r]!)].join(" & ")
    // The lines of one thing stay on one page.
    const together = sheet.lines[r + 1]?.lines === 0
    return [...(line.ruled ? ["\\midrule"] : []), `${cells} ${together ? "\\\\*" : "\\\\"}`]
  })

/** Points that a table takes at ten points to the letter: what it is shrunk or turned by. */
const pointsWide = (sheet: PrintedSheet): number => {
  const widest = (texts: ReadonlyArray<string>) => Math.max(0, ...texts.map((text) => textExtent(text, 9)))
  // What a heading takes is shared out among its columns.
  const headed = sheet.columns.map(() => 0)
  for (const line of sheet.heads) {
    let at = 0
    for (const { span, text } of line) {
      for (let c = at; c < at + span; c++) headed[c] = Math.max(headed[c]!, textExtent(text, 9) / span)
      at += span
    }
  }
  const columns = sheet.columns.map((_, c) => Math.max(headed[c]!, widest(sheet.lines.map(({ cells }) => cells[c]!))) + 12)
  return widest(sheet.lines.map(({ label }) => label)) + 12 + columns.reduce((sum, width) => sum + width, 0)
}

// Of the article class on A4, in points; past `onItsSide` letters would be too small to read if the table were shrunk to the page's width.
const textWidth = 400
const textHeight = 560
const onItsSide = 620
const longLines = 46

const label = (name: string): string => `tab:${name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}`

/** Lines of small letters that the notes take in a table so many points wide. */
const noteLines = (notes: ReadonlyArray<string>, wide: number): number =>
  notes.reduce((lines, note) => lines + Math.ceil(textExtent(note, 8) / Math.max(wide, 1)), 0)

/** A table as LaTeX: what `\\input` takes into a paper. */
const fragment = (sheet: PrintedSheet, name: string, align: Aligning, numberOfTitle: boolean): ReadonlyArray<string> => {
  const columns = sheet.columns.map((_, c) => latexColumn(sheet, c, align))
  const format = `l${columns.map(({ type }) => type).join("")}`
  const { caption, counter } = latexCaption("table", sheet.title, numberOfTitle)
  const named = counter.length > 0 || !numberOfTitle ? `\\label{${label(name)}}` : ""
  const differing = sheet.lines.some((line) => sheet.columns.some((_, c) => isMarked(sheet, line, c)))
  const notes = [...sheet.notes.map(escapeLatex), ...(differing ? [`${dagger} differs from what stands beside it.`] : [])]
  const head = ["\\toprule", ...headLines(sheet), "\\midrule"]
  const body = bodyLines(sheet, columns)
  const symbol = "\\providecommand{\\sym}[1]{\\ifmmode^{#1}\\else\\textsuperscript{#1}\\fi}"
  if (sheet.lines.length > longLines) {
    const all = columns.length + 1
    return [
      symbol,
      ...counter,
      "{\\small",
      `\\begin{longtable}{${format}}`,
      ...(caption === "" ? [] : [`${caption}${named}\\\\`]),
      ...head,
      "\\endfirsthead",
      ...head,
      "\\endhead",
      "\\midrule",
      `\\multicolumn{${all}}{r}{\\textit{continued on the next page}} \\\\`,
      "\\endfoot",
      "\\bottomrule",
      "\\endlastfoot",
      ...body,
      "\\end{longtable}",
      ...(notes.length === 0
        ? []
        : ["\\par\\noindent\\begin{minipage}{\\linewidth}\\footnotesize\\raggedright", notes.join("\\par\n"), "\\end{minipage}\\par\\medskip"]),
      "}"
    ]
  }
  const wide = pointsWide(sheet)
  const environment = wide > onItsSide ? "sidewaystable" : "table"
  const high = (sheet.heads.length + sheet.lines.length) * 11 + noteLines(sheet.notes, wide) * 9.5
  const shrunk = wide > textWidth || high > textHeight
  return [
    symbol,
    `\\begin{${environment}}${environment === "table" ? "[htbp]" : ""}`,
    "\\centering",
    ...counter,
    ...(caption === "" ? [] : [caption]),
    ...(named === "" ? [] : [named]),
    ...(shrunk ? ["\\begin{adjustbox}{max width=\\linewidth, max totalheight=0.92\\textheight}"] : []),
    "\\begin{threeparttable}",
    "\\small",
    `\\begin{tabular}{${format}}`,
    ...head,
    ...body,
    "\\bottomrule",
    "\\end{tabular}",
    ...(notes.length === 0
      ? []
      : [
          "\\begin{tablenotes}[flushleft]\\footnotesize\\raggedright\\setlength{\\labelsep}{0pt}",
          ...notes.map((note) => `\\item ${note}`),
          "\\end{tablenotes}"
        ]),
    "\\end{threeparttable}",
    ...(shrunk ? ["\\end{adjustbox}"] : []),
    `\\end{${environment}}`
  ]
}

/**
 * A PrintedTable as LaTeX for a paper's `\\input`: booktabs' rules, decimal points aligned by dcolumn or siunitx, notes as wide as the table (threeparttable); one that is
 * wider than a page is shrunk or stands on its side, one longer than a page goes on on the next. `name` is its label, `tab:<name>`.
 */
export const printedLatex = (table: StoredTable, name: string, { align = "dcolumn", numberOfTitle = false, ...options }: LatexOptions = {}): string => {
  const lines = fragment(printedSheet(printedLayout(table, options)), name, align, numberOfTitle)
  const needs = `% needs \\usepackage{${packages(align).join(",")}}`
  return `${[needs, ...(lines.some(hasCjk) ? ["% has Chinese, Japanese or Korean text: compile with XeLaTeX and ctex, or inside a CJK environment of CJKutf8"] : []), ...lines].join("\n")}\n`
}

/** A LaTeX document that compiles as it is, of fragments whose numbers are those of their titles. */
export const latexDocument = (fragments: ReadonlyArray<string>, align: Aligning = "dcolumn"): string => {
  const cjk = fragments.some(hasCjk)
  return `${[
    "\\documentclass[11pt,a4paper]{article}",
    "\\usepackage[margin=2.5cm]{geometry}",
    "\\usepackage[utf8]{inputenc}",
    "\\usepackage[T1]{fontenc}",
    "\\usepackage{lmodern,textcomp,graphicx}",
    "\\usepackage[tableposition=top,skip=6pt]{caption}",
    `\\usepackage{${packages(align).join(",")}}`,
    ...(cjk ? ["\\usepackage{CJKutf8}"] : []),
    "\\begin{document}",
    ...(cjk ? ["\\begin{CJK}{UTF8}{gbsn}"] : []),
    ...fragments.flatMap((one, i) => [...(i === 0 ? [] : ["\\clearpage"]), one.trimEnd()]),
    ...(cjk ? ["\\end{CJK}"] : []),
    "\\end{document}"
  ].join("\n")}\n`
}
