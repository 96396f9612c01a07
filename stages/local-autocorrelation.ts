import { StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { LocalPermutation } from "../src/econometrics/spatial/exploration/local-moran.ts"
import type { LocalStatistics } from "../src/econometrics/spatial/exploration/local-statistics.ts"
import { alternativeParam, type YearlySeries } from "./yearly-series.ts"

/** Which p-value decides whether an entity belongs to a cluster. */
const DECIDING = ["p", "p_fdr", "p_permutation", "p_permutation_fdr"] as const
type Deciding = (typeof DECIDING)[number]

/** A local statistic in one variable and year, its permutation p-values where there are any, and the p-values that decide about clusters. */
export interface LocalResult<Local extends LocalStatistics> {
  readonly series: YearlySeries
  readonly tests: Local
  readonly permuted: LocalPermutation | undefined
  readonly deciding: Float64Array
}

/** What the stages of local statistics ask beyond the variables and the permutations. */
export const localParams = {
  alternative: alternativeParam("two-sided"),
  /** Which p-value decides whether an entity is in a cluster, and up to which level. */
  decide: Schema.Literals(DECIDING).pipe(Schema.withDecodingDefaultKey(Effect.succeed("p_fdr" as const))),
  level: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.05))),
  /** Entities without neighbours are kept, without a test. */
  allowIslands: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))
}

/** Fails where permutations decide and none are asked for. */
export const requirePermutations = (decide: Deciding, permutations: number): Effect.Effect<void, StageFailure> =>
  permutations === 0 && decide.startsWith("p_permutation")
    ? Effect.fail(
        StageFailure.of("no-permutations", `"decide" is "${decide}" and "permutations" is 0: ask for permutations, 999 say, or decide by "p_fdr"`, {
          parameter: "permutations"
        })
      )
    : Effect.void

/** Puts the results of the series together; `permuted` is empty where no permutations were asked for. */
export const localResults = <Local extends LocalStatistics>(
  series: ReadonlyArray<YearlySeries>,
  tests: ReadonlyArray<Local>,
  permuted: ReadonlyArray<LocalPermutation>,
  decide: Deciding
): ReadonlyArray<LocalResult<Local>> =>
  series.map((one, s) => {
    const local = tests[s]!
    const drawn = permuted[s]
    const deciding = { p: local.pValue, p_fdr: local.pFdr, p_permutation: drawn?.pValue, p_permutation_fdr: drawn?.pFdr }[decide]
    return { series: one, tests: local, permuted: drawn, deciding: deciding! }
  })

/** The columns that tables of local statistics share, sorted by variable, entity and year; `places` gives each row's result and entity. */
export const localColumns = <Local extends LocalStatistics>(entities: ReadonlyArray<string>, results: ReadonlyArray<LocalResult<Local>>) => {
  const places = [...Map.groupBy(results, ({ series }) => series.variable).values()].flatMap((ofVariable) =>
    entities.flatMap((_, i) => ofVariable.map((result) => ({ result, i })))
  )
  const number = (value: (result: LocalResult<Local>, i: number) => number) => Float64Array.from(places, ({ i, result }) => value(result, i))
  return {
    places,
    number,
    columns: {
      variable: places.map(({ result }) => result.series.variable),
      entity: places.map(({ i }) => entities[i]!),
      year: Int32Array.from(places, ({ result }) => result.series.year),
      statistic: number(({ tests }, i) => tests.statistic[i]!),
      expected: number(({ tests }, i) => tests.expected[i]!),
      variance: number(({ tests }, i) => tests.variance[i]!),
      z: number(({ tests }, i) => tests.z[i]!),
      p: number(({ tests }, i) => tests.pValue[i]!),
      p_fdr: number(({ tests }, i) => tests.pFdr[i]!),
      p_permutation: number(({ permuted }, i) => permuted?.pValue[i] ?? Number.NaN),
      p_permutation_fdr: number(({ permuted }, i) => permuted?.pFdr[i] ?? Number.NaN)
    }
  }
}
