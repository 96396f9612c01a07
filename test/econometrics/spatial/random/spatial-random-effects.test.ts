import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { panelIndex } from "../../../../src/econometrics/sample/panel-index.ts"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import { entityMeans } from "../../../../src/econometrics/spatial/models/panel-effects.ts"
import type { SpatialModel } from "../../../../src/econometrics/spatial/models/spatial-sample.ts"
import type { SpatialRandomOptions } from "../../../../src/econometrics/spatial/random/random-options.ts"
import { type SpatialRandomFit, spatialRandomEffects } from "../../../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"
import { modelOf } from "../fit-of.ts"
import { cigar, produc } from "../spatial-data.ts"
import { expectClose, MATRICES, oracle as states } from "../spatial-oracle.ts"
import { small } from "../spatial-small.ts"

interface Reference {
  readonly names: ReadonlyArray<string>
  readonly estimate: ReadonlyArray<number>
  readonly se: ReadonlyArray<number>
  readonly observed_se: ReadonlyArray<number>
  readonly logLik: number
  readonly phi: number
  readonly covariance?: ReadonlyArray<ReadonlyArray<number>>
  readonly effects?: Readonly<Record<string, ReadonlyArray<number>>>
}
type Years = "constant" | "dummies"
const oracle: Readonly<Record<"cigar" | "produc", Readonly<Record<Years, Readonly<Record<string, Reference>>>>>> = JSON.parse(
  readFileSync(new URL("../../../oracle/spatial-random-effects.json", import.meta.url), "utf8")
)
const panels = { cigar: cigar(), produc: produc() }
const modelIn = (name: "cigar" | "produc") => modelOf(rowStandardize(panels[name].binary), panels[name].columns)
const bsk = { errors: "baltagi-song-koh" } as const
const kkp = { errors: "kapoor-kelejian-prucha" } as const
const MODELS: Readonly<Record<string, SpatialRandomOptions>> = {
  re: { specification: "ols" },
  sar: { specification: "sar" },
  sdm: { specification: "sdm" },
  sem_bsk: { specification: "sem", ...bsk },
  sdem_bsk: { specification: "sdem", ...bsk },
  sac_bsk: { specification: "sac", ...bsk },
  sem_kkp: { specification: "sem", ...kkp },
  sdem_kkp: { specification: "sdem", ...kkp },
  sac_kkp: { specification: "sac", ...kkp }
}
const OTHERS: Readonly<Record<string, string>> = { "(Intercept)": "(constant)", s2_mu: "sigma2_entity", s2_e: "sigma2" }
const termOf = (name: string) => OTHERS[name] ?? name.replace(/^lag\./, "W*")
const offBy = (found: ArrayLike<number>, reference: ReadonlyArray<number>, unit: ReadonlyArray<number>) =>
  reference.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value) / unit[i]!), 0)
const relative = (found: ArrayLike<number>, reference: ReadonlyArray<number>) =>
  reference.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! / value - 1)), 0)

/** Places of a fit's terms in the reference, whose dummies' intercept we do not tell. */
const placesIn = ({ terms }: SpatialRandomFit, { names }: Reference) => terms.map((term) => names.findIndex((name) => termOf(name) === term))

describe("spatial panels with random entity effects", () => {
  for (const name of ["cigar", "produc"] as const)
    for (const years of ["constant", "dummies"] as const)
      it(`agree with likelihoods and information written out in R: ${name}, ${years}`, () => {
        for (const [key, given] of Object.entries(MODELS)) {
          const reference = oracle[name][years][key]!
          const options: SpatialRandomOptions = years === "constant" ? { ...given, yearDummies: false } : { ...given, correction: "none" }
          const fit = spatialRandomEffects(modelIn(name), options)
          const places = placesIn(fit, reference)
          const pick = (values: ReadonlyArray<number>) => places.map((place) => values[place]!)
          expect(fit.terms.length, key).toBe(reference.names.length - (years === "dummies" ? 1 : 0))
          expect(Math.abs(fit.logLikelihood - reference.logLik), key).toBeLessThan(1e-8 * Math.abs(reference.logLik))
          expect(offBy(fit.estimates, pick(reference.estimate), pick(reference.se)), key).toBeLessThan(1e-6)
          expect(relative(fit.inference.stdError, pick(reference.se)), key).toBeLessThan(1e-6)
          expect(fit.components.phi / reference.phi, key).toBeCloseTo(1, 6)
          for (const [i, row] of (reference.covariance ?? []).entries())
            for (const [j, value] of row.entries()) {
              const [a, b] = [places.indexOf(i), places.indexOf(j)]
              if (a >= 0 && b >= 0)
                expect(Math.abs(fit.covariance[a * places.length + b]! - value), key).toBeLessThan(1e-6 * reference.se[i]! * reference.se[j]!)
            }
          const observed = spatialRandomEffects(modelIn(name), { ...options, variance: "observed" })
          expect(relative(observed.inference.stdError, pick(reference.observed_se)), key).toBeLessThan(1e-6)
          if (reference.effects !== undefined) {
            const { effects } = spatialEffects(fit, { method: "delta" })
            for (const effect of ["direct", "indirect", "total"] as const) {
              const own = effects.filter((row) => row.effect === effect)
              expect(
                offBy(
                  own.map(({ estimate }) => estimate),
                  reference.effects[effect]!,
                  reference.effects[`${effect}_se`]!
                ),
                `${key} ${effect}`
              ).toBeLessThan(1e-6)
              expect(
                relative(
                  own.map(({ stdError }) => stdError),
                  reference.effects[`${effect}_se`]!
                ),
                `${key} ${effect}`
              ).toBeLessThan(2e-6)
            }
          }
        }
      })
  for (const name of MATRICES)
    it(`the SDM under lee-yu agrees with a normal density in R whose information is formed from dense matrices (${name})`, () => {
      const fit = spatialRandomEffects(modelOf(weights[name], production), { specification: "sdm" })
      const reference = states.random[name]
      const size = fit.terms.length
      expectClose(fit.estimates.slice(0, size - 1), reference.estimate.slice(0, -1), 1e-6)
      expectClose(fit.inference.stdError.slice(0, size - 1), reference.se.slice(0, -1), 1e-6)
      // The reference has sigma2 + T sigma2_entity.
      const at = (i: number, j: number) => fit.covariance[i * size + j]!
      const [e, mu] = [size - 2, size - 1]
      expect((fit.estimates[e]! + 17 * fit.estimates[mu]!) / reference.estimate.at(-1)!).toBeCloseTo(1, 6)
      expect(Math.sqrt(at(e, e) + 34 * at(e, mu) + 289 * at(mu, mu)) / reference.se.at(-1)!).toBeCloseTo(1, 6)
      expect(fit.logLikelihood).toBeCloseTo(reference.logLik, 7)
      expect(fit.frame.observations).toBe(47 * 17)
      expect(fit.warnings).toEqual([])
    })
  it("year effects added to y change nothing, entity effects do", () => {
    const fitted = (shift: (at: number) => number) =>
      spatialRandomEffects(modelOf(weights.contiguity, { ...production, dependent: production.dependent.map((y, at) => y + shift(at)) }), {
        specification: "sdm"
      }).estimates
    const original = fitted(() => 0)
    expectClose(
      fitted((at) => (at % 17) ** 2),
      [...original],
      1e-6
    )
    expect(fitted((at) => Math.floor(at / 17) % 5)[4]).not.toBeCloseTo(original[4]!, 2)
  })
  it("an entity variance at zero is told", () => {
    // Without entity means there is less variation between entities than chance gives.
    const within = (column: Float64Array) => column.map((value, at) => value - entityMeans(column, small.entities)[Math.floor(at / small.periods)]!)
    const data = { ...small.data, dependent: within(small.data.dependent), regressors: small.data.regressors.map(within) }
    for (const [specification, variance] of [
      ["sdm", "expected"],
      ["sem", "observed"]
    ] as const) {
      const fit = spatialRandomEffects(modelOf(small.weights, data), { specification, ...bsk, variance })
      expect(fit.warnings[0]?.code).toBe("random-effects-variance-zero")
      expect(fit.estimates.at(-1)).toBe(0)
      expect(fit.inference.stdError.every((error) => error > 0)).toBe(true)
    }
  })
  it("weights whose rows do not sum to one have year dummies as regressors: the same where they do", () => {
    const model = modelIn("cigar")
    const { matrix } = model.weights
    // Beyond what counts as a row sum of one, and next to nothing else.
    const nearly = { ...model.weights, matrix: { ...matrix, values: matrix.values.map((value) => value * (1 + 2e-9)) } }
    for (const options of [MODELS["sac_bsk"]!, MODELS["sac_kkp"]!, MODELS["sdm"]!]) {
      const [projected, dummies] = [model, { ...model, weights: nearly }].map((given) => spatialRandomEffects(given, { ...options, correction: "none" }))
      expect(dummies!.terms).toEqual(projected!.terms)
      expect(offBy(dummies!.estimates, [...projected!.estimates], [...projected!.inference.stdError])).toBeLessThan(1e-5)
      expect(relative(dummies!.inference.stdError, [...projected!.inference.stdError])).toBeLessThan(1e-5)
      expect(dummies!.logLikelihood).toBeCloseTo(projected!.logLikelihood, 4)
    }
    expect(() => spatialRandomEffects({ ...model, weights: nearly }, { specification: "sar" })).toThrow(/needs weights whose rows sum to 1/)
  })
  it("does not depend on the order of rows nor on columns' units and levels", () => {
    const model = modelIn("cigar")
    const rows = model.dependent.values.length
    const order = Array.from({ length: rows }, (_, at) => (at * 7919) % rows)
    const moved = (values: Float64Array, scale: number, level: number) => Float64Array.from(order, (at) => scale * values[at]! + level)
    const other: SpatialModel = {
      weights: model.weights,
      dependent: { name: "y", values: moved(model.dependent.values, 1e6, 0) },
      regressors: model.regressors.map(({ name, values }, j) => ({ name, values: moved(values, [1e-5, 1e4][j]!, [0, 1e7][j]!) })),
      index: panelIndex(
        order.map((at) => model.weights.entities[Math.floor(at / 30)]!),
        order.map((at) => 1963 + (at % 30))
      )
    }
    for (const options of [MODELS["sac_bsk"]!, MODELS["sdm"]!]) {
      const [fit, scaled] = [model, other].map((given) => spatialRandomEffects(given, { ...options, yearDummies: false }))
      const slopes = [1e11, 100].map((unit, j) => scaled!.estimates[1 + j]! / unit)
      expect(offBy(slopes, [...fit!.estimates.slice(1, 3)], [...fit!.inference.stdError.slice(1, 3)])).toBeLessThan(1e-5)
      for (const term of ["rho", "lambda"].filter((name) => fit!.terms.includes(name))) {
        const at = fit!.terms.indexOf(term)
        expect(scaled!.estimates[at]! / fit!.estimates[at]!).toBeCloseTo(1, 6)
        expect(scaled!.inference.stdError[at]! / fit!.inference.stdError[at]!).toBeCloseTo(1, 6)
      }
    }
  })
  it("gives slopes' errors at given rho, lambda and phi, as splm has them", () => {
    const fit = spatialRandomEffects(modelIn("cigar"), { ...MODELS["sem_kkp"]!, yearDummies: false, variance: "conditional" })
    const reference = oracle.cigar.constant["sem_kkp"]!
    // Of error models, slopes and the rest are independent: the conditional variance is the expected information's.
    expect(relative(fit.inference.stdError.slice(0, 3), reference.se.slice(0, 3))).toBeLessThan(1e-6)
    expect(fit.inference.stdError[3]! / reference.observed_se[3]!).toBeCloseTo(1, 6)
    const sar = { specification: "sar", yearDummies: false } as const
    const [conditional, whole] = (["conditional", "observed"] as const).map((variance) => spatialRandomEffects(modelIn("cigar"), { ...sar, variance }))
    expect(conditional!.inference.stdError[1]).toBeLessThan(whole!.inference.stdError[1]!)
  })
  it("drops what is collinear and refuses what has no meaning", () => {
    const model = modelIn("cigar")
    const twice = { ...model, regressors: [...model.regressors, { name: "again", values: model.regressors[0]!.values.map((x) => 2 * x + 1) }] }
    const fit = spatialRandomEffects(twice, { specification: "sar", yearDummies: false })
    expect(fit.terms).toEqual(["(constant)", "lprice", "lincome", "rho", "sigma2", "sigma2_entity"])
    expect(fit.warnings[0]?.message).toMatch(/again/)
    expect(() => spatialRandomEffects(model, { specification: "sar", yearDummies: false, correction: "lee-yu", errors: "b" as "baltagi-song-koh" })).toThrow(
      /errors of a random-effects model is one of kapoor-kelejian-prucha, baltagi-song-koh, not b; Lee and Yu's correction is of year effects/
    )
    expect(() => spatialRandomEffects(model, { specification: "sam" as "sac" })).toThrow(/a specification is one of ols, sar/)
  })
  it("gives what splm prints", () => {
    // spml(model = "random") on Produc with the contiguity of the 48 states, as printed by splm 1.4: (intercept), slopes, then phi and the spatial parameter.
    const printed = {
      sem_bsk: {
        estimate: [2.3868275, 0.0424138, 0.2418396, 0.7423454, -0.0034279],
        se: [0.1393798, 0.0222037, 0.0202892, 0.0244061, 0.0010614],
        others: [7.49518, 1.73081, 0.53888, 0.03371]
      },
      sem_kkp: {
        estimate: [2.3246707, 0.0445475, 0.2461124, 0.7426319, -0.0036045],
        se: [0.1415894, 0.0220377, 0.0211341, 0.0254663, 0.0010637],
        others: [6.624775, 1.549683, 0.526465, 0.033338]
      },
      sar: {
        estimate: [1.65814995, 0.01294505, 0.22555376, 0.67081075, -0.00579716],
        se: [0.15071855, 0.02493997, 0.02163422, 0.02642113, 0.00089175],
        others: [21.3175, 8.3017, 0.161615, 0.029099]
      }
    }
    for (const [key, { estimate, others, se }] of Object.entries(printed)) {
      const fit = spatialRandomEffects(modelIn("produc"), { ...MODELS[key]!, yearDummies: false, variance: "conditional" })
      expect(offBy(fit.estimates, estimate, estimate.map(Math.abs)), key).toBeLessThan(3e-5)
      expect(relative(fit.inference.stdError.slice(0, 5), se), key).toBeLessThan(5e-5)
      // Its Hessian of phi and the spatial parameter is by coarse differences.
      expect(relative([fit.components.phi, fit.estimates[5]!], [others[0]!, others[2]!]), key).toBeLessThan(1e-5)
      expect(relative([fit.components.phiStdError, fit.inference.stdError[5]!], [others[1]!, others[3]!]), key).toBeLessThan(2e-3)
    }
  })
})
