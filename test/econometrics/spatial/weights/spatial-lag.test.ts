import { describe, expect, it } from "vitest"
import { demeanPeriods, demeanTwoWay, entityMeans } from "../../../../src/econometrics/spatial/models/panel-effects.ts"
import { spatialLag } from "../../../../src/econometrics/spatial/weights/spatial-lag.ts"
import { fromMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"

const close = (a: Float64Array, b: Float64Array) => {
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 11)
}

describe("a panel's spatial lag and effects", () => {
  it("the lag of a period is W times that period", () => {
    const small = fromMatrix(["a", "b", "c"], Float64Array.of(0, 1, 0, 0.5, 0, 0.5, 0, 1, 0))
    expect([...spatialLag(small, Float64Array.of(1, 10, 2, 20, 3, 30))]).toEqual([2, 20, 2, 20, 2, 20])
  })
  it("two-way deviations sum to zero over entities and over periods, and are left alone by a second demeaning", () => {
    const within = demeanTwoWay(production.dependent, 48)
    close(demeanTwoWay(within, 48), within)
    close(demeanPeriods(within, 48), within)
    for (const mean of entityMeans(within, 48)) expect(mean).toBeCloseTo(0, 12)
  })
  it("Q W Q = Q W for row-standardised W: demean, lag, demean is lag, demean", () => {
    for (const w of [weights.contiguity, weights.nested])
      close(demeanTwoWay(spatialLag(w, demeanTwoWay(production.dependent, 48)), 48), demeanTwoWay(spatialLag(w, production.dependent), 48))
  })
  it("but W Q is not Q W Q: demeaning before lagging is another model", () => {
    const lagged = spatialLag(weights.nested, demeanTwoWay(production.dependent, 48))
    const demeaned = demeanTwoWay(lagged, 48)
    expect(Math.max(...lagged.map((value, i) => Math.abs(value - demeaned[i]!)))).toBeGreaterThan(1e-3)
  })
})
