import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { escapeLatex } from "../../../src/render/latex.ts"
import { latexDocument, printedLatex } from "../../../src/render/table/printed-latex.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { awkward, baseline, printed, weights } from "../tables.ts"

const long = printed({
  title: "Table 12. Sixty & more",
  columns: [{ label: "x_1" }],
  rows: Array.from({ length: 60 }, (_, i) => ({ label: `row ${i}`, cells: [{ text: `${i}.5*`, value: i + 0.5 }] })),
  notes: ["100% of {braces}, #hash, $x^2$, ~tilde, back\\slash, \"quotes\", 'quotes', <p>, σ² → ρ"]
})
const wide = printed({
  title: "Wide",
  columns: Array.from({ length: 12 }, (_, i) => ({ label: `(${i + 1}) dependent`, group: i < 6 ? "first half" : "second half" })),
  rows: [{ label: "  indented", cells: Array.from({ length: 12 }, (_, i) => ({ text: `[${i}.123, 4.567]`, value: i })) }],
  notes: []
})
const one = (value: string, word: string) =>
  printed({
    title: "One",
    columns: [{ label: "x" }, { label: "word" }],
    rows: [
      { label: "a", cells: [{ text: value, value: Number(value) }, { text: "same" }] },
      { label: "b", cells: [{ text: `${value}*`, value: Number(value) }, { text: word }] }
    ],
    notes: []
  })
const beside = one("1.50", "")
const edited = one("2.50", "new")
const number = (text: string, value: number) => ({ text, value })
const symbols = printed({
  title: "Numbers",
  columns: [{ label: "x" }, { label: "y" }, { label: "z" }],
  rows: [
    { label: "a", cells: [number("1,234.50†", 1234.5), number("-1 234 567.5+", -1234567.5), number("12.3%", 0.123)] },
    { label: "", cells: [number("(0.130)**", 0.13), number("<0.001", 0.0004), number("+4.5%§", 0.045)] },
    { label: "b", cells: [number("[-0.200***]", -0.2), number("1.2e-16a", 1.2e-16), number("{0.50‡}", 0.5)] },
    { label: "c", cells: [number("12,345", 12345), number("0.00012345", 0.00012345), number("-0.1¶", -0.1)] }
  ],
  notes: ["†, ‡, § and ¶: 10%, 5%", "ΔR², Σ and Ω: capitals; Α, Ρ and Υ: those of Latin and not; α, ο and ω"]
})
// What LaTeX would take for an argument or a star of the command before.
const starts = printed({
  title: "[1] Starts",
  columns: [{ label: "[x]" }],
  rows: [
    { label: "[95% interval]", cells: [number("1.5", 1.5)] },
    { label: "* of the run", cells: [number("2.5", 2.5)] }
  ],
  notes: ["[p] in brackets", "* p < 0.1"]
})
const nothing = printed({ title: "Nothing", columns: [], rows: [], notes: [] })
const longAndWide = printed({
  title: "Long and wide",
  columns: Array.from({ length: 12 }, (_, i) => ({ label: `(${i + 1}) dependent` })),
  rows: Array.from({ length: 60 }, (_, r) => ({ label: `row ${r}`, cells: Array.from({ length: 12 }, (_, i) => ({ text: `${i}.123***`, value: i + 0.123 })) })),
  notes: ["A note."]
})
const wordy = printed({
  title: "",
  columns: [{ label: "x" }],
  rows: [{ label: "a label of very many words ".repeat(12), cells: [{ text: "1.5", value: 1.5 }] }],
  notes: []
})
const tables = { starts, nothing, longAndWide, symbols, baseline, awkward, weights, long, wide, wordy }

/** Braces that are markup balance, and environments close in the order in which they open. */
const wellFormed = (source: string) => {
  const bare = source.replace(/%.*$/gm, (comment, at: number) => (source[at - 1] === "\\" ? comment : "")).replace(/\\[{}]/g, "")
  let depth = 0
  for (const character of bare) {
    if (character === "{") depth++
    if (character === "}") depth--
    if (depth < 0) return false
  }
  const open: Array<string> = []
  for (const [, what, name] of bare.matchAll(/\\(begin|end)\{(\w+)\}/g)) {
    if (what === "begin") open.push(name!)
    else if (open.pop() !== name) return false
  }
  return depth === 0 && open.length === 0
}

describe("printed table as LaTeX", () => {
  it.each(["starts", "nothing", "symbols", "baseline", "awkward", "weights", "long", "wide"] as const)("%s", async (name) => {
    await expect(printedLatex(tables[name], name)).toMatchFileSnapshot(`expected/${name}.tex`)
  })

  it("is well formed with dcolumn and with siunitx, with the paper's numbers and without", () => {
    for (const [name, table] of Object.entries(tables))
      for (const align of ["dcolumn", "siunitx"] as const)
        for (const published of [true, false]) expect(wellFormed(printedLatex(table, name, { align, published }))).toBe(true)
  })

  it("sets labels of many words in several lines, so that the numbers stay readable", () => {
    expect(printedLatex(wordy, "wordy")).toContain("\\begin{tabular}{>{\\raggedright\\arraybackslash}p{210pt}")
    expect(printedLatex(baseline, "baseline")).toContain("\\begin{tabular}{l")
  })

  it("has nothing in its text that LaTeX reads as markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const escaped = escapeLatex(text)
        expect(wellFormed(escaped)).toBe(true)
        expect(escaped.replace(/\\[#$%&_{}]/g, "").replace(/\\[a-z]+/gi, "")).not.toMatch(/[#$%&_\\]/)
      })
    )
  })

  it("leaves numbers to LaTeX in a paper; in a document a title's own is kept, and what has none has none", () => {
    const caption = "\\caption{Baseline regression and robustness testing.}\n\\label{tab:table4}"
    expect(printedLatex(baseline, "table4")).toContain(`\\centering\n${caption}`)
    expect(printedLatex(baseline, "table4", { numberOfTitle: true })).toContain(`\\setcounter{table}{3}\n${caption}`)
    expect(printedLatex(wide, "wide")).toContain("\\caption{Wide}\n\\label{tab:wide}")
    expect(printedLatex(wide, "wide", { numberOfTitle: true })).toMatch(/\\caption\*\{Wide\}\n(?!\\label)/)
  })

  it("has as many cells in each line as columns, with the paper's numbers and without", () => {
    for (const [name, table] of Object.entries({ ...tables, beside }))
      for (const align of ["dcolumn", "siunitx"] as const)
        for (const published of [true, false]) {
          const options = name === "beside" ? { beside: { table: edited, label: "latest~1" } } : { published }
          const source = printedLatex(table, name, { align, ...options })
          const format = /\\begin\{(?:tabular|longtable)\}\{(.*)\}$/m.exec(source)![1]!
          const columns = format.replace(/>\{[^}]*\}p\{\d+pt\}|D\{\.\}\{\.\}\{\d+\.\d+\}|S\[(?:[^[\]]|\{[^}]*\})*\]/g, "N").length
          for (const line of source.split("\n").filter((one) => /\\\\\*?$/.test(one) && !one.startsWith("\\caption"))) {
            const cells = line.split(/(?<!\\)&/)
            const spans = cells.map((cell) => Number(/\\multicolumn\{(\d+)\}/.exec(cell)?.[1] ?? 1))
            expect([line, spans.reduce((sum, span) => sum + span, 0)]).toEqual([line, columns])
          }
        }
  })

  it("says which letters pdfLaTeX lacks, and how to compile it", () => {
    const source = (note: string) => printedLatex(printed({ title: "Été, Δ and ‰ – “x”", columns: [], rows: [], notes: [note] }), "t").split("\n")[1]
    expect(source("Łódź ≤ 5 €")).toMatch(/^\\providecommand/)
    expect(source("שלום")).toMatch(/^% has letters that pdfLaTeX lacks \(U\+05E9, U\+05DC, U\+05D5, U\+05DD\): compile with XeLaTeX or LuaLaTeX/)
    expect(source("说明")).toMatch(/^% has Chinese, Japanese or Korean text: compile with XeLaTeX and ctex/)
  })

  it("another run beside this one: what differs has a pilcrow, once, and the note says so", () => {
    const source = printedLatex(beside, "beside", { beside: { table: edited, label: "latest~1" } })
    expect(source).toContain("1.50\\sym{\\P} & 2.50 ")
    expect(source).toContain("1.50\\sym{*}\\sym{\\P} & 2.50\\sym{*} ")
    expect(source).toContain("\\item \\sym{\\P} differs from what stands beside it.")
    expect(source.match(/sym\{\\P\}/g)).toHaveLength(4)
    expect(printedLatex(beside, "beside", { beside: { table: beside, label: "latest~1" } })).not.toContain("sym{\\P}")
  })

  const pdflatex = spawnSync("pdflatex", ["--version"]).status === 0
  const styles = pdflatex && ["dcolumn", "siunitx", "threeparttable", "adjustbox"].every((style) => spawnSync("kpsewhich", [`${style}.sty`]).status === 0)
  // Told, not hidden: the name says what the machine lacks.
  it.skipIf(!styles)(`compiles by pdflatex as it is${styles ? "" : " (skipped: no pdflatex with its packages here)"}`, { timeout: 60_000 }, () => {
    const folder = new TemporaryFolder({})
    for (const align of ["dcolumn", "siunitx"] as const) {
      const { awkward: _, ...latin } = tables
      folder.write(
        `${align}.tex`,
        latexDocument(
          [
            ...Object.entries(latin).map(([name, table]) => printedLatex(table, name, { align, numberOfTitle: true })),
            printedLatex(beside, "beside", { align, beside: { table: edited, label: "latest~1" } })
          ],
          align
        )
      )
      const { status } = spawnSync("pdflatex", ["-interaction=nonstopmode", "-halt-on-error", `${align}.tex`], { cwd: folder.path })
      expect(status, readFileSync(folder.at(`${align}.log`), "utf8").slice(-2000)).toBe(0)
    }
    folder.remove()
  })
})
