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
const tables = { baseline, awkward, weights, long, wide }

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
  it.each(["baseline", "awkward", "weights", "long", "wide"] as const)("%s", async (name) => {
    await expect(printedLatex(tables[name], name)).toMatchFileSnapshot(`expected/${name}.tex`)
  })

  it("is well formed with dcolumn and with siunitx, with the paper's numbers and without", () => {
    for (const [name, table] of Object.entries(tables))
      for (const align of ["dcolumn", "siunitx"] as const)
        for (const published of [true, false]) expect(wellFormed(printedLatex(table, name, { align, published }))).toBe(true)
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

  it("sets the number that a title has, and leaves others to LaTeX", () => {
    expect(printedLatex(baseline, "table4")).toContain("\\setcounter{table}{3}\n\\caption{Baseline regression and robustness testing.}\n\\label{tab:table4}")
    expect(printedLatex(awkward, "awkward")).not.toContain("setcounter")
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
          Object.entries(latin).map(([name, table]) => printedLatex(table, name, { align })),
          { align }
        )
      )
      const { status } = spawnSync("pdflatex", ["-interaction=nonstopmode", "-halt-on-error", `${align}.tex`], { cwd: folder.path })
      expect(status, readFileSync(folder.at(`${align}.log`), "utf8").slice(-2000)).toBe(0)
    }
    folder.remove()
  })
})
