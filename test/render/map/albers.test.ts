import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { albers, conicOf } from "../../../src/render/map/albers.ts"

const RADIUS = 6371.007

describe("Albers' equal-area conic projection", () => {
  it("gives the numbers of Snyder's example (1987, p. 291): the sphere, parallels 29.5 and 45.5, origin 23 N 96 W, the point 35 N 75 W", () => {
    const project = albers({ parallels: [29.5, 45.5], meridian: -96 })
    const [x, y] = project(-75, 35)
    expect(x / RADIUS).toBeCloseTo(0.295272, 7)
    expect((y - project(-96, 23)[1]) / RADIUS).toBeCloseTo(0.2416774, 7)
  })

  it("keeps areas, wherever and whatever its parallels are", () => {
    const degree = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true })
    fc.assert(
      fc.property(degree(-70, 70), degree(-70, 70), degree(-170, 170), degree(-80, 80), degree(-60, 60), (a, b, meridian, latitude, east) => {
        const project = albers({ parallels: [a, b], meridian })
        const h = 1e-3
        const [x0, y0] = project(meridian + east, latitude)
        const [x1, y1] = project(meridian + east + h, latitude)
        const [x2, y2] = project(meridian + east, latitude + h)
        const drawn = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        const radians = (h * Math.PI) / 180
        const real = RADIUS ** 2 * radians * (Math.sin(((latitude + h) * Math.PI) / 180) - Math.sin((latitude * Math.PI) / 180))
        // Near the cone's own limit, past the pole that it does not reach, nothing is to be drawn.
        fc.pre(Math.abs(Math.sin((a * Math.PI) / 180) + Math.sin((b * Math.PI) / 180)) > 0.2)
        expect(drawn / real).toBeCloseTo(1, 3)
      })
    )
  })

  it("is the cylindrical equal-area projection where the parallels are opposite, and near it where they nearly are", () => {
    const [cylinder, cone] = [albers({ parallels: [-30, 30], meridian: 10 }), albers({ parallels: [-30, 30.0001], meridian: 10 })]
    const [x, y] = cylinder(40, 20)
    expect(cone(40, 20)[0]).toBeCloseTo(x, 1)
    expect(cone(40, 20)[1]).toBeCloseTo(y, 1)
  })

  it("has parallels a sixth of the map's height from its ends", () => {
    expect(conicOf({ west: 70, east: 130, south: 18, north: 54 })).toEqual({ parallels: [24, 48], meridian: 100 })
  })
})
