import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { ranIn, StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())

/** The small study, and a printed table of one cell at a node whose key has a slash. */
const withTable = (): StudyFolder => {
  study = new StudyFolder({
    ...smallStudy,
    "stages/printed.ts": `import { category, integer, nullable, number, Stage, table, text } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Means } from "./table-types.ts"
const PrintedTable = table("PrintedTable", {
  part: category(), row: integer(), column: integer(), row_label: text(), column_group: text(), column_label: text(),
  value: nullable(number()), text: text(), published: nullable(text()), published_value: nullable(number())
})
export const printed = Stage.make("printed", {
  inputs: { means: Means },
  params: Schema.Struct({}),
  output: PrintedTable,
  run: ({ means }) =>
    Effect.sync(() => ({
      part: ["cell"], row: Int32Array.of(0), column: Int32Array.of(0), row_label: ["mean"], column_group: [""], column_label: ["gov"],
      value: means.column("mean").values.slice(0, 1), text: [String(means.column("mean").values[0])], published: [null], published_value: Float64Array.of(NaN)
    }))
})
`
  })
  study.edit("dag.ts", "const draws", 'const shown = dag.node("shown[a/b]", printed, { means: govMean })\n  const draws')
  study.edit("dag.ts", "joined, draws", "joined, shown, draws")
  study.edit("dag.ts", "import { drawn }", 'import { printed } from "./stages/printed.ts"\nimport { drawn }')
  return study
}
const rendered = () => join(study.path, "results/small/shown[a~2fb].md")

describe("results", () => {
  it("are files that any system takes the names of, made again where they or the record of them are gone", () => {
    withTable().run()
    const text = readFileSync(rendered(), "utf8")
    expect(text).toContain("mean")
    rmSync(rendered())
    study.write("results/small/.rendered.json", "{ torn")
    expect(study.ran()).toEqual([])
    expect(readFileSync(rendered(), "utf8")).toBe(text)
  })

  it("of a run that was killed before it wrote down what it rendered are not taken for those of before", () => {
    withTable().run()
    const text = readFileSync(rendered(), "utf8")
    const record = study.read("results/small/.rendered.json")
    study.edit("data/controls.csv", "1,10", "100,10")
    study.run()
    study.write("results/small/.rendered.json", record)
    study.edit("data/controls.csv", "100,10", "1,10")
    study.run()
    expect(readFileSync(rendered(), "utf8")).toBe(text)
  })

  it("rest on whole artifacts: a damaged one is made again before it is rendered", () => {
    withTable().run()
    const artifact = join(study.path, study.sediment("path", "shown[a/b]").out.trim())
    const bytes = readFileSync(artifact)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(artifact, bytes)
    rmSync(rendered())
    expect(ranIn(study.run())).toEqual(["shown[a/b]"])
    expect(existsSync(rendered())).toBe(true)
  })

  it("that cannot be written are told", () => {
    withTable().write("results", "")
    expect(study.sediment("run")).toMatchObject({ code: 2, err: expect.stringContaining("cannot write results/small/") })
  })
})
