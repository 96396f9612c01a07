import { type Fault, many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { rankStability as stabilityOf } from "../../src/econometrics/comparison/rank-stability.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import { requireVariables } from "../panel-columns.ts"
import { Panel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { ChosenParam, choiceColumns, decomposed, effectsTable, takenNames } from "./choices.ts"
import { ChoiceEffects, RankAgreement, RankIntervals, Ranks } from "./comparison-types.ts"

export const RankStabilityParams = Schema.Struct({
  /** What each of the wired indices is called, its column, and what was chosen for it. The first is the reference. */
  indices: Schema.Array(Schema.Struct({ name: Schema.NonEmptyString, variable: VariableName, choices: ChosenParam })).check(Schema.isMinLength(1)),
  /** The year whose ranks are compared; without it, the last. */
  year: Schema.optionalKey(Schema.Int),
  /** Share of an entity's ranks that its interval holds. */
  level: Schema.Finite.check(Schema.isBetween({ minimum: 0.5, maximum: 1 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.9)))
})

/** Which indices have the same scores: groups of two and more, by their places. */
const sameScores = (scores: ReadonlyArray<Float64Array>): ReadonlyArray<ReadonlyArray<number>> =>
  [...Map.groupBy(scores.keys(), (k) => scores[k]!.join(" ")).values()].filter((group) => group.length > 1)

/**
 * How the ranks of entities hold over indices that were made otherwise: each entity's interval of ranks, each index against the first (Kendall's tau-b, Spearman's rho, average shift
 * in rank), all ranks, and how much of the average shift each choice makes. Higher scores rank first. All indices must have a score for each entity in the year.
 */
export const rankStability = Stage.make("rank-stability", {
  inputs: { indices: many(Panel) },
  params: RankStabilityParams,
  output: { entities: RankIntervals, agreement: RankAgreement, choices: ChoiceEffects, ranks: Ranks },
  run: ({ indices }, params) =>
    Effect.gen(function* () {
      if (indices.length !== params.indices.length)
        return yield* StageFailure.of("wiring", `${indices.length} indices are wired and ${params.indices.length} are named: name each`, {
          parameter: "indices"
        })
      const years = indices[0]!.column("year").values
      const year = params.year ?? years.reduce((last, one) => Math.max(last, one), Number.NEGATIVE_INFINITY)
      const faults: Array<Fault> = [...takenNames(params.indices, RankAgreement, "indices")]
      let entities: ReadonlyArray<string> = []
      const scores: Array<Float64Array> = []
      for (const [k, panel] of indices.entries()) {
        const { name, variable } = params.indices[k]!
        yield* requireVariables(panel, [variable], `indices[${k}]`)
        const entity = panel.column("entity").values
        const { values } = panel.column(variable)
        const rows = [...panel.column("year").values.keys()].filter((row) => panel.column("year").values[row] === year)
        const own = rows.map((row) => entity[row]!)
        if (k === 0) entities = own
        if (own.length === 0 || own.join("\n") !== entities.join("\n"))
          faults.push({
            code: "other-entities",
            message: `${name} has ${own.length} entities in ${year} and ${params.indices[0]!.name} has ${entities.length}: ranks are of the same entities; choose a year that all indices have`,
            where: { parameter: "year", year }
          })
        else if (rows.some((row) => Number.isNaN(values[row]!)))
          faults.push({
            code: "missing-value",
            message: `${name}: ${own[rows.findIndex((row) => Number.isNaN(values[row]!))]} has no score in ${year}: choose another year, or fill what the index is made of`,
            where: { column: variable, year }
          })
        scores.push(Float64Array.from(rows, (row) => values[row]!))
      }
      yield* failTogether(faults)
      for (const alike of sameScores(scores)) {
        const named = alike.map((k) => `"${params.indices[k]!.name}"`).join(", ")
        const message = `${named} give every entity the same score in ${year}: they are one index that counts ${alike.length} times, in ranks, shares and tests; take what makes them alike out of the choices (own is what the set says)`
        yield* Stage.warn({ code: "same-index", message, where: { parameter: "indices", value: params.indices[alike[0]!]!.name } })
      }
      const { entities: intervals, indices: agreement, ranks } = yield* attempt(() => stabilityOf(scores, { level: params.level }))
      const numbers = <A>(all: ReadonlyArray<A>, of: (one: A) => number | undefined) => Float64Array.from(all, (one) => of(one) ?? Number.NaN)
      const every = scores.flatMap((own, k) => [...own.keys()].map((i) => ({ k, i })))
      const shifts = yield* attempt(() =>
        decomposed(
          agreement.map(({ averageShift }) => averageShift),
          params.indices
        )
      )
      return {
        entities: {
          entity: entities,
          reference: numbers(intervals, ({ reference }) => reference),
          median: numbers(intervals, ({ median }) => median),
          mean: numbers(intervals, ({ mean }) => mean),
          rank_low: numbers(intervals, ({ low }) => low),
          rank_high: numbers(intervals, ({ high }) => high),
          best: numbers(intervals, ({ best }) => best),
          worst: numbers(intervals, ({ worst }) => worst),
          unchanged: numbers(intervals, ({ unchanged }) => unchanged)
        },
        agreement: {
          index: params.indices.map(({ name }) => name),
          kendall: numbers(agreement, ({ kendall }) => kendall),
          spearman: numbers(agreement, ({ spearman }) => spearman),
          average_shift: numbers(agreement, ({ averageShift }) => averageShift),
          largest_shift: numbers(agreement, ({ largestShift }) => largestShift),
          rest: choiceColumns(params.indices)
        },
        choices: effectsTable(shifts),
        ranks: {
          index: every.map(({ k }) => params.indices[k]!.name),
          entity: every.map(({ i }) => entities[i]!),
          score: numbers(every, ({ i, k }) => scores[k]![i]!),
          rank: numbers(every, ({ i, k }) => ranks[k]![i]!)
        }
      }
    })
})
