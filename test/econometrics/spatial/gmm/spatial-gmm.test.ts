import { describe, expect, it } from "vitest"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { boston, cheapestNeighbour, cigar, columbus, produc } from "../spatial-data.ts"
import { close, expectTerms, gmmOf, oracleOf } from "./gmm-fits.ts"

const oracle = oracleOf("spatial-gmm")
const random = oracleOf("spatial-gmm-random")
const EFFECTS = { pooled: "pooled", individual: "individual", twoways: "two-way" } as const
const ofStates = { cigar: cigar(), produc: produc() }

describe("spatial 2SLS and GMM of cross-sections agree with spatialreg", () => {
  const samples = {
    columbus: { weights: rowStandardize(columbus().binary), columns: columbus().columns },
    boston: { weights: boston().weights, columns: boston().columns }
  }
  for (const [name, { columns, weights }] of Object.entries(samples)) {
    const reference = oracle[name]
    it(`stsls of ${name}: iid, HC0, HC1; without W^2 X; with W X among the regressors`, () => {
      for (const [variance, se] of [
        ["iid", "se"],
        ["HC0", "se_hc0"],
        ["HC1", "se_hc1"]
      ] as const)
        expectTerms(gmmOf(weights, columns, { specification: "sar", variance }), reference.stsls, reference.stsls[se], 1e-9)
      expectTerms(gmmOf(weights, columns, { specification: "sar", powers: 1 }), reference.stsls_wx, reference.stsls_wx.se, 1e-9)
      const sdm = gmmOf(weights, columns, { specification: "sdm" })
      expectTerms(sdm, reference.sdm_stsls, reference.sdm_stsls.se, 1e-7)
      close(sdm.sigma2, reference.sdm_stsls.s2, 1e-8, "s2")
    })
    it(`GMerrorsar of ${name}, its optimum polished`, () => {
      const fit = gmmOf(weights, columns, { specification: "sem" })
      expectTerms(fit, reference.gm_error, reference.gm_error.se, 1e-8)
      close(fit.estimates[fit.terms.indexOf("lambda")]!, reference.gm_error.lambda, 1e-9, "lambda")
      close(fit.sigma2, reference.gm_error.s2, 1e-9, "s2")
    })
    it(`gstsls of ${name}, its optimum polished`, () => {
      const fit = gmmOf(weights, columns, { specification: "sac" })
      expectTerms(fit, reference.gstsls, reference.gstsls.se, 1e-7)
      close(fit.estimates[fit.terms.indexOf("lambda")]!, reference.gstsls.lambda, 1e-7, "lambda")
      close(fit.sigma2, reference.gstsls.s2, 1e-8, "s2")
    })
  }
})

describe("spatial 2SLS and GMM of panels agree with R", () => {
  for (const name of ["cigar", "produc"] as const) {
    const { binary, columns } = ofStates[name]
    const weights = rowStandardize(binary)
    for (const [key, effects] of Object.entries(EFFECTS)) {
      const reference = oracle[name][key]
      for (const specification of ["sar", "sdm"] as const)
        it(`${specification} of ${name}, ${effects}: iid, HC0, by entity, Sargan`, () => {
          const fit = gmmOf(weights, columns, { specification, effects })
          const { estimate, names, sargan, se, se_cluster, se_hc0 } = reference[specification]
          expectTerms(fit, { estimate, names }, se, 1e-7)
          expectTerms(gmmOf(weights, columns, { specification, effects, variance: "HC0" }), { estimate, names }, se_hc0, 1e-7)
          const clustered = gmmOf(weights, columns, { specification, effects, variance: "cluster" })
          const [g, n] = [fit.entities, fit.nobs]
          const k = names.length + (effects === "pooled" ? 0 : effects === "individual" ? 1 : fit.periods)
          expectTerms(clustered, { estimate, names }, se_cluster, 1e-7, 1 / Math.sqrt((g / (g - 1)) * ((n - 1) / (n - k))))
          const test = fit.tests.find((one) => one.test === "sargan")!
          // ivreg2's Sargan counts n less the absorbed effects of entities; the reference the independent rows.
          const rows = effects === "two-way" ? n - g : fit.observations
          close(test.statistic! * (fit.observations / rows), sargan[0], 1e-6, "Sargan")
          expect(test.df).toBe(sargan[1])
        })
    }
    for (const [key, effects] of [
      ["individual", "individual"],
      ["twoways", "two-way"]
    ] as const)
      it(`sem and sac of ${name}, ${effects}: Mutl and Pfaffermayr's within estimators`, () => {
        for (const [specification, label] of [
          ["sem", `gm_${key}`],
          ["sac", `sarar_${key}`]
        ] as const) {
          const reference = oracle[name][label]
          const fit = gmmOf(weights, columns, { specification, effects })
          expectTerms(fit, reference, reference.se, 1e-7)
          close(fit.sigma2, reference.s2_v, 1e-8, "s2_v")
          close(fit.estimates[fit.terms.indexOf("lambda")]!, reference.lambda, 1e-8, "lambda")
        }
      })
    for (const weighting of ["initial", "weighted", "full"] as const)
      it(`sem of ${name} with random effects, ${weighting}: Kapoor, Kelejian and Prucha`, () => {
        const reference = oracle[name].gm_random[weighting]
        const fit = gmmOf(weights, columns, { specification: "sem", effects: "random", weighting })
        expectTerms(fit, reference, reference.se, 1e-7)
        for (const [term, value] of [
          ["lambda", reference.lambda],
          ["sigma2", reference.s2_v],
          ["sigma2_between", reference.s2_1]
        ] as const)
          close(fit.estimates[fit.terms.indexOf(term)]!, value, 1e-8, term)
      })
  }
  for (const name of ["cigar", "produc"] as const)
    it(`random effects of ${name} by G2SLS and EC2SLS, with a spatial lag, and with spatial errors too`, () => {
      const { binary, columns } = ofStates[name]
      const weights = rowStandardize(binary)
      const reference = random[name]
      for (const specification of ["sar", "sdm"] as const)
        for (const randomInstruments of ["g2sls", "ec2sls"] as const) {
          const fit = gmmOf(weights, columns, { specification, effects: "random", randomInstruments })
          expectTerms(fit, reference[specification][randomInstruments], reference[specification][randomInstruments].se, 1e-6)
          close(fit.sigma2, reference[specification].w2sls.s2_v, 1e-8, "s2_v")
          close(fit.estimates[fit.terms.indexOf("sigma2_between")]!, reference[specification].b2sls.s2_1, 1e-7, "s2_1")
        }
      for (const weighting of ["initial", "weighted", "full"] as const) {
        const fit = gmmOf(weights, columns, { specification: "sac", effects: "random", weighting })
        expectTerms(fit, reference.sarar[weighting], reference.sarar[weighting].se, 1e-6)
        close(fit.estimates[fit.terms.indexOf("lambda")]!, reference.sarar[weighting].lambda, 1e-7, "lambda")
      }
    })
  it("an endogenous price beside the spatial lag, with its own instrument and that one's lag (cigar)", () => {
    const { binary, columns } = ofStates.cigar
    const weights = rowStandardize(binary)
    const [lprice, lincome] = columns.regressors
    const own = { dependent: columns.dependent, regressors: [lincome!], names: ["lincome"] }
    const more = { endogenous: [{ name: "lprice", values: lprice! }], instruments: [{ name: "lpimin", values: cheapestNeighbour() }] }
    for (const [key, effects] of Object.entries(EFFECTS)) {
      const { sar_endogenous: sar, sdm_endogenous: sdm } = oracle.cigar[key]
      expectTerms(gmmOf(weights, own, { specification: "sar", effects, instrumentLags: 1 }, more), sar, sar.se, 1e-7)
      const options = { specification: "sdm", effects, instrumentLags: 2, lagged: ["lincome", "lprice"] } as const
      expectTerms(gmmOf(weights, own, options, more), sdm, sdm.se, 1e-6)
    }
    const splm = oracle.cigar.gm_endogenous
    expectTerms(gmmOf(weights, own, { specification: "sem", effects: "individual", instrumentLags: 1 }, more), splm, splm.se, 1e-7)
    for (const randomInstruments of ["g2sls", "ec2sls"] as const) {
      const reference = random.cigar.sar_endogenous[randomInstruments]
      expectTerms(gmmOf(weights, own, { specification: "sar", effects: "random", randomInstruments, instrumentLags: 1 }, more), reference, reference.se, 1e-6)
    }
  })
})
