import { many, Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { nullReplicates } from "../../src/econometrics/comparison/null-replicates.ts"
import type { Variable } from "../../src/econometrics/sample/variable.ts"
import { blockParams } from "../block-params.ts"
import { attempt } from "../models/attempt.ts"
import { readDesign } from "../models/design.ts"
import { controlsParam, missingParam, yearsParam } from "../models/model-params.ts"
import { Term } from "../models/term.ts"
import { requireVariables } from "../panel-columns.ts"
import { Entities, Panel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { CurveReplicates } from "./comparison-types.ts"

export const SpecificationReplicatesParams = Schema.Struct({
  /** What the specification is called with each of the wired panels' outcomes, and which column the outcome is. */
  outcomes: Schema.Array(Schema.Struct({ name: Schema.NonEmptyString, variable: VariableName })).check(Schema.isMinLength(1)),
  treatment: Term,
  /** Two-stage least squares with this instrument for the treatment. */
  instrument: Schema.optionalKey(Term),
  ...controlsParam,
  effects: Schema.Array(Schema.Literals(["entity", "year"])).pipe(Schema.withDecodingDefaultKey(Effect.succeed(["entity", "year"] as const))),
  ...yearsParam,
  ...missingParam,
  ...blockParams
})

const sameRows = (a: Tracked<typeof Panel>, b: Tracked<typeof Panel>): boolean => {
  const [entity, year] = [a.column("entity").values, a.column("year").values]
  const [others, otherYears] = [b.column("entity").values, b.column("year").values]
  return entity.length === others.length && entity.every((name, row) => name === others[row] && year[row] === otherYears[row])
}

/**
 * A block of replicates of specifications that differ in their outcome, under the null of no effect: in each, entities are drawn with replacement from all of `entities`, and the outcome less the
 * estimated effect is regressed anew (Simonsohn, Simmons and Nelson 2020). Blocks of other specifications draw the same entities, so that their replicates belong together.
 * Regressors are those of the first panel; all panels must have its rows.
 */
export const specificationReplicates = Stage.make("specification-replicates", {
  inputs: { panels: many(Panel), entities: Entities },
  params: SpecificationReplicatesParams,
  output: CurveReplicates,
  run: ({ entities, panels }, params) =>
    Effect.gen(function* () {
      const { controls, count, effects, from, instrument, outcomes, treatment } = params
      const first = panels[0]
      if (first === undefined || panels.length !== outcomes.length)
        return yield* StageFailure.of("wiring", `${panels.length} panels are wired and ${outcomes.length} outcomes are named: name one for each`, {
          parameter: "outcomes"
        })
      const other = panels.findIndex((panel) => !sameRows(first, panel))
      if (other !== -1)
        return yield* StageFailure.of(
          "other-rows",
          `panels[${other}] has other entities or years than the first: replicates of several outcomes are of the same rows`
        )
      const regressors = [treatment, ...(instrument === undefined ? [] : [instrument]), ...controls]
      const design = yield* readDesign(first, [outcomes[0]!.variable, ...regressors], params)
      // The rows that the design kept, by their keys.
      const rowOf = new Map(first.column("entity").values.map((name, row) => [`${first.column("year").values[row]} ${name}`, row]))
      const { index } = design
      const kept = Int32Array.from(index.entity, (entity, i) => rowOf.get(`${index.years[index.year[i]!]} ${index.entities[entity]}`)!)
      const variables: Array<Variable> = []
      for (const [k, { name, variable }] of outcomes.entries()) {
        const panel = panels[k]!
        yield* requireVariables(panel, [variable], `outcomes[${k}]`)
        const { values } = panel.column(variable)
        const own = Float64Array.from(kept, (row) => values[row]!)
        if (own.some(Number.isNaN))
          return yield* StageFailure.of(
            "missing-value",
            `${name}: ${variable} is missing in rows where the first outcome is not: outcomes must have the same rows`,
            { column: variable }
          )
        variables.push({ name: variable, values: own })
      }
      const seed = yield* Stage.seed
      const made = yield* attempt(() =>
        nullReplicates(
          {
            index,
            treatment: design.variable(treatment),
            ...(instrument === undefined ? {} : { instrument: design.variable(instrument) }),
            controls: design.variables(controls),
            effects: { entity: effects.includes("entity"), year: effects.includes("year") },
            outcomes: variables
          },
          entities.column("entity").values,
          { seed, from, count }
        )
      )
      const all = outcomes.flatMap(({ name }, k) => Array.from({ length: count }, (_, r) => ({ name, k, r })))
      return {
        replicate: Int32Array.from(all, ({ r }) => from + r),
        specification: all.map(({ name }) => name),
        estimate: Float64Array.from(all, ({ k, r }) => made.estimates[k]![r]!),
        statistic: Float64Array.from(all, ({ k, r }) => made.z[k]![r]!)
      }
    })
})
