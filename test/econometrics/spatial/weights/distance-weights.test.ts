import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Fault } from "../../../../src/econometrics/fault.ts"
import { distanceBand, distanceWeights, nearestNeighbours, noIslandDistance } from "../../../../src/econometrics/spatial/weights/distance-weights.ts"
import { distanceBetween, type Points } from "../../../../src/econometrics/spatial/weights/points.ts"
import { denseWeights, islands, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { boston, columbus, expectWeights, neighboursOf, spdep, states } from "./spdep.ts"

const inverse = { kind: "inverse", power: 1 } as const
const named = (size: number) => Array.from({ length: size }, (_, i) => `e${i}`)
const faultOf = (make: () => unknown): string => {
  try {
    make()
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
  return ""
}

describe("weights by distance against spdep", () => {
  it("k nearest: columbus and boston, planar and by longitude and latitude; the states", () => {
    expect(neighboursOf(nearestNeighbours(columbus.entities, columbus.points, 4))).toEqual(spdep.columbus.knn4)
    const rowsOf = (flat: ReadonlyArray<number>, k: number) =>
      Array.from({ length: flat.length / k }, (_, i) => flat.slice(i * k, i * k + k).sort((a, b) => a - b))
    expect(neighboursOf(nearestNeighbours(boston.entities, boston.planar, 6))).toEqual(rowsOf(spdep.boston.knn6_planar, 6))
    expect(neighboursOf(nearestNeighbours(boston.entities, boston.ellipsoid, 6))).toEqual(rowsOf(spdep.boston.knn6_longlat, 6))
    for (const metric of ["ellipsoid", "great-circle"] as const)
      expect(neighboursOf(nearestNeighbours(states.entities, { ...states.ellipsoid, metric }, 4))).toEqual(rowsOf(spdep.states.knn4_longlat, 4))
  })
  it("bands, and weights inside of them", () => {
    const { entities, points } = columbus
    const band = { from: 0, to: 4 }
    expect(neighboursOf(distanceBand(entities, points, band))).toEqual(spdep.columbus.band_4)
    expect(neighboursOf(distanceBand(entities, points, { from: 3, to: 6 }))).toEqual(spdep.columbus.band_3_6)
    const narrow = distanceBand(entities, points, { from: 0, to: 2 }, { kind: "binary" }, true)
    expect(neighboursOf(narrow)).toEqual(spdep.columbus.band_2.neighbours)
    expect(islands(narrow)).toEqual(spdep.columbus.band_2.islands.map((i) => entities[i]))
    expectWeights(distanceBand(entities, points, band, inverse), spdep.columbus.inverse.B)
    expectWeights(rowStandardize(distanceBand(entities, points, band, inverse)), spdep.columbus.inverse.W)
    expectWeights(distanceBand(entities, points, band, { kind: "inverse", power: 2 }), spdep.columbus.idp2)
    expectWeights(distanceBand(entities, points, band, { kind: "exponential", bandwidth: 2 }), spdep.columbus.exponential)
    expect(neighboursOf(distanceBand(states.entities, states.ellipsoid, { from: 0, to: 300 }, { kind: "binary" }, true))).toEqual(
      spdep.states.band_300km_longlat
    )
  })
  it("distances on the ellipsoid are sp's; the sphere's are within 0.6%", () => {
    for (const [points, reference] of [
      [boston.ellipsoid, spdep.boston.distance_longlat],
      [states.ellipsoid, spdep.states.distance_longlat]
    ] as const) {
      const exact = distanceBetween(points)
      const sphere = distanceBetween({ ...points, metric: "great-circle" })
      reference.forEach((d, j) => {
        expect(Math.abs(exact(0, j) - d)).toBeLessThanOrEqual(1e-9 * d + 1e-12)
        expect(Math.abs(sphere(0, j) - d)).toBeLessThanOrEqual(0.006 * d)
      })
    }
  })
})

const coordinate = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -80, max: 80, noNaN: true }))
/** Points of each metric; many coincide or are at one distance, as on a grid. */
const somePoints = (least: number): fc.Arbitrary<Points> =>
  fc.array(fc.tuple(coordinate, coordinate), { minLength: least, maxLength: 40 }).chain((pairs) => {
    const [a, b] = [0, 1].map((axis) => Float64Array.from(pairs, (pair) => pair[axis]!)) as [Float64Array, Float64Array]
    return fc.constantFrom<Points>(
      { metric: "planar", x: a, y: b },
      { metric: "great-circle", latitude: a, longitude: b },
      { metric: "ellipsoid", latitude: a, longitude: b }
    )
  })
const sizeOf = (points: Points) => (points.metric === "planar" ? points.x : points.latitude).length

describe("laws of weights by distance", () => {
  it("k nearest has exactly k a row, none farther than one that was left out, and the first in order of those as far", () => {
    fc.assert(
      fc.property(somePoints(4), fc.integer({ min: 1, max: 3 }), (points, k) => {
        const size = sizeOf(points)
        const between = distanceBetween(points)
        neighboursOf(nearestNeighbours(named(size), points, k)).forEach((row, i) => {
          const byDistance = named(size)
            .map((_, j) => j)
            .filter((j) => j !== i)
            .sort((a, b) => between(i, a) - between(i, b))
          const edge = between(i, byDistance[k - 1]!)
          const surely = byDistance.filter((j) => between(i, j) < edge * (1 - 1e-10))
          const asFar = byDistance.filter((j) => Math.abs(between(i, j) - edge) <= edge * 1e-10).sort((a, b) => a - b)
          expect(row).toEqual([...surely, ...asFar.slice(0, k - surely.length)].sort((a, b) => a - b))
        })
      })
    )
  })
  it("a band has the pairs at its distances and no others, is symmetric, and links everybody from the least such distance on", () => {
    fc.assert(
      fc.property(somePoints(2), fc.double({ min: 0.5, max: 9000, noNaN: true }), (points, to) => {
        const entities = named(sizeOf(points))
        const between = distanceBetween(points)
        const dense = denseWeights(distanceBand(entities, points, { from: 0, to }, { kind: "binary" }, true))
        dense.forEach((w, at) => {
          const [i, j] = [Math.floor(at / entities.length), at % entities.length]
          expect(w).toBe(i !== j && between(i, j) <= to ? 1 : 0)
        })
        const least = noIslandDistance(entities, points)
        if (least === 0) return
        expect(islands(distanceBand(entities, points, { from: 0, to: least }))).toEqual([])
        expect(islands(distanceBand(entities, points, { from: 0, to: least * (1 - 1e-9) }, { kind: "binary" }, true)).length).toBeGreaterThan(0)
      })
    )
  })
  it("entities in another order have the same weights, and distances in another unit scale them", () => {
    const { entities, points } = columbus
    const order = fc.shuffledSubarray([...entities.keys()], { minLength: entities.length })
    const scale = fc.double({ min: 0.01, max: 100, noNaN: true })
    fc.assert(
      fc.property(order, scale, (order, scale) => {
        const moved = {
          metric: "planar",
          x: Float64Array.from(order, (i) => points.x[i]! * scale),
          y: Float64Array.from(order, (i) => points.y[i]! * scale)
        } as const
        const here = denseWeights(nearestNeighbours(entities, points, 5, inverse))
        const there = denseWeights(
          nearestNeighbours(
            order.map((i) => entities[i]!),
            moved,
            5,
            inverse
          )
        )
        there.forEach((w, at) => {
          const original = here[order[Math.floor(at / 49)]! * 49 + order[at % 49]!]!
          expect(w * scale).toBeCloseTo(original, 9)
        })
      }),
      { numRuns: 20 }
    )
  })
})

describe("what weights by distance refuse", () => {
  const entities = ["a", "b", "c", "d"]
  const points = { metric: "planar", x: Float64Array.of(0, 0, 3, 3), y: Float64Array.of(0, 0, 0, 9) } as const
  it("entities at one point where the decay is inverse, each pair once; a binary neighbour may be there", () => {
    for (const make of [
      () => distanceWeights(entities, points, inverse),
      () => nearestNeighbours(entities, points, 2, inverse),
      () => distanceBand(entities, points, { from: 0, to: 9 }, inverse)
    ])
      expect(faultOf(make)).toMatch(/^the weight 1\/distance is not defined between entities at the same point: "a" and "b" \(x 0, y 0\); give/)
    expect(neighboursOf(nearestNeighbours(entities, points, 1))).toEqual([[1], [0], [0], [2]])
    expect(nearestNeighbours(entities, points, 1).tied).toEqual(["c"])
  })
  it("an island names the least distance that leaves none", () => {
    expect(faultOf(() => distanceBand(entities, points, { from: 0, to: 4 }))).toBe(
      'these entities have no neighbour in the band from 0 to 4: "d"; widen the band to 9, the least distance that leaves nobody alone, leave them out of the entities, or set allowIslands'
    )
  })
  it("a k, a band, a power, a bandwidth or coordinates that are none", () => {
    expect(faultOf(() => nearestNeighbours(entities, points, 4))).toMatch(/k must be a whole number from 1 to that, and is 4/)
    expect(faultOf(() => distanceBand(entities, points, { from: 5, to: 4 }))).toMatch(/this one from 5 to 4/)
    expect(faultOf(() => distanceWeights(entities, points, { kind: "inverse", power: 0 }))).toMatch(/a power above 0; it is 0/)
    expect(faultOf(() => distanceWeights(entities, points, { kind: "exponential", bandwidth: -1 }))).toMatch(/a bandwidth above 0; it is -1/)
    const lost = { metric: "great-circle", latitude: Float64Array.of(1, 91, 2, 3), longitude: Float64Array.of(1, 2, Number.NaN, 3) } as const
    expect(faultOf(() => nearestNeighbours(entities, lost, 1))).toMatch(/"b" \(latitude 91, longitude 2\); "c" \(latitude 2, longitude NaN\)$/)
  })
})
