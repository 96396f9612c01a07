import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { parseHTML } from "linkedom"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

const HOSTILE = "<script>alert('x')</script>"

/** The small study with a printed table and a figure, whose texts and file's note are hostile. */
const withResults = (): StudyFolder => {
  const study = new StudyFolder({
    ...smallStudy,
    "stages/printed.ts": `import { category, integer, nullable, number, Stage, table, text } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Means } from "./table-types.ts"
const PrintedTable = table("PrintedTable", {
  part: category(), row: integer(), column: integer(), row_label: text(), column_group: text(), column_label: text(),
  value: nullable(number()), text: text(), published: nullable(text()), published_value: nullable(number())
})
const Figure = table("Figure", {
  panel: category(), mark: category(), series: category(), x: number(), y: number(), label: nullable(text()), title: category(), x_label: category(), y_label: category()
})
const HOSTILE = ${JSON.stringify(HOSTILE)}
export const printed = Stage.make("printed", {
  inputs: { means: Means },
  params: Schema.Struct({}),
  output: { table: PrintedTable, figure: Figure },
  run: ({ means }) =>
    Effect.gen(function* () {
      const mean = means.column("mean").values[0]!
      yield* Stage.warn({ code: "hostile", message: HOSTILE })
      return {
        table: {
          part: ["title", "cell", "note"], row: Int32Array.of(0, 0, 0), column: Int32Array.of(0, 0, 0), row_label: ["", HOSTILE, ""], column_group: ["", "", ""], column_label: ["", "gov", ""],
          value: Float64Array.of(NaN, mean, NaN), text: ["Table 1. " + HOSTILE, String(mean), HOSTILE], published: [null, "2", null], published_value: Float64Array.of(NaN, 2, NaN)
        },
        figure: {
          panel: ["", ""], mark: ["point", "point"], series: [HOSTILE, HOSTILE], x: Float64Array.of(0, 1), y: Float64Array.of(mean, 1), label: [HOSTILE, null],
          title: ["Figure 1", "Figure 1"], x_label: ["x", "x"], y_label: ["y", "y"]
        }
      }
    })
})
`
  })
  study.edit("dag.ts", "const draws", 'const shown = dag.node("shown", printed, { means: govMean })\n  const draws')
  study.edit("dag.ts", "joined, draws", "joined, shown, draws")
  study.edit("dag.ts", "import { drawn }", 'import { printed } from "./stages/printed.ts"\nimport { drawn }')
  study.edit("dag.ts", "made up", HOSTILE)
  return study
}

const page = (study: StudyFolder, file = "results/small/report.html") => parseHTML(study.read(file)).document
const textOf = (study: StudyFolder, file?: string): string => page(study, file).body.textContent!.replace(/\s+/g, " ")

describe("report", () => {
  let study: StudyFolder
  beforeAll(() => {
    study = withResults()
  })
  afterAll(() => study.remove())

  it("of a study that never ran says so, and what to type", () => {
    expect(study.sediment("report")).toMatchObject({ code: 0, err: "" })
    expect(textOf(study)).toContain("Nothing has been made yet")
    expect(textOf(study)).toContain("To bring them up to date: sediment run")
  })

  it("tells the whole study; what it says of itself is what the document says", () => {
    study.run()
    const { reports } = study.json("report")
    expect(reports).toEqual([
      expect.objectContaining({
        study: "small",
        file: join("results", "small", "report.html"),
        nodes: 7,
        fresh: 7,
        stale: 0,
        failed: 0,
        tables: 1,
        figures: 1,
        warnings: 3
      })
    ])
    const text = textOf(study)
    for (const told of [
      "All 7 nodes rest",
      `${HOSTILE}: data/controls.csv`,
      "shown.table, dag.ts line",
      "sediment show --data shown.figure",
      "Nodes that draw random numbers",
      "1 of 1 published cell come out as"
    ])
      expect(text).toContain(told)
    expect([...page(study).querySelectorAll("h2")].map((one) => one.textContent)).toEqual([
      "Contents",
      "Data and their faults",
      "How results rest on each other",
      "Tables and figures",
      "Published numbers beside the run's",
      "Warnings of the estimators",
      "What changed",
      "Provenance"
    ])
    expect(study.read("results/small/report.html")).not.toMatch(/<script/i)
  })

  it("is the same again but for the time that it was written", () => {
    const text = () => study.read("results/small/report.html").replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, "")
    study.sediment("report")
    const once = text()
    study.sediment("report")
    expect(text()).toBe(once)
  })

  it("as Markdown has its figures beside it, and takes away those that it no longer has", () => {
    expect(study.sediment("report", "-o", "r.md")).toMatchObject({ code: 0, err: "" })
    expect(study.read("r.md")).not.toMatch(/<script/i)
    expect(readdirSync(join(study.path, "r_files")).sort()).toEqual(["dag.svg", "result-shown-figure.svg"])
    for (const picture of readdirSync(join(study.path, "r_files"))) expect(study.read("r.md")).toContain(`(<r_files/${picture}>)`)
    study.write("r_files/mine.svg", "mine")
    study.edit("r.md", "r_files/result-shown-figure.svg", "r_files/of-before.svg")
    study.write("r_files/of-before.svg", "")
    study.sediment("report", "-o", "r.md")
    expect(readdirSync(join(study.path, "r_files")).sort()).toEqual(["dag.svg", "mine.svg", "result-shown-figure.svg"])
  })

  it("refuses another ending, and a place where nothing can be written", () => {
    expect(study.sediment("report", "-o", "report.pdf")).toEqual({
      code: 2,
      out: "",
      err: "sediment: cannot write report.pdf: a report's name must end in .html or .md\n"
    })
    expect(study.sediment("report", "-o", "dag.ts/report.html")).toMatchObject({ code: 2, out: "" })
    expect(study.sediment("report", "--run", "nonsense")).toMatchObject({ code: 2 })
  })
})

describe("report after an edit", () => {
  let study: StudyFolder
  afterEach(() => study.remove())

  it("says what is not up to date, runs nothing, and tells a run as it was", () => {
    study = withResults()
    const { run } = study.run()
    study.edit("data/controls.csv", "1,10", "7,10")
    const said = study.sediment("report")
    expect(said.code).toBe(0)
    expect(said.out).toContain("are not up to date, and the report says so; to bring them up to date: sediment run")
    expect(textOf(study)).toContain("controls: the file data/controls.csv changed")
    expect(textOf(study)).toContain("Table 1.")
    expect(study.json("runs").runs).toHaveLength(1)

    study.run()
    study.sediment("report")
    expect(textOf(study)).toContain("the file data/controls.csv changed: ")
    expect(textOf(study)).toContain("Other results")
    study.sediment("report", "--run", run, "-o", "then.html")
    const then = textOf(study, "then.html")
    expect(then).toContain(`This is the study as it was in run ${run}`)
    expect(then).toContain("another file today")
    expect(then).toContain(`sediment show --run ${run} --data shown.table`)
  })

  it("tells that an edit was taken back, and what was made before stands again", () => {
    study = withResults()
    study.run()
    study.edit("data/controls.csv", "1,10", "7,10")
    study.run()
    study.edit("data/controls.csv", "7,10", "1,10")
    study.sediment("report")
    expect(textOf(study)).toMatch(/All 7 nodes rest.*\d nodes of them have an earlier result than the last run's/)
    expect(textOf(study)).toContain("This report shows earlier results than those of the last run")
  })

  it("tells a failure", () => {
    study = withResults()
    study.run()
    study.edit("data/controls.csv", "1,10", "x,10")
    study.sediment("run")
    expect(study.sediment("report").code).toBe(0)
    expect(textOf(study)).toContain("1 node could not be made")
    expect(textOf(study)).toContain("data/controls.csv, row 2: not a number")
  })

  it("says which artifact is gone", () => {
    study = withResults()
    study.run()
    const path = study.sediment("path", "shown.table").out.trim()
    study.write(path, "damaged")
    expect(study.sediment("report").code).toBe(0)
    expect(textOf(study)).toContain("It cannot be shown: ")
  })

  it("of several studies goes to a folder each, with commands about each alone", () => {
    study = withResults()
    study.write("other.ts", study.read("dag.ts").replace('"small"', '"other"'))
    study.run("--study", "dag.ts", "--study", "other.ts")
    const both = ["--study", "dag.ts", "--study", "other.ts"]
    expect(study.sediment("report", ...both, "-o", "r.html")).toMatchObject({ code: 2, out: "" })
    expect(study.json("report", ...both).reports.map(({ file }: { readonly file: string }) => file)).toEqual([
      join("results", "small", "report.html"),
      join("results", "other", "report.html")
    ])
    expect(textOf(study, "results/other/report.html")).toContain("sediment show --study other.ts --data shown.table")
    expect(existsSync(join(study.path, "r.html"))).toBe(false)
  })
})
