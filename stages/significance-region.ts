import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { gridRegion } from "../src/econometrics/mediation/grid-region.ts"
import { testsOf } from "./models/model-tables.ts"
import { ranges } from "./models/ranges.ts"
import { Effects, Tests } from "./table-types.ts"

export const SignificanceRegionParams = Schema.Struct({
  /** Which effect's intervals are looked at. */
  effect: Schema.Literals(["indirect", "direct"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("indirect" as const)))
})

const REGION = {
  all: "significant everywhere",
  none: "significant nowhere",
  inside: "significant between the roots",
  outside: "significant outside the roots"
} as const

/**
 * Where over the moderator an effect is significant, from its intervals at values of the moderator (`moderation` and `replicates` with `values: { grid: 41 }`,
 * say, then `bootstrap`): the Johnson-Neyman region by bootstrap. A row each boundary.
 */
export const significanceRegion = Stage.make("significance-region", {
  inputs: { effects: Effects, tests: Tests },
  params: SignificanceRegionParams,
  output: Tests,
  run: ({ effects, tests }, params) =>
    Effect.gen(function* () {
      const term = effects.column("term").values
      const kind = effects.column("effect").values
      const low = effects.column("conf_low").values
      const high = effects.column("conf_high").values
      const method = effects.column("method").values
      const test = tests.column("test").values
      const label = tests.column("variant").values
      const value = tests.column("statistic").values
      const at = [...test.keys()]
        .filter((i) => test[i] === "moderator_value")
        .map((i) => ({
          label: label[i]!,
          value: value[i]!,
          row: term.findIndex((name, row) => kind[row] === params.effect && name.endsWith(` ${label[i]}`) && !name.includes(" - "))
        }))
        .sort((a, b) => a.value - b.value)
      const absent = at.filter(({ row }) => row === -1).map((point) => point.label)
      if (at.length < 2 || absent.length > 0)
        return yield* StageFailure.of(
          "no-values",
          at.length < 2
            ? `the tests tell ${at.length === 0 ? "no value" : "one value"} of a moderator: take those of moderation with values: { grid: 41 }, say`
            : `the effects have no ${params.effect} effect at ${absent.join(", ")}: they and the tests must come from the same moderation`,
          { parameter: "effects" }
        )
      const missing = at.filter(({ row }) => Number.isNaN(low[row]!) || Number.isNaN(high[row]!))
      if (missing.length > 0)
        return yield* StageFailure.of(
          "no-interval",
          `there is no interval at ${missing.map((point) => point.label).join(", ")}: take another kind of interval`,
          {
            parameter: "effects"
          }
        )
      const region = gridRegion(at.map(({ row, value: m }) => ({ value: m, low: low[row]!, high: high[row]! })))
      const where = region.observed.length === 0 ? "nowhere" : `for ${ranges(region.observed)}`
      const found = {
        test: "johnson_neyman",
        variant: REGION[region.kind],
        df: undefined,
        pValue: undefined,
        note: `${params.effect} effect, by its intervals at ${at.length} values from ${at[0]!.value.toPrecision(4)} to ${at.at(-1)!.value.toPrecision(4)} (${method[at[0]!.row]}): significant ${where}`
      }
      return testsOf(region.roots.length === 0 ? [{ ...found, statistic: undefined }] : region.roots.map((root) => ({ ...found, statistic: root })))
    })
})
