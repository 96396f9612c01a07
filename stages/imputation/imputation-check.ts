import { many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { settled } from "../../src/econometrics/imputation/convergence.ts"
import { ImputationChain, ImputationCheck } from "./imputation-types.ts"

const ImputationCheckParams = Schema.Struct({
  /** The potential scale reduction above which a variable is told as not settled. */
  limit: Schema.Finite.check(Schema.isGreaterThan(1)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1.2)))
})

interface Point {
  readonly imputation: number
  readonly iteration: number
  readonly mean: number
  readonly sd: number
}

/**
 * Whether several imputations have settled (Gelman and Rubin's potential scale reduction of the mean and the standard deviation of each variable's imputed cells), and what was imputed beside what is there. What has not settled is told
 * (`not-settled`).
 */
export const imputationCheck = Stage.make("imputation-check", {
  inputs: { chains: many(ImputationChain) },
  params: ImputationCheckParams,
  output: ImputationCheck,
  run: ({ chains }, { limit }) =>
    Effect.gen(function* () {
      const points = new Map<string, Array<Point>>()
      const facts = new Map<string, { readonly scale: string; readonly missing: number; readonly mean: number; readonly sd: number }>()
      for (const table of chains) {
        const variable = table.column("variable").values
        const of = (name: "mean" | "sd" | "observed_mean" | "observed_sd") => table.column(name).values
        const whole = (name: "imputation" | "iteration" | "missing") => table.column(name).values
        variable.forEach((name, row) => {
          const own = points.get(name) ?? []
          own.push({ imputation: whole("imputation")[row]!, iteration: whole("iteration")[row]!, mean: of("mean")[row]!, sd: of("sd")[row]! })
          points.set(name, own)
          facts.set(name, {
            scale: table.column("scale").values[row]!,
            missing: whole("missing")[row]!,
            mean: of("observed_mean")[row]!,
            sd: of("observed_sd")[row]!
          })
        })
      }
      const rows = [...points].map(([name, own]) => {
        const numbers = [...new Set(own.map(({ imputation }) => imputation))]
        const ordered = numbers.map((number) => own.filter(({ imputation }) => imputation === number).sort((a, b) => a.iteration - b.iteration))
        const last = ordered.map((chain) => chain.at(-1)!)
        const average = (of: (point: Point) => number) => last.reduce((sum, point) => sum + of(point), 0) / last.length
        return {
          name,
          ...facts.get(name)!,
          imputations: numbers.length,
          iterations: Math.min(...ordered.map(({ length }) => length)),
          ofMean: settled(ordered.map((chain) => chain.map(({ mean }) => mean))),
          ofSd: settled(ordered.map((chain) => chain.map(({ sd }) => sd))),
          imputedMean: average(({ mean }) => mean),
          imputedSd: average(({ sd }) => sd)
        }
      })
      const worst = (row: (typeof rows)[number]) => Math.max(row.ofMean.rHat, Number.isNaN(row.ofSd.rHat) ? 0 : row.ofSd.rHat)
      const far = rows.filter((row) => worst(row) > limit)
      if (far.length > 0)
        yield* Stage.warn({
          code: "not-settled",
          message: `the imputations of ${far.map((row) => `${row.name} (${worst(row).toFixed(2)})`).join(", ")} have not settled: the potential scale reduction is above ${limit}; take more iterations, or fewer predictors`,
          where: { column: far[0]!.name }
        })
      const numbers = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, (row) => (Number.isFinite(of(row)) ? of(row) : Number.NaN))
      const integers = (of: (row: (typeof rows)[number]) => number) => Int32Array.from(rows, of)
      return {
        variable: rows.map(({ name }) => name),
        scale: rows.map(({ scale }) => scale),
        missing: integers(({ missing }) => missing),
        imputations: integers(({ imputations }) => imputations),
        iterations: integers(({ iterations }) => iterations),
        r_hat_mean: numbers(({ ofMean }) => ofMean.rHat),
        r_hat_sd: numbers(({ ofSd }) => ofSd.rHat),
        autocorrelation: numbers(({ ofMean }) => ofMean.autocorrelation),
        imputed_mean: numbers(({ imputedMean }) => imputedMean),
        imputed_sd: numbers(({ imputedSd }) => imputedSd),
        observed_mean: numbers(({ mean }) => mean),
        observed_sd: numbers(({ sd }) => sd)
      }
    })
})
