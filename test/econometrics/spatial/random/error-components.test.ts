import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import { errorComponents } from "../../../../src/econometrics/spatial/random/error-components.ts"
import type { MomentSlopes, RandomErrors, RandomFrame, WeightedMoments } from "../../../../src/econometrics/spatial/random/random-frame.ts"
import { separateInformation } from "../../../../src/econometrics/spatial/random/random-information.ts"
import { denseWeights, fromMatrix, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { orthogonalComplement } from "../../../../src/linalg/orthonormal.ts"
import { small } from "../spatial-small.ts"

const { entities: n, periods, weights } = small
const basis = orthogonalComplement([new Float64Array(n).fill(1)], n)
const f = Float64Array.from({ length: n * (n - 1) }, (_, at) => basis[at % (n - 1)]![Math.floor(at / (n - 1))]!)
const transposed = Float64Array.from({ length: n * (n - 1) }, (_, at) => basis[Math.floor(at / n)]![at % n]!)
/** F'WF, and F' of columns: the same panel with its year effects transformed away. */
const reduced: WeightsMatrix = fromMatrix(weights.entities.slice(1), multiply(multiply(transposed, denseWeights(weights), n - 1, n, n), f, n - 1, n, n - 1))
const columns = [small.data.dependent, ...small.data.regressors]
const frameOf = (errors: RandomErrors, given: WeightsMatrix, deflated: boolean): RandomFrame => ({
  entities: given.entities.length,
  periods,
  errors,
  errorWeights: given,
  errorDeterminant: determinant(given.matrix, { deflated }),
  years: deflated,
  deflated
})

describe("error components", () => {
  for (const errors of ["kapoor-kelejian-prucha", "baltagi-song-koh"] as const) {
    it(`without year effects are those of the transformed panel (${errors})`, () => {
      const whole = errorComponents(frameOf(errors, weights, true), columns)
      const parts = errorComponents(
        frameOf(errors, reduced, false),
        columns.map((column) => multiply(transposed, column, n - 1, n, periods))
      )
      for (const [lambda, c] of [
        [0.4, 2],
        [-0.6, 0],
        [0, 30]
      ] as const) {
        const [a, b] = [whole, parts].map((components) => {
          const found = components(lambda, c)
          return { ...found, ...found.slopes() }
        }) as [WeightedMoments & MomentSlopes, WeightedMoments & MomentSlopes]
        for (const name of ["moments", "byLambda", "byC"] as const)
          for (const [at, value] of b[name].entries()) expect(a[name][at], `${name} ${at}`).toBeCloseTo(value, 9)
        for (const name of ["logDeterminant", "logDeterminantByLambda", "logDeterminantByC"] as const) expect(a[name], name).toBeCloseTo(b[name], 9)
      }
    })
    it(`have the derivatives that differences show (${errors})`, () => {
      const at = errorComponents(frameOf(errors, weights, true), columns)
      const [lambda, c, h] = [0.3, 1.7, 1e-5]
      const here = at(lambda, c).slopes()
      for (const [after, before, slope, logSlope] of [
        [at(lambda + h, c), at(lambda - h, c), here.byLambda, here.logDeterminantByLambda],
        [at(lambda, c + h), at(lambda, c - h), here.byC, here.logDeterminantByC]
      ] as const) {
        for (const [i, value] of slope.entries()) expect((after.moments[i]! - before.moments[i]!) / (2 * h)).toBeCloseTo(value, 6)
        expect((after.logDeterminant - before.logDeterminant) / (2 * h)).toBeCloseTo(logSlope, 7)
      }
    })
  }
  it("the information of Baltagi, Song and Koh's errors without year effects is that of the transformed panel", () => {
    const of = (given: WeightsMatrix, deflated: boolean) =>
      separateInformation(
        { frame: frameOf("baltagi-song-koh", given, deflated), point: { rho: 0.3, lambda: -0.4, c: 2.5 }, sigma2: 0.7, parameters: ["rho", "lambda"] },
        given
      )
    const [whole, parts] = [of(weights, true), of(reduced, false)]
    for (const [at, value] of parts.entries()) expect(whole[at]).toBeCloseTo(value, 9)
  })
})
