import { describe, expect, it } from "vitest"
import { logDeterminant, spectrum, traceOf } from "../../../../src/econometrics/spatial/determinant/spectrum.ts"
import { denseWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { logAbsDeterminant, luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { weights } from "../../us-states.ts"

const system = (matrix: Float64Array, size: number, rho: number) => matrix.map((w, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * w)
const trace = (matrix: Float64Array, size: number) => Array.from({ length: size }, (_, i) => matrix[i * size + i]!).reduce((a, b) => a + b, 0)

describe("the spectrum of spatial weights", () => {
  it("nested weights have complex eigenvalues, contiguity weights have not", () => {
    expect(spectrum(denseWeights(weights.nested), 48).imaginary.some((x) => Math.abs(x) > 1e-3)).toBe(true)
    expect(spectrum(denseWeights(weights.contiguity), 48).imaginary.every((x) => Math.abs(x) < 1e-9)).toBe(true)
  })
  it("gives the log-determinant that LU gives, for negative rho too", () => {
    for (const w of [weights.contiguity, weights.nested])
      for (const rho of [-1.2, -0.4, 0.3, 0.95])
        expect(logDeterminant(spectrum(denseWeights(w), 48), rho)).toBeCloseTo(logAbsDeterminant(luFactor(system(denseWeights(w), 48, rho), 48)), 9)
  })
  it("gives traces of powers of W and (I - rho W)^-1", () => {
    for (const w of [weights.contiguity, weights.nested]) {
      const eigen = spectrum(denseWeights(w), 48)
      const inverse = luInverse(luFactor(system(denseWeights(w), 48, 0.6), 48))
      const once = multiply(inverse, denseWeights(w), 48, 48, 48)
      expect(traceOf(eigen, 0.6, 1, 0)).toBeCloseTo(trace(inverse, 48), 9)
      expect(traceOf(eigen, 0.6, 1, 1)).toBeCloseTo(trace(once, 48), 9)
      expect(traceOf(eigen, 0.6, 2, 2)).toBeCloseTo(trace(multiply(once, once, 48, 48, 48), 48), 9)
    }
  })
  it("row-standardised weights bound rho by 1 above and by the smallest real eigenvalue below", () => {
    const { lower, upper, real } = spectrum(denseWeights(weights.contiguity), 48)
    expect(upper).toBeCloseTo(1, 12)
    expect(lower).toBeCloseTo(1 / Math.min(...real), 12)
    expect(Math.abs(logDeterminant(spectrum(denseWeights(weights.contiguity), 48), lower * (1 - 1e-13)))).toBeGreaterThan(20)
  })
  it("weights without a link are a fault", () => {
    expect(() => spectrum(new Float64Array(9), 3)).toThrow(/no spatial dependence to estimate/)
  })
})
