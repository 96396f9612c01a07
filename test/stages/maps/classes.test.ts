import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Bounds, classBounds, classOf } from "../../../stages/maps/classes.ts"

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")
const oracle = JSON.parse(file("test/oracle/map-classes.json")) as Readonly<Record<"gsp" | "unemp", Readonly<Record<string, ReadonlyArray<number>>>>>
const rows = file("examples/us-states/data/produc.csv")
  .trim()
  .split("\n")
  .map((line) => line.split(","))
const of1986 = (name: string) => rows.filter(([, year]) => year === "1986").map((cells) => Number(cells[rows[0]!.indexOf(name)]))

const sizes = (values: ReadonlyArray<number>, bounds: Bounds) => bounds.slice(1).map((_, i) => values.filter((value) => classOf(value, bounds) === i).length)
const groups = (values: ReadonlyArray<number>, bounds: Bounds) => bounds.slice(1).map((_, i) => values.filter((value) => classOf(value, bounds) === i))
const spread = (parts: ReadonlyArray<ReadonlyArray<number>>) =>
  parts.reduce((sum, part) => {
    const mean = part.reduce((a, b) => a + b, 0) / part.length
    return sum + part.reduce((a, b) => a + (b - mean) ** 2, 0)
  }, 0)
/** All partitions of a sorted list into `count` runs. */
const partitions = (sorted: ReadonlyArray<number>, count: number): ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>> =>
  count === 1 ? [[sorted]] : sorted.slice(1).flatMap((_, i) => partitions(sorted.slice(i + 1), count - 1).map((rest) => [sorted.slice(0, i + 1), ...rest]))

describe("classes of a map", () => {
  it.each(["gsp", "unemp"] as const)("by natural breaks have as many states of %s each as R's classInt puts there", (name) => {
    const values = of1986(name)
    for (const [count, expected] of Object.entries(oracle[name])) expect(sizes(values, classBounds(values, "jenks", Number(count)))).toEqual(expected)
  })

  it("by natural breaks have the least spread of all partitions", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 8 }), fc.integer({ min: 2, max: 4 }), (values, count) => {
        const different = new Set(values).size
        fc.pre(different >= count)
        const found = spread(groups(values, classBounds(values, "jenks", count)))
        const least = Math.min(
          ...partitions(
            [...values].sort((a, b) => a - b),
            count
          ).map(spread)
        )
        expect(found).toBeCloseTo(least, 8)
      })
    )
  })

  it("hold every value once, whatever the method, in no more classes than asked for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom("quantile" as const, "equal" as const, "jenks" as const),
        (values, count, method) => {
          const bounds = classBounds(values, method, count)
          const own = sizes(values, bounds)
          expect(own.length).toBeLessThanOrEqual(count)
          expect(own.reduce((a, b) => a + b, 0)).toBe(values.length)
        }
      )
    )
  })

  it("by quantiles have as many each, by equal intervals are as wide; a value on a bound belongs above it, the largest to the last", () => {
    const values = Array.from({ length: 21 }, (_, i) => i * i)
    expect(classBounds(values, "quantile", 4)).toEqual([0, 25, 100, 225, 400])
    expect(classBounds(values, "equal", 4)).toEqual([0, 100, 200, 300, 400])
    expect([0, 25, 24.9, 400, 401, -1, Number.NaN].map((value) => classOf(value, [0, 25, 100, 225, 400]))).toEqual([0, 1, 0, 3, -1, -1, -1])
  })

  it("are one where all values are the same, and fewer where values are the same too often", () => {
    expect(classBounds([3, 3, 3], "jenks", 5)).toEqual([3, 3])
    expect(classOf(3, [3, 3])).toBe(0)
    expect(classBounds([0, 0, 0, 0, 0, 0, 1, 2], "quantile", 4)).toEqual([0, 0.25, 2])
  })
})
