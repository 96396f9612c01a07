/** The compared study with two regressions, printed beside published numbers whose relation to the run's is known. */
import { comparedStudy } from "../../cli/compared-study.ts"
import type { StudyFolder } from "../../cli/study-folder.ts"

interface Coefficients {
  readonly data: { readonly term: ReadonlyArray<string>; readonly estimate: ReadonlyArray<number>; readonly std_error: ReadonlyArray<number> }
}

const header = "table,column,column_label,term,label,kind,value,stars,text"
const line = (column: number, term: string, kind: string, text: string, stars = "") =>
  `1,${column},income,${term},${term},${kind},${text.replace(/[()]/g, "")},${stars},${text}${stars}`

/** Stars of a number as a table prints it. */
const starsIn = (text: string): string => /\*+$/.exec(text)?.[0] ?? ""

/**
 * Table 1 has two columns. Published of the first: x as it is; its standard error a little larger than rounding, within the tolerance; openness with the other sign. Of the second: x a standard error off; its stars
 * others; a term that no model has; the number of rows as it is.
 */
export const estimatedStudy = (): StudyFolder => {
  const study = comparedStudy()
  const imports = ["published", "published-comparison", "tables/model-table", "models/within"].map((path) => {
    const name = path.replace(/^.*\//, "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    return `import { ${name} } from "@sediment/sediment/stages/${path}.ts"\n`
  })
  study.edit("dag.ts", 'import { Dag } from "@sediment/sediment"\n', `import { Dag } from "@sediment/sediment"\n${imports.join("")}`)
  study.edit(
    "dag.ts",
    "  return { panel }",
    `  const both = dag.node("both", within, { panel }, { dependent: "income", regressors: ["x"], controls: ["openness"] })
  const alone = dag.node("alone", within, { panel }, { dependent: "income", regressors: ["x"], variance: "iid" })
  const printed = dag.node("printed", published, { source: dag.source("data/published.csv") })
  const models = { coefficients: [both.coefficients, alone.coefficients], glances: [both.glance, alone.glance], tests: [], published: [printed] }
  const columns = [{ label: "(1) income", group: "Income" }, { label: "(2) income", group: "Income" }]
  const table1 = dag.node("table1", modelTable, models, { title: "Table 1. Income <of places>", columns, rows: [{ term: "x" }, { term: "openness" }, { term: "wealth" }] })
  const uncompared = dag.node("table2", modelTable, models, { title: "Table 2. The same, compared with nothing", columns })
  const against = dag.node("against", publishedComparison, { tables: [table1], published: [printed] }, { explanations: [{ table: "1", column: "2", term: "x", kind: "estimate", why: "it was made up" }] })
  return { panel, table1, uncompared, against }`
  )
  const title = "1,0,,,,title,,,Table 1. Income"
  study.write("data/published.csv", `${header}\n${title}\n`)
  study.run("both", "alone")
  const of = (node: string, term: string) => {
    const { data } = study.json("show", `${node}.coefficients`) as Coefficients
    const row = data.term.indexOf(term)
    return { estimate: data.estimate[row]!, error: data.std_error[row]! }
  }
  study.run("table2")
  const cells = study.json("show", "table2", "--data").data as {
    readonly row_label: ReadonlyArray<string>
    readonly column: ReadonlyArray<number>
    readonly text: ReadonlyArray<string>
  }
  const printedStars = (term: string, column: number) => starsIn(cells.text.find((_, i) => cells.row_label[i] === term && cells.column[i] === column)!)
  const [x, openness, again] = [of("both", "x"), of("both", "openness"), of("alone", "x")]
  study.write(
    "data/published.csv",
    `${[
      header,
      title,
      line(1, "x", "estimate", x.estimate.toFixed(3), printedStars("x", 0)),
      line(1, "x", "std_error", `(${(x.error * 1.02 + 0.0006).toFixed(3)})`),
      line(1, "openness", "estimate", (-openness.estimate).toFixed(3), printedStars("openness", 0)),
      line(2, "x", "estimate", (again.estimate + again.error).toFixed(3), printedStars("x", 1) === "***" ? "*" : "***"),
      line(2, "wealth", "estimate", "1.234", "**"),
      line(2, "nobs", "nobs", "96")
    ].join("\n")}\n`
  )
  return study
}
