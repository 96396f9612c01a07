import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { polygonContiguity } from "../../src/econometrics/spatial/weights/polygon-contiguity.ts"
import { readShapes } from "../../src/econometrics/spatial/weights/shapes.ts"

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")
const rows = (path: string) =>
  file(path)
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","))
const shapesOf = (path: string) => readShapes(file(path), { id: "name" })

const maps = [
  ["data/maps/provinces.geojson", "data/provinces.csv", 31],
  ["examples/us-states/data/states.geojson", "examples/us-states/data/states.csv", 48]
] as const

describe("the maps that come with the studies", () => {
  it.each(maps)("%s has every entity of the dictionary by its name, whose capital is inside", (map, dictionary, count) => {
    const shapes = new Map(shapesOf(map).map((shape) => [shape.id, shape]))
    expect(shapes.size).toBe(count)
    const header = file(dictionary).split("\n")[0]!.split(",")
    const [latitude, longitude] = ["latitude", "longitude"].map((name) => header.indexOf(name)) as [number, number]
    const outside = rows(dictionary).flatMap((cells) => {
      const [x, y] = [Number(cells[longitude]), Number(cells[latitude])]
      const rings = shapes.get(cells[0]!)!.rings
      let inside = false
      for (const ring of rings)
        for (let at = 0; at + 3 < ring.length; at += 2) {
          const [x0, y0, x1, y1] = ring.subarray(at, at + 4) as unknown as [number, number, number, number]
          if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside
        }
      return inside ? [] : [cells[0]!]
    })
    expect(outside).toEqual([])
  })

  it("the states still meet those, and only those, that contiguity.csv lists: lines are simplified alike on both sides", () => {
    const { entities, matrix } = polygonContiguity(shapesOf("examples/us-states/data/states.geojson"))
    const pairs = entities.flatMap((from, i) => [...matrix.columns.subarray(matrix.starts[i]!, matrix.starts[i + 1]!)].map((j) => `${from},${entities[j]}`))
    expect(pairs.sort()).toEqual(
      rows("examples/us-states/data/contiguity.csv")
        .map((pair) => pair.join(","))
        .sort()
    )
  })
})
