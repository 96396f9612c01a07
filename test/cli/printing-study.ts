import { StudyFolder, smallStudy } from "./study-folder.ts"

/** The small study, and a printed table of one cell at a node whose key has a slash. */
export const printingStudy = (): StudyFolder => {
  const study = new StudyFolder({
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
