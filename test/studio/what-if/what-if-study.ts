import { estimatesStudy } from "../../cli/estimates-study.ts"

/** The study with estimates, with a node whose parameters are of every kind, nodes of a map, and a data file with a table. */
export const whatIfStudy: Readonly<Record<string, string>> = {
  ...estimatesStudy,
  "package.json": "{}\n",
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { Settings } from "./settings.ts"
import { kinds } from "./stages/kinds.ts"
import { parse } from "./stages/parse.ts"
import { scale } from "./stages/scale.ts"
import { slope } from "./stages/slope.ts"

export default Dag.make("estimates", (dag) => {
  const settings = dag.data("settings", "sets/one.yaml", Settings)
  const panel = dag.node("panel", parse, { file: dag.source("data/panel.csv") })
  // Scaled as the settings have it.
  const scaled = dag.node("scaled", scale, { panel }, { variable: "x", by: settings.variables[0]!.by })
  const onX = dag.node("on-x", slope, { panel: scaled }, { outcome: "y", regressor: "x" })
  const others = dag.map(["y", "z"], (regressor, one) => one.node("other", slope, { panel }, { outcome: "x", regressor }))
  // The study is for none of it.
  dag.node("aside", scale, { panel }, { variable: "z", by: 3 })
  const all = dag.node("all-kinds", kinds, {}, { columns: ["x", "y"], variance: "cluster", labels: { x: "X" } })
  return { onX, others, all }
})
`,
  "settings.ts": `import { Schema } from "effect"

export const Settings = Schema.Struct({
  variables: Schema.NonEmptyArray(Schema.Struct({ name: Schema.String, by: Schema.Finite, sign: Schema.Literals(["positive", "negative"]) }))
})
`,
  "sets/one.yaml":
    "# As it was measured.\nvariables:\n  # the treatment\n  - { name: x, by: 1, sign: positive }\n  - { name: z, by: 1, sign: negative } # not used\n",
  "sets/half.yaml": "variables:\n  - { name: x, by: 0.5, sign: positive }\n",
  "sets/wrong.yaml": "variables: 3\n",
  "stages/kinds.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Estimates } from "./table-types.ts"

const Years = Schema.Struct({ from: Schema.Int, to: Schema.Int }).check(
  Schema.makeFilter(({ from, to }) => (from <= to ? undefined : { path: ["to"], issue: "must not precede from" }))
)
export const kinds = Stage.make("kinds", {
  inputs: {},
  params: Schema.Struct({
    columns: Schema.NonEmptyArray(Schema.String),
    variance: Schema.Union([Schema.Literals(["cluster", "iid"]), Schema.Struct({ kind: Schema.Literal("hac"), lag: Schema.Int })]),
    level: Schema.Finite.check(Schema.isBetween({ minimum: 0.5, maximum: 0.99 })).annotate({ title: "level", description: "of the intervals" }).pipe(
      Schema.withDecodingDefaultKey(Effect.succeed(0.95))
    ),
    /** Whether errors may differ. */
    robust: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
    years: Schema.optionalKey(Years),
    labels: Schema.Record(Schema.String, Schema.String)
  }),
  output: Estimates,
  run: (_, { level }) => Effect.succeed({ term: ["level"], estimate: Float64Array.of(level), std_error: Float64Array.of(0.1), p_value: Float64Array.of(0.5) })
})
`
}
