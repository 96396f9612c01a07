import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readStata } from "../../src/tabular/stata/read-stata.ts"
import { printingStudy } from "./printing-study.ts"
import type { StudyFolder } from "./study-folder.ts"

let study: StudyFolder
beforeAll(() => {
  study = printingStudy()
  study.run()
  study.edit("data/controls.csv", "1,10", "4,10")
  study.run()
})
afterAll(() => study.remove())
const file = (name: string) => readFileSync(join(study.path, name))

describe("export", () => {
  it.each([
    ["all.html", (bytes: Buffer) => bytes.toString()],
    ["all.md", (bytes: Buffer) => bytes.toString()],
    ["all.tex", (bytes: Buffer) => bytes.toString()],
    ["all.docx", (bytes: Buffer) => strFromU8(unzipSync(bytes)["word/document.xml"]!)],
    ["all.xlsx", (bytes: Buffer) => strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"]!)]
  ])("all printed tables in %s", (name, text) => {
    expect(study.sediment("export", "-o", name)).toEqual({ code: 0, out: `1 table and 0 figures: ${name}\n`, err: "" })
    expect(text(file(name))).toContain("3")
    const before = file(name)
    study.sediment("export", "-o", name)
    expect(file(name).equals(before)).toBe(true)
  })

  it("what cannot be written is told, and leaves no file", () => {
    writeFileSync(join(study.path, "a-file"), "")
    for (const output of ["a-file/", "a-file/all.md"])
      expect(study.sediment("export", "-o", output)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^sediment: cannot write a-file\/.*: E[A-Z]+: .*\n$/)
      })
    expect(study.sediment("show", "shown[a/b]", "-o", "/dev/stdout/x.md").code).toBe(2)
    expect(readdirSync(study.path).filter((name) => name.endsWith(".tmp"))).toEqual([])
  })

  it("a file each in a folder, in the formats that are asked for", () => {
    expect(study.json("export", "shown", "-o", "each/", "--format", "tex,csv,png,docx")).toEqual({
      version: 1,
      written: ["tex", "csv", "png", "docx"].map((format) => `each/shown[a~2fb].${format}`),
      exported: ["shown[a~2fb]"],
      stale: []
    })
    expect(readdirSync(join(study.path, "each")).sort()).toEqual(["csv", "docx", "png", "tex"].map((format) => `shown[a~2fb].${format}`))
    expect(file("each/shown[a~2fb].csv").toString()).toBe(",gov\nmean,3\n")
    expect(file("each/shown[a~2fb].png").subarray(1, 4).toString()).toBe("PNG")
    // Pictures as on a dark page, where that is asked for.
    study.sediment("export", "shown", "-o", "dark/", "--format", "png", "--theme", "dark")
    expect(file("dark/shown[a~2fb].png").subarray(1, 4).toString()).toBe("PNG")
    expect(file("dark/shown[a~2fb].png").equals(file("each/shown[a~2fb].png"))).toBe(false)
  })

  it("--data: artifacts as data files, of the nodes that are named or of all", async () => {
    expect(study.json("export", "controls", "shown", "-o", "out/", "--data", "--format", "dta,csv")).toEqual({
      version: 1,
      written: ["controls.dta", "controls.csv", "controls.csv-metadata.json", "shown[a~2fb].dta", "shown[a~2fb].csv", "shown[a~2fb].csv-metadata.json"].map(
        (name) => `out/${name}`
      ),
      exported: ["controls", "shown[a~2fb]"],
      stale: []
    })
    expect(file("out/controls.csv").toString()).toBe("row,fdi,gov\n0,10,4\n1,20,2\n2,30,3\n")
    const [sheet] = (await readStata({ path: "controls.dta", bytes: file("out/controls.dta") })).sheets
    expect(sheet.columns.map(({ name }) => name)).toContain("gov")
    const all = study.sediment("export", "-o", "all-data/", "--data")
    expect(all).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ artifacts: all-data\/ \(\d+ files\)\n$/) })
    expect(readdirSync(join(study.path, "all-data")).length).toBe(2 * Number(/^\d+/.exec(all.out)![0]))
    expect(study.sediment("export", "-o", "x.csv", "--data")).toMatchObject({ code: 2, err: expect.stringContaining("show NODE -o x.csv") })
    expect(study.sediment("export", "-o", "x/", "--data", "--format", "tex")).toMatchObject({
      code: 2,
      err: expect.stringContaining("the formats are csv, json, xlsx, parquet, arrow, dta")
    })
  })

  it("another run beside this one", () => {
    expect(study.sediment("show", "shown[a/b]", "--beside", "latest~1").out).toMatch(/latest~1[\s\S]*mean +3 +2[\s\S]*1 of 1 cells differs/)
    study.sediment("export", "-o", "beside.md", "--beside", "latest~1")
    expect(file("beside.md").toString()).toContain("| mean | **3** | **2** |")
    expect(study.sediment("export", "-o", "beside.md", "--beside", "latest~7")).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no run latest~7")
    })
  })

  it("a table that is new since the run beside it is shown alone, and told", () => {
    study.edit("dag.ts", "  const draws", '  const later = dag.node("later", printed, { means: govMean })\n  const draws')
    study.edit("dag.ts", "joined, shown, draws", "joined, shown, later, draws")
    study.run()
    expect(study.sediment("export", "-o", "new.md", "--beside", "latest~1")).toEqual({
      code: 0,
      out: "2 tables and 0 figures: new.md\n",
      err: "sediment: not in run latest~1, and shown alone: later\n"
    })
    expect(file("new.md").toString()).toContain("| mean | 3 |\n")
    expect(study.sediment("show", "later", "--beside", "latest~1").code).toBe(2)
    study.edit("dag.ts", "joined, shown, later, draws", "joined, shown, draws")
    study.edit("dag.ts", '  const later = dag.node("later", printed, { means: govMean })\n', "")
    study.run()
  })

  it("asking for the state of a study loads nothing that draws", () => {
    study.write(
      "loaded.mjs",
      `import { registerHooks } from "node:module"
registerHooks({ load: (url, context, next) => (process.stderr.write(url + "\\n"), next(url, context)) })
`
    )
    for (const command of ["status", "run"]) {
      const { err } = study.shell(`NODE_OPTIONS="--import ./loaded.mjs" "$SEDIMENT" ${command}`)
      expect(err).toContain("dist/cli.mjs")
      expect(err).not.toMatch(/node_modules\/(docx|write-excel-file|fflate|@resvg|@observablehq|linkedom)/)
    }
    expect(study.shell('NODE_OPTIONS="--import ./loaded.mjs" "$SEDIMENT" export -o all.docx').err).toContain("node_modules/docx/")
  })

  it("says what is wrong with what it is given, and writes nothing", () => {
    expect(study.sediment("export", "-o", "all.pdf")).toMatchObject({ code: 2, err: expect.stringContaining("ends in .html, .md, .tex, .docx, .xlsx") })
    expect(study.sediment("export", "-o", "there/", "--format", "tex,pdf")).toMatchObject({ code: 2, err: expect.stringContaining("there is no format pdf") })
    expect(study.sediment("export", "controls", "-o", "x.docx")).toMatchObject({
      code: 2,
      err: expect.stringContaining("controls makes no printed table and no figure")
    })
    expect(existsSync(join(study.path, "there"))).toBe(false)
  })

  it("what is not up to date is exported as it was, and told", () => {
    study.edit("data/controls.csv", "4,10", "7,10")
    expect(study.sediment("export", "-o", "old.md")).toMatchObject({
      code: 0,
      err: expect.stringContaining("not up to date, and exported as it was before: shown[a~2fb]")
    })
    expect(file("old.md").toString()).toContain("| mean | 3 |")
  })
})
