import { describe, expect, it } from "vitest"
import { distanceBand, nearestNeighbours } from "../../../src/econometrics/spatial/weights/distance-weights.ts"
import { readGal } from "../../../src/econometrics/spatial/weights/gal.ts"
import { fromLinks, fromMatrix, rowStandardize } from "../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { weightsSummary } from "../../../src/econometrics/spatial/weights-summary.ts"
import { dataFile } from "./spatial-data.ts"
import { columbus, spdep } from "./weights/spdep.ts"

const { weights: gal } = readGal(dataFile("columbus.gal"))
const expectBounds = (found: ReturnType<typeof weightsSummary>["rho"], reference: readonly [number, number]) => {
  expect(found!.lower).toBeCloseTo(reference[0], 11)
  expect(found!.upper).toBeCloseTo(reference[1], 11)
}

describe("a summary of weights", () => {
  it("columbus: links, components and the bounds of rho are spdep's", () => {
    const row = weightsSummary(rowStandardize(gal))
    expect(row).toMatchObject({
      entities: 49,
      links: spdep.columbus.links.gal,
      density: 230 / (49 * 48),
      neighbours: { least: 2, mean: 230 / 49, most: 10 },
      islands: [],
      components: { count: spdep.columbus.components.number, sizes: [49] },
      symmetric: "links",
      similarToSymmetric: true,
      rowSums: { least: expect.closeTo(1, 14), most: expect.closeTo(1, 14) },
      rho: { exact: true }
    })
    expectBounds(row.rho, spdep.columbus.eigenvalues.W.bounds)
    const binary = weightsSummary(gal)
    expect(binary).toMatchObject({ symmetric: "weights", similarToSymmetric: true, rowSums: { least: 2, most: 10 } })
    expectBounds(binary.rho, spdep.columbus.eigenvalues.B.bounds)
  })
  it("four nearest neighbours are not symmetric, and similar to nothing that is", () => {
    const knn = weightsSummary(rowStandardize(nearestNeighbours(columbus.entities, columbus.points, 4)))
    expect(knn).toMatchObject({ symmetric: "none", similarToSymmetric: false, neighbours: { least: 4, mean: 4, most: 4 } })
    expect(knn.symmetric === "weights").toBe(spdep.columbus.knn4_symmetric)
    expectBounds(knn.rho, spdep.columbus.eigenvalues.knn4.bounds)
  })
  it("islands are components of their own", () => {
    const band = weightsSummary(distanceBand(columbus.entities, columbus.points, { from: 0, to: 2 }, { kind: "binary" }, true))
    expect(band.islands).toEqual(spdep.columbus.band_2.islands.map((i) => columbus.entities[i]))
    expect(band.components.count).toBe(spdep.columbus.band_2.components.number)
    expect(band.components.sizes.reduce((a, b) => a + b)).toBe(49)
    const { neighbours } = spdep.islands
    const from = neighbours.flatMap((row, i) => row.map(() => i))
    const cut = fromLinks(
      columbus.entities,
      from,
      neighbours.flat(),
      from.map(() => 1)
    )
    expect(weightsSummary(cut).components.count).toBe(spdep.islands.components.number)
    expect(weightsSummary(cut).islands).toEqual([columbus.entities[3], columbus.entities[17]])
  })
  it("links of weight zero are none, and weights that lead nowhere allow any rho", () => {
    const chain = fromMatrix(["a", "b", "c"], Float64Array.of(0, 2, 0, 0, 0, 3, 0, 0, 0))
    const kept = { ...chain, matrix: { ...chain.matrix, values: Float64Array.of(2, 0) } }
    expect(weightsSummary(chain)).toMatchObject({ links: 2, islands: ["c"], components: { count: 1 }, rho: undefined })
    expect(weightsSummary(kept)).toMatchObject({ links: 1, islands: ["b", "c"], components: { count: 2, sizes: [2, 1] }, neighbours: { least: 0, most: 1 } })
  })
  it("of many entities the interval of rho lies inside of the exact one, near it where weights are similar to symmetric ones", () => {
    // A circle of 500: the eigenvalues of its row-standardised contiguity are cos(2 pi k/500), from -1 to 1.
    const all = Array.from({ length: 500 }, (_, i) => i)
    const links = [...all.map((i) => [i, (i + 1) % 500]), ...all.map((i) => [(i + 1) % 500, i])]
    const circle = rowStandardize(
      fromLinks(
        all.map((i) => `e${i}`),
        links.map(([i]) => i!),
        links.map(([, j]) => j!),
        links.map(() => 1)
      )
    )
    const { rho } = weightsSummary(circle)
    expect(rho).toMatchObject({ upper: 1, exact: false })
    expect(rho!.lower).toBeGreaterThanOrEqual(-1 - 1e-12)
    expect(rho!.lower).toBeLessThan(-0.99)
  })
})
