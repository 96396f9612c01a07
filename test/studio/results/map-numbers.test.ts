import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { meanOf } from "../../../src/studio/page/results/bootstrap/distribution.ts"
import { classBounds, classOf } from "../../../src/studio/page/results/map/classes.ts"
import { naturalBreaks } from "../../../src/studio/page/results/map/natural-breaks.ts"
import { nearestShape } from "../../../src/studio/page/results/map/nearest-shape.ts"
import { drawnAreas } from "../../../src/studio/server/results/map/shape-paths.ts"

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe("classes of a map", () => {
  it("each value is in the class whose bounds hold it, whatever the method", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(finite), { minLength: 1, maxLength: 60 }),
        fc.constantFrom("quantile" as const, "equal" as const, "natural" as const),
        fc.integer({ min: 3, max: 7 }),
        (values, method, count) => {
          const bounds = classBounds(values, method, count)
          expect(bounds.length).toBeLessThanOrEqual(count + 1)
          for (const value of values) {
            const at = classOf(value, bounds)
            if (value === null) expect(at).toBe(-1)
            else {
              expect(value).toBeGreaterThanOrEqual(bounds[at]!)
              expect(value).toBeLessThanOrEqual(bounds[at + 1]!)
            }
          }
        }
      )
    )
  })
  it("quantiles have as many values in each class, equal ones the same width", () => {
    const values = Array.from({ length: 100 }, (_, i) => i ** 2)
    const counts = (bounds: ReadonlyArray<number>) => bounds.slice(1).map((_, at) => values.filter((value) => classOf(value, bounds) === at).length)
    expect(counts(classBounds(values, "quantile", 4))).toEqual([25, 25, 25, 25])
    expect(classBounds([0, 3, 10], "equal", 5)).toEqual([0, 2, 4, 6, 8, 10])
  })
})

describe("natural breaks", () => {
  const spread = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0)
  /** The least spread of sorted values in so many classes, by trying all. */
  const leastOf = (values: ReadonlyArray<number>, count: number): number =>
    count === 1
      ? spread(values)
      : Math.min(...[...values.keys()].flatMap((at) => (at === 0 ? [] : [spread(values.slice(at)) + leastOf(values.slice(0, at), count - 1)])))

  it("no other classes have values nearer to their means", () => {
    const few = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 11 })
    fc.assert(
      fc.property(few, fc.integer({ min: 2, max: 4 }), (values, count) => {
        const sorted = [...values].sort((a, b) => a - b)
        fc.pre(new Set(sorted).size >= count)
        const firsts = naturalBreaks(sorted, count)
        const classes = firsts.map((first, i) => sorted.filter((value) => value >= first && value < (firsts[i + 1] ?? Number.POSITIVE_INFINITY)))
        expect(classes.reduce((sum, own) => sum + spread(own), 0)).toBeCloseTo(leastOf(sorted, count), 8)
      }),
      { numRuns: 60 }
    )
  })

  it("a gap is a break; of fewer values than classes each is one", () => {
    expect(classBounds([1, 2, 3, 50, 51, 900, null], "natural", 3)).toEqual([1, 50, 900, 900])
    expect(classBounds([1, 2, 3, 50, 51, 900, 901], "natural", 3)).toEqual([1, 50, 900, 901])
    expect(classBounds([4, 4, 7], "natural", 5)).toEqual([4, 7, 7])
    expect([1, 3, 50, 51, 900, null].map((value) => classOf(value, [1, 50, 900, 900]))).toEqual([0, 0, 1, 1, 2, -1])
  })
})

describe("the arrows of a map", () => {
  const shape = (entity: string, x: number, y: number) => ({ entity, x, y, path: "", room: 0 })
  const shapes = [shape("middle", 50, 50), shape("east", 80, 55), shape("far east", 120, 50), shape("north", 45, 10), shape("south-west", 10, 95)]
  it("go to the nearest on that side, ahead before aside, and nowhere where there is none", () => {
    const to = (key: string, from = 0) => nearestShape(shapes, shapes[from]!, key)?.entity
    expect([to("ArrowRight"), to("ArrowUp"), to("ArrowDown"), to("ArrowRight", 2), to("Enter")]).toEqual(["east", "north", "south-west", undefined, undefined])
  })
})

describe("areas as paths", () => {
  const square = (x: number, y: number): ReadonlyArray<readonly [number, number]> => [
    [x, y],
    [x, y + 2],
    [x, y + 4],
    [x + 4, y + 4],
    [x + 4, y],
    [x, y]
  ]
  it("are of whole numbers within the map; a name's place lies inside; a vertex twice is one", () => {
    const { height, shapes, width } = drawnAreas(
      new Map([
        ["a", [square(100, 30)]],
        ["b", [square(104, 30)]]
      ])
    )
    for (const { path, room, x, y } of shapes) {
      expect(path).toMatch(/^M\d+ \d+l(-?\d+ -?\d+ ?)+z$/)
      expect([x > 0, x < width, y > 0, y < height, room > 100]).toEqual([true, true, true, true, true])
    }
    // Both draw the border that they share through the same places.
    const absolute = (path: string) => {
      const [start, steps] = path.slice(1, -1).split("l")
      let [x, y] = start!.split(" ").map(Number) as [number, number]
      const numbers = steps!.split(" ").map(Number)
      const points = [`${x} ${y}`]
      for (let i = 0; i < numbers.length; i += 2) points.push(`${(x += numbers[i]!)} ${(y += numbers[i + 1]!)}`)
      return points
    }
    const [a, b] = ["a", "b"].map((name) => new Set(absolute(shapes.find(({ entity }) => entity === name)!.path)))
    expect([...a!].filter((point) => b!.has(point)).length).toBeGreaterThanOrEqual(2)
  })
})
