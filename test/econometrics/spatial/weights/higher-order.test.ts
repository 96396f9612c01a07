import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { neighboursOfOrder, SYMMETRIES, symmetrize, weightsPower, withoutDiagonal } from "../../../../src/econometrics/spatial/weights/higher-order.ts"
import { denseWeights, fromLinks, fromMatrix, rowStandardize, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { toDense, transpose } from "../../../../src/linalg/sparse-matrix.ts"
import { columbus, neighboursOf, spdep } from "./spdep.ts"

const of = (neighbours: ReadonlyArray<ReadonlyArray<number>>): WeightsMatrix => {
  const to = neighbours.flat()
  return fromLinks(
    columbus.entities.slice(0, neighbours.length),
    neighbours.flatMap((row, i) => row.map(() => i)),
    to,
    to.map(() => 1)
  )
}

describe("neighbours of higher order", () => {
  it("are spdep's nblag, and cumulated nblag_cumul", () => {
    spdep.columbus.orders.forEach((reference, k) => {
      expect(neighboursOf(neighboursOfOrder(of(spdep.columbus.queen), k + 1))).toEqual(reference)
    })
    expect(neighboursOf(neighboursOfOrder(of(spdep.columbus.queen), 3, true))).toEqual(spdep.columbus.orders_cumulated)
  })
  it("links of weight zero lead nowhere, and an order is a whole number from 1", () => {
    const chain = fromMatrix(["a", "b", "c"], Float64Array.of(0, 2, 0, 0, 0, 3, 0, 0, 0))
    expect(neighboursOf(neighboursOfOrder(chain, 2))).toEqual([[2], [], []])
    const broken = { ...chain, matrix: { ...chain.matrix, values: Float64Array.of(2, 0) } }
    expect(neighboursOf(neighboursOfOrder(broken, 2))).toEqual([[], [], []])
    expect(() => neighboursOfOrder(chain, 1.5)).toThrow(/a whole number from 1; it is 1.5/)
    expect(() => weightsPower(chain, 0)).toThrow(/a whole number from 1; it is 0/)
  })
})

describe("powers", () => {
  const weights = rowStandardize(of(spdep.columbus.gal))
  it("are R's, with their traces", () => {
    for (const [power, rows] of [
      [2, spdep.columbus.powers.square],
      [3, spdep.columbus.powers.cube]
    ] as const) {
      const dense = toDense(weightsPower(weights, power))
      rows.forEach((row, i) => {
        row.forEach((w, j) => {
          expect(dense[i * 49 + j]).toBeCloseTo(w, 13)
        })
      })
    }
    spdep.columbus.powers.traces.forEach((trace, k) => {
      const dense = toDense(weightsPower(weights, k + 1))
      expect(columbus.entities.reduce((sum, _, i) => sum + dense[i * 50]!, 0)).toBeCloseTo(trace, 12)
    })
  })
  it("without their diagonal are weights", () => {
    const square = weightsPower(weights, 2)
    const dense = denseWeights(withoutDiagonal(weights.entities, square))
    toDense(square).forEach((w, at) => {
      expect(dense[at]).toBe(at % 50 === 0 ? 0 : w)
    })
  })
})

describe("symmetric weights", () => {
  it("either: spdep's make.sym.nb", () => {
    expect(neighboursOf(symmetrize(of(spdep.columbus.knn4), "either"))).toEqual(spdep.columbus.knn4_made_symmetric)
  })
  it("are symmetric, and those that are already stay so", () => {
    const matrices = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 10, noNaN: true })), { minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(matrices, fc.constantFrom(...SYMMETRIES), (values, symmetry) => {
        const weights = fromMatrix(
          ["a", "b", "c", "d"],
          Float64Array.from(values, (w, at) => (at % 5 === 0 ? 0 : w))
        )
        const made = symmetrize(weights, symmetry)
        expect(toDense(transpose(made.matrix))).toEqual(denseWeights(made))
        expect(symmetrize(made, symmetry)).toEqual(made)
        const [from, into] = [denseWeights(weights), denseWeights(made)]
        const [there, back] = [from[1]!, from[4]!]
        expect(into[1]).toBe({ either: Math.max(there, back), both: Math.min(there, back), mean: (there + back) / 2 }[symmetry])
      })
    )
  })
})
