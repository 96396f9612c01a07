import { describe, expect, it } from "vitest"
import { likelihoodRatio, waldError, waldLag } from "../../../../src/econometrics/spatial/tests/nested-models.ts"
import { chi2Upper } from "../../../../src/stats/distributions.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf } from "../fit-of.ts"
import { MATRICES, oracle } from "../spatial-oracle.ts"

/** r'(R V R')^-1 r by Gaussian elimination on the oracle's numbers. */
const waldOf = (r: ReadonlyArray<number>, jacobian: ReadonlyArray<ReadonlyArray<number>>, v: ReadonlyArray<ReadonlyArray<number>>): number => {
  const m = jacobian.map((a, i) => [...jacobian.map((b) => a.reduce((sum, x, k) => sum + x * b.reduce((s, y, l) => s + v[k]![l]! * y, 0), 0)), r[i]!])
  for (let k = 0; k < m.length; k++)
    for (let i = 0; i < m.length; i++)
      if (i !== k) {
        const ratio = m[i]![k]! / m[k]![k]!
        m[i] = m[i]!.map((x, j) => x - ratio * m[k]![j]!)
      }
  return m.reduce((sum, row, i) => sum + (r[i]! * row.at(-1)!) / row[i]!, 0)
}

describe("tests of the SDM against what is nested in it", () => {
  for (const name of MATRICES) {
    const sdm = fitOf(weights[name], production, "sdm")
    const { estimate, covariance } = oracle.lee_yu[name].sdm
    const [rho, unit] = [estimate[8]!, (places: Readonly<Record<number, number>>) => Array.from({ length: 10 }, (_, k) => places[k] ?? 0)]
    it(`Wald to the SAR is theta'V^-1 theta on R's numbers (${name})`, () => {
      const { statistic, df, pValue } = waldLag(sdm)
      expect(
        statistic /
          waldOf(
            estimate.slice(4, 8),
            [0, 1, 2, 3].map((r) => unit({ [4 + r]: 1 })),
            covariance
          )
      ).toBeCloseTo(1, 7)
      expect(df).toBe(4)
      expect(pValue).toBe(chi2Upper(statistic, 4))
    })
    it(`Wald to the SEM is that of theta + rho beta by the delta method (${name})`, () => {
      const restrictions = [0, 1, 2, 3].map((r) => estimate[4 + r]! + rho * estimate[r]!)
      const jacobian = [0, 1, 2, 3].map((r) => unit({ [r]: rho, [4 + r]: 1, 8: estimate[r]! }))
      expect(waldError(sdm).statistic / waldOf(restrictions, jacobian, covariance)).toBeCloseTo(1, 7)
      expect(waldError(sdm).df).toBe(4)
    })
    it(`likelihood ratios are twice the differences of R's log-likelihoods (${name})`, () => {
      const sar = likelihoodRatio(sdm, fitOf(weights[name], production, "sar"))
      const sem = likelihoodRatio(sdm, fitOf(weights[name], production, "sem"))
      const { lee_yu: r } = oracle
      expect(sar.statistic).toBeCloseTo(2 * (r[name].sdm.logLik - r[name].sar.logLik), 7)
      expect(sem.statistic).toBeCloseTo(2 * (r[name].sdm.logLik - r[name].sem.logLik), 7)
      expect([sar.df, sem.df]).toEqual([4, 4])
    })
  }
})
