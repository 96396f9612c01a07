import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FileFault } from "../../../../src/econometrics/spatial/weights/file-fault.ts"
import { polygonContiguity } from "../../../../src/econometrics/spatial/weights/polygon-contiguity.ts"
import { readShapes, type Shape } from "../../../../src/econometrics/spatial/weights/shapes.ts"
import { dataFile } from "../spatial-data.ts"
import { neighboursOf, spdep } from "./spdep.ts"

/** Squares of side 1 whose lower left corners are given. */
const squares = (...corners: ReadonlyArray<readonly [number, number]>): ReadonlyArray<Shape> =>
  corners.map(([x, y], i) => ({ id: `s${i}`, rings: [Float64Array.of(x, y, x + 1, y, x + 1, y + 1, x, y + 1, x, y)] }))
const faultsOf = (read: () => unknown): ReadonlyArray<string> => {
  try {
    read()
  } catch (error) {
    if (error instanceof FileFault) return error.faults.map(({ message }) => message)
    throw error
  }
  return []
}

describe("contiguity of polygons", () => {
  it("columbus: spdep's poly2nb, queen and rook", () => {
    const shapes = readShapes(dataFile("columbus.geojson"), { id: "polyid" })
    expect(neighboursOf(polygonContiguity(shapes))).toEqual(spdep.columbus.queen)
    expect(neighboursOf(polygonContiguity(shapes, { criterion: "rook" }))).toEqual(spdep.columbus.rook)
  })
  it("corners meet within snap, and a corner where a ring begins counts once", () => {
    const apart = squares([0, 0], [1.001, 0], [2.002, 1])
    expect(neighboursOf(polygonContiguity(apart, { snap: 0.002 }))).toEqual([[1], [0, 2], [1]])
    expect(neighboursOf(polygonContiguity(apart, { snap: 0.002, criterion: "rook", allowIslands: true }))).toEqual([[1], [0], []])
    expect(() => polygonContiguity(apart)).toThrow(/"s0", "s1", "s2"; widen snap/)
    // The second's ring begins and ends where the two touch.
    expect(() => polygonContiguity(squares([0, 0], [1, 1]), { criterion: "rook" })).toThrow(/that they touch \(rook/)
  })
  it("queen contains rook, both go both ways, on cells of a board", () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.uniqueArray(cell, { minLength: 2, maxLength: 20, selector: (one) => one.join() }), (cells) => {
        const shapes = squares(...cells)
        const [queen, rook] = (["queen", "rook"] as const).map((criterion) => neighboursOf(polygonContiguity(shapes, { criterion, allowIslands: true })))
        cells.forEach(([x, y], i) => {
          const gaps = cells.map(([a, b]) => [Math.abs(a - x), Math.abs(b - y)] as const)
          const where = (test: (gap: readonly [number, number]) => boolean) => gaps.flatMap((gap, j) => (j !== i && test(gap) ? [j] : []))
          expect(queen![i]).toEqual(where(([a, b]) => a <= 1 && b <= 1))
          expect(rook![i]).toEqual(where(([a, b]) => a + b === 1))
        })
      })
    )
  })
})

const ring = (x: number, y: number) => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y]
]
const feature = (id: unknown, geometry: unknown) => ({ type: "Feature", properties: { code: id, name: `n${id}` }, geometry })
const collection = (...features: ReadonlyArray<unknown>) => JSON.stringify({ type: "FeatureCollection", features })

describe("areas of GeoJSON", () => {
  it("several parts and holes belong to one area", () => {
    const lake = feature(2, { type: "Polygon", coordinates: [ring(10, 10)] })
    const around = feature(1, {
      type: "MultiPolygon",
      coordinates: [
        [ring(0, 0)],
        [
          [
            [9, 9],
            [12, 9],
            [12, 12],
            [9, 12],
            [9, 9]
          ],
          ring(10, 10)
        ]
      ]
    })
    const beside = feature(3, { type: "Polygon", coordinates: [ring(1, 0)] })
    const shapes = readShapes(collection(lake, around, beside), { id: "code" })
    expect(shapes.map(({ id, rings }) => [id, rings.length])).toEqual([
      ["2", 1],
      ["1", 3],
      ["3", 1]
    ])
    expect(neighboursOf(polygonContiguity(shapes, { criterion: "rook" }))).toEqual([[1], [0, 2], [1]])
  })
  it("all that is wrong is told together", () => {
    const bad = collection(
      feature(undefined, { type: "Polygon", coordinates: [ring(0, 0)] }),
      feature("a", { type: "Polygon", coordinates: [ring(0, 0)] }),
      feature("a", { type: "Point", coordinates: [0, 0] }),
      feature("b", null),
      feature("c", {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [1, "x"]
          ]
        ]
      })
    )
    expect(faultsOf(() => readShapes(bad, { id: "code" }))).toEqual([
      'feature 1: it has no name in the property "code"; its properties are: name',
      'feature 3: "a" is feature 2 already; make one MultiPolygon of both',
      'feature 3 ("a"): expected a Polygon or a MultiPolygon of finite coordinates; correct it or take it out',
      'feature 4 ("b"): expected a Polygon or a MultiPolygon of finite coordinates; correct it or take it out',
      'feature 5 ("c"): expected a Polygon or a MultiPolygon of finite coordinates; correct it or take it out'
    ])
    expect(faultsOf(() => readShapes(collection(feature("a", { type: "Polygon", coordinates: [ring(0, 0)] }))))[0]).toMatch(/it has no id; say which property/)
    expect(faultsOf(() => readShapes("{"))[0]).toMatch(/^not JSON/)
    expect(faultsOf(() => readShapes('{"type":"Feature"}'))[0]).toMatch(/found a "Feature", expected a GeoJSON FeatureCollection/)
    expect(faultsOf(() => readShapes(collection()))).toEqual(["there is no feature in the file"])
  })
})

describe("areas of TopoJSON", () => {
  // Two squares side by side in steps of a quantised grid: arc 0 is their common border, upwards; 1 goes round the left, 2 round the right.
  const topology = (objects: unknown) =>
    JSON.stringify({
      type: "Topology",
      transform: { scale: [0.5, 2], translate: [100, -10] },
      arcs: [
        [
          [2, 0],
          [0, 1]
        ],
        [
          [2, 1],
          [-2, 0],
          [0, -1],
          [2, 0]
        ],
        [
          [2, 1],
          [2, 0],
          [0, -1],
          [-2, 0]
        ]
      ],
      objects
    })
  const areas = {
    type: "GeometryCollection",
    geometries: [
      { type: "Polygon", arcs: [[0, 1]], id: "left" },
      { type: "MultiPolygon", arcs: [[[-3, -1]]], id: "right" }
    ]
  }
  it("arcs are joined, backwards where they are negative, and put in coordinates", () => {
    const shapes = readShapes(topology({ areas }))
    expect(shapes).toEqual([
      { id: "left", rings: [Float64Array.of(101, -10, 101, -8, 100, -8, 100, -10, 101, -10)] },
      { id: "right", rings: [Float64Array.of(101, -10, 102, -10, 102, -8, 101, -8, 101, -10)] }
    ])
    expect(neighboursOf(polygonContiguity(shapes, { criterion: "rook" }))).toEqual([[1], [0]])
  })
  it("one of several objects is named", () => {
    expect(faultsOf(() => readShapes(topology({ areas, other: areas })))[0]).toMatch(/has not one object of areas alone; name one as object: areas, other/)
    expect(readShapes(topology({ areas, other: areas }), { object: "other" })).toHaveLength(2)
    expect(faultsOf(() => readShapes(topology({ areas }), { object: "area" }))[0]).toMatch(/no object "area" of areas; name one as object: areas/)
    const lost = { type: "GeometryCollection", geometries: [{ type: "Polygon", arcs: [[7]], id: "x" }] }
    expect(faultsOf(() => readShapes(topology({ lost })))).toEqual([
      'feature 1 ("x"): expected a Polygon or a MultiPolygon of finite coordinates; correct it or take it out'
    ])
  })
})
