import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { drawWeights } from "../../../../src/econometrics/bootstrap/wild-weights.ts"
import type { EffectsFit } from "../../../../src/econometrics/spatial/effects/effect-of.ts"
import { spatialMultiplier } from "../../../../src/econometrics/spatial/effects/multipliers.ts"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import { pathMeans, productMeans } from "../../../../src/econometrics/spatial/paths/path-multipliers.ts"
import { spatialMediation } from "../../../../src/econometrics/spatial/paths/spatial-mediation.ts"
import { spatialMediationReplicates } from "../../../../src/econometrics/spatial/paths/spatial-mediation-replicates.ts"
import { spatialModeration } from "../../../../src/econometrics/spatial/paths/spatial-moderation.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { streams } from "../../../../src/stats/random.ts"
import { produc } from "../spatial-data.ts"

interface Fit {
  readonly names: ReadonlyArray<string>
  readonly estimate: ReadonlyArray<number>
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
}
interface Effects {
  readonly effects: ReadonlyArray<number>
  readonly se: ReadonlyArray<number>
}
interface Case {
  readonly moderation: Effects & { readonly fit: Fit; readonly values: ReadonlyArray<number> }
  readonly mediation: Effects & { readonly mediator: Fit; readonly outcome: Fit }
}

// test/oracle/spatial-paths.R computed all of it by N x N matrices and likelihoods of its own.
const file = (name: string) => readFileSync(new URL(`../../../oracle/${name}`, import.meta.url), "utf8")
const oracle = JSON.parse(file("spatial-paths.json"))
const ESTIMATORS = {
  lee_yu_twoways_sdm: { specification: "sdm" },
  lee_yu_individual_sar: { specification: "sar", effects: "individual" },
  none_twoways_sdm: { specification: "sdm", correction: "none" },
  lee_yu_twoways_sem: { specification: "sem" }
} as const
const names = Object.keys(ESTIMATORS) as ReadonlyArray<keyof typeof ESTIMATORS>

const { binary, columns } = produc()
const weights = rowStandardize(binary)
const [lpcap, lpc, lemp, unemp] = columns.names.map((name, k) => ({ name, values: columns.regressors[k]! }))
const outcome = { name: "lgsp", values: columns.dependent }
const moderated = { weights, outcome, treatment: lpcap!, moderator: unemp!, controls: [lpc!, lemp!] }
const mediated = { weights, outcome, treatment: lpcap!, mediator: lpc!, controls: [lemp!, unemp!] }

const near = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>, tolerance: number, floor = 1e-3) => {
  expect(found.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `[${i}]: ${found[i]}, R ${value}`).toBeLessThan(tolerance * Math.max(Math.abs(value), floor))
  })
}
/** R's fit with the names of this project. */
const fitOf = ({ covariance, estimate, names: terms }: Fit): EffectsFit => ({
  weights,
  terms: terms.map((term) => term.replace(/^lag\./, "W*").replace("s2", "sigma2")),
  estimates: Float64Array.from(estimate),
  covariance: Float64Array.from(covariance.flat())
})

describe("paths in space against R", () => {
  for (const name of names) {
    const { mediation, moderation }: Case = oracle[name]
    it(`moderation: effects and standard errors of the same estimates, and of our own (${name})`, () => {
      const mean = unemp!.values.reduce((sum, value) => sum + value, 0) / 816
      const slope = (factor: number) => ({ term: "product", factor })
      const [low, middle, high] = moderation.values as [number, number, number]
      const of = [
        ...moderation.values.map((value) => [{ term: "lpcap", factor: 1 }, slope(value - mean)]),
        ...[middle - low, high - low, high - middle].map((difference) => [slope(difference)])
      ].map((terms, i) => ({ label: String(i), terms }))
      const same = spatialEffects(fitOf(moderation.fit), { method: "delta", of }).effects
      near(
        same.map(({ estimate }) => estimate),
        moderation.effects,
        1e-9
      )
      near(
        same.map(({ stdError }) => stdError),
        moderation.se,
        1e-7
      )
      const own = spatialModeration(moderated, { ...ESTIMATORS[name], method: "delta" })
      near([...own.fit.estimates], moderation.fit.estimate, 1e-6)
      near(
        own.values.map(({ value }) => value),
        moderation.values,
        1e-12
      )
      near(
        own.effects.map(({ estimate }) => estimate),
        moderation.effects,
        1e-6
      )
      near(
        own.effects.map(({ stdError }) => stdError),
        moderation.se,
        1e-6
      )
    })
    it(`mediation: effects of the same estimates, and with standard errors of our own (${name})`, () => {
      const [ofMediator, ofOutcome] = [fitOf(mediation.mediator), fitOf(mediation.outcome)]
      const path = ({ estimates, terms }: EffectsFit, x: string) => {
        const at = (term: string) => estimates[terms.indexOf(term)] ?? 0
        return { rho: at("rho"), b: at(x), theta: at(`W*${x}`) }
      }
      const multiplier = spatialMultiplier(weights)
      const [a, b, c] = [path(ofMediator, "lpcap"), path(ofOutcome, "lpc"), path(ofOutcome, "lpcap")]
      const [through, past] = [productMeans(b, a, multiplier), pathMeans(c, multiplier)]
      const means = [pathMeans(a, multiplier), pathMeans(b, multiplier), through, past, { own: through.own + past.own, all: through.all + past.all }]
      near(
        means.flatMap(({ all, own }) => [own, all - own, all]),
        mediation.effects,
        1e-9
      )
      const own = spatialMediation(mediated, { ...ESTIMATORS[name], method: "delta" })
      near([...own.mediator.estimates], mediation.mediator.estimate, 1e-6)
      near([...own.outcome.estimates], mediation.outcome.estimate, 1e-6)
      near(
        own.effects.map(({ estimate }) => estimate),
        mediation.effects,
        1e-6
      )
      near(
        own.effects.map(({ stdError }) => stdError),
        mediation.se,
        1e-6
      )
    })
  }
  const draws = file("data/spatial-paths-draws.csv").trim().split("\n").slice(1)
  for (const resampling of ["wild-clusters", "recursive-wild-clusters", "periods"] as const)
    it(`replicates from the same draws (${resampling})`, () => {
      const random = streams(6)
      for (const line of draws.filter((row) => row.startsWith(`${resampling},`))) {
        const [, replicate, equation, given] = line.split(",")
        if (equation !== "outcome") random.start(Number(replicate))
        const signs = new Float64Array(48)
        if (resampling !== "periods") drawWeights("rademacher", random, signs)
        const drawn = resampling === "periods" ? Array.from({ length: 17 }, () => random.integer(17)) : [...signs]
        expect(drawn.join(" ")).toBe(given)
      }
      const { columns: found } = spatialMediationReplicates(mediated, { seed: 6, from: 0, count: 6 }, { resampling })
      const expected: ReadonlyArray<ReadonlyArray<number>> = oracle.replicates[resampling]
      expected.forEach((row, r) => {
        near(
          [...found.values()].map((values) => values[r]!),
          row,
          1e-6
        )
      })
    })
})
