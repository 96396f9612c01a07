/** The files of a study with estimates: a table, one of its variables scaled by what a data file says, and two regressions on one variable each. */
export const estimatesStudy: Readonly<Record<string, string>> = {
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { Schema } from "effect"
import { parse } from "./stages/parse.ts"
import { scale } from "./stages/scale.ts"
import { slope } from "./stages/slope.ts"

export default Dag.make("estimates", (dag) => {
  const settings = dag.data("settings", "settings.yaml", Schema.Struct({ by: Schema.Finite }))
  const panel = dag.node("panel", parse, { file: dag.source("data/panel.csv") })
  const scaled = dag.node("scaled", scale, { panel }, { variable: "x", by: settings.by })
  const onX = dag.node("on-x", slope, { panel: scaled }, { outcome: "y", regressor: "x" })
  const onZ = dag.node("on-z", slope, { panel }, { outcome: "y", regressor: "z" })
  return { onX, onZ }
})
`,
  "settings.yaml": "by: 1\n",
  "halves.yaml": "by: 0.5\n",
  "stages/table-types.ts": `import { category, nullable, number, openTable, table, text } from "@sediment/sediment"
export const Panel = openTable("Panel", { entity: category() }, nullable(number()))
export const Estimates = table("Estimates", { term: text(), estimate: number(), std_error: number(), p_value: number() })
`,
  "stages/parse.ts": `import { File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Panel } from "./table-types.ts"

export const parse = Stage.make("parse", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Panel,
  run: ({ file }) =>
    Effect.sync(() => {
      const [head, ...lines] = new TextDecoder().decode(file.bytes).trim().split("\\n")
      const rows = lines.map((line) => line.split(","))
      const names = head!.split(",").slice(1)
      return {
        entity: rows.map((row) => row[0]!),
        rest: new Map(names.map((name, i) => [name, { values: Float64Array.from(rows, (row) => Number(row[i + 1])) }]))
      }
    })
})
`,
  "stages/scale.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Panel } from "./table-types.ts"

export const scale = Stage.make("scale", {
  inputs: { panel: Panel },
  params: Schema.Struct({ variable: Schema.String, by: Schema.Finite }),
  output: Panel,
  run: ({ panel }, { by, variable }) =>
    Effect.sync(() => ({
      entity: panel.column("entity").values,
      rest: new Map(
        panel.names
          .filter((name) => name !== "entity")
          .map((name) => [name, { values: Float64Array.from(panel.column(name).values, (x) => (name === variable ? x * by : x)) }])
      )
    }))
})
`,
  "stages/slope.ts": `import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Estimates, Panel } from "./table-types.ts"

const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length

export const slope = Stage.make("slope", {
  inputs: { panel: Panel },
  params: Schema.Struct({ outcome: Schema.String, regressor: Schema.String }),
  output: Estimates,
  run: ({ panel }, { outcome, regressor }) =>
    Effect.gen(function* () {
      const y = panel.column(outcome).values
      const x = panel.column(regressor).values
      const [my, mx] = [mean(y), mean(x)]
      const sxx = x.reduce((sum, one) => sum + (one - mx) ** 2, 0)
      if (sxx === 0) return yield* StageFailure.of("constant", \`\${regressor} is constant\`, { column: regressor })
      const b = x.reduce((sum, one, i) => sum + (one - mx) * (y[i]! - my), 0) / sxx
      const rss = x.reduce((sum, one, i) => sum + (y[i]! - my - b * (one - mx)) ** 2, 0)
      const se = Math.sqrt(rss / (x.length - 2) / sxx)
      return { term: [regressor], estimate: Float64Array.of(b), std_error: Float64Array.of(se), p_value: Float64Array.of(Math.exp(-((b / se) ** 2) / 2)) }
    })
})
`,
  "data/panel.csv": "entity,y,x,z\nAnhui,1,1,5\nFujian,2.1,2,1\nHebei,2.9,3,4\nHenan,4.2,4,2\nShanxi,4.9,5,3\n"
}
