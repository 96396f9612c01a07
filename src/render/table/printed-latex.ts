import type { StoredTable } from "../../artifact/column.ts"
import { hasCjk } from "../cjk.ts"
import { escapeLatex, escapeLatexAtStart, latexCaption, latexLabel, lettersLacking } from "../latex.ts"
import { textExtent } from "../text-extent.ts"
import { type Aligning, differsMark, isMarked, latexColumn, symbolCommand } from "./latex-column.ts"
import { type PrintedSheet, printedSheet } from "./printed-sheet.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

export interface LatexOptions extends LayoutOptions {
  readonly align?: Aligning | undefined
  /** Whether a table has the number of its title, or none: in a document of its own. In a paper (default) LaTeX counts. */
  readonly numberOfTitle?: boolean
}

const packages = (align: Aligning) => ["booktabs", "threeparttable", "longtable", "pdflscape", "rotating", "adjustbox", align]

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
    return [`${["", ...cells].join(" & ")} \\\\`, ...(rules.length === 0 ? [] : [rules.join(" ")])]
  })

const bodyLines = (sheet: PrintedSheet, columns: ReadonlyArray<{ readonly cells: ReadonlyArray<string> }>): ReadonlyArray<string> =>
  sheet.lines.flatMap((line, r) => {
    const indent = "\\quad ".repeat(line.level)
    const label = line.heading
      ? `\\multicolumn{${columns.length + 1}}{l}{${indent}\\textit{${escapeLatex(line.label)}}}`
      : `${indent}${escapeLatexAtStart(line.label)}`
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
  return Math.min(widest(sheet.lines.map(({ label }) => label)), stubWidth) + 12 + columns.reduce((sum, width) => sum + width, 0)
}

/** Labels that are wider than this, in points at ten points to the letter, are set in several lines. */
const stubWidth = 210
const stubFormat = (sheet: PrintedSheet): string =>
  sheet.lines.some(({ heading, label }) => !heading && textExtent(label, 9) > stubWidth) ? `>{\\raggedright\\arraybackslash}p{${stubWidth}pt}` : "l"

// Of the article class on A4, in points; past `onItsSide` letters would be too small to read if the table were shrunk to the page's width.
const textWidth = 400
const textHeight = 560
const onItsSide = 560
const longLines = 46

/** Letters, and room between columns, of a table of several pages that would be so many times as wide as they are: it cannot be shrunk as a whole. */
const sizeOfLong = (times: number): string =>
  times <= 0.85 ? "\\small" : `${times <= 1.1 ? "\\footnotesize" : times <= 1.3 ? "\\scriptsize" : "\\tiny"}\\setlength{\\tabcolsep}{${times <= 1.3 ? 3 : 2}pt}`

/** Lines of small letters that the notes take in a table so many points wide. */
const noteLines = (notes: ReadonlyArray<string>, wide: number): number =>
  notes.reduce((lines, note) => lines + Math.ceil(textExtent(note, 8) / Math.max(wide, 1)), 0)

/** A table as LaTeX: what `\\input` takes into a paper. */
const fragment = (sheet: PrintedSheet, name: string, align: Aligning, numberOfTitle: boolean): ReadonlyArray<string> => {
  const columns = sheet.columns.map((_, c) => latexColumn(sheet, c, align))
  const format = `${stubFormat(sheet)}${columns.map(({ type }) => type).join("")}`
  const { caption, counter } = latexCaption("table", sheet.title, numberOfTitle)
  const named = counter.length > 0 || !numberOfTitle ? latexLabel("table", name) : ""
  const differing = sheet.lines.some((line) => sheet.columns.some((_, c) => isMarked(sheet, line, c)))
  const notes = [...sheet.notes.map(escapeLatexAtStart), ...(differing ? [`${differsMark} differs from what stands beside it.`] : [])]
  const head = ["\\toprule", ...headLines(sheet), "\\midrule"]
  const body = bodyLines(sheet, columns)
  const wide = pointsWide(sheet)
  if (sheet.lines.length > longLines) {
    const all = columns.length + 1
    const turned = wide > onItsSide
    return [
      symbolCommand,
      ...(turned ? ["\\begin{landscape}"] : []),
      ...counter,
      `{${sizeOfLong(wide / (turned ? textHeight * 1.2 : textWidth))}`,
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
      "}",
      ...(turned ? ["\\end{landscape}"] : [])
    ]
  }
  const environment = wide > onItsSide ? "sidewaystable" : "table"
  const high = (sheet.heads.length + sheet.lines.length) * 11 + noteLines(sheet.notes, wide) * 9.5
  const shrunk = wide > textWidth || high > textHeight
  return [
    symbolCommand,
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
  const lacking = lettersLacking(lines.join("\n"))
  const needs = `% needs \\usepackage{${packages(align).join(",")}}`
  return `${[needs, ...(lacking === undefined ? [] : [lacking]), ...lines].join("\n")}\n`
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
