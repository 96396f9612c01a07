import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { moran, moranScatter } from "../../../src/econometrics/spatial/exploration/moran.ts"
import { weightSums } from "../../../src/econometrics/spatial/exploration/weight-sums.ts"
import { fromLinks, rowStandardize } from "../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { placed } from "../../../src/studio/page/chart/axis-scale.ts"
import { numberText, percentText, pInWords, pValueText } from "../../../src/studio/page/chart/number-text.ts"
import { roveTo } from "../../../src/studio/page/chart/roving.ts"
import { binned, deviationOf, kernelDensity, meanOf, normalDensity, quantileOf } from "../../../src/studio/page/results/bootstrap/distribution.ts"
import { classBounds, classOf } from "../../../src/studio/page/results/map/classes.ts"
import { naturalBreaks } from "../../../src/studio/page/results/map/natural-breaks.ts"
import { nearestShape } from "../../../src/studio/page/results/map/nearest-shape.ts"
import { quadrantOf, slopeOf, weightsOf } from "../../../src/studio/page/results/moran/quadrants.ts"
import { ranksOf } from "../../../src/studio/page/results/panel.ts"
import { drawnAreas } from "../../../src/studio/server/results/map/shape-paths.ts"
import { cellsOf } from "../../../src/studio/server/results/weights/cells.ts"
import { largestOf, pairsOf, sparseRows, transposed } from "../../../src/studio/server/results/weights/sparse-links.ts"

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe("numbers as the page writes them", () => {
  it("keeps whole parts, groups from 10,000 on, has a true minus, and shows a sum that is 1 but for rounding as 1", () => {
    expect([40.30021, 0.0265, 1234.56, 12345.6, -1.5, 0.1 + 0.2 + 0.7, 3, 1e-9, 5e12].map((one) => numberText(one))).toEqual([
      "40.30",
      "0.02650",
      "1235",
      "12,346",
      "\u22121.500",
      "1",
      "3",
      "1.000e\u22129",
      "5.000e+12"
    ])
    expect([numberText(null), numberText(Number.NaN), numberText(0)]).toEqual(["", "", "0"])
    expect([pValueText(0.0004), pValueText(0.0123), pValueText(null)]).toEqual(["<0.001", "0.012", ""])
    expect([pInWords(0.0004), pInWords(0.0123), pInWords(null)]).toEqual(["p < 0.001", "p = 0.012", "p not told"])
    expect([percentText(1), percentText(0.0954), percentText(0.006)]).toEqual(["100%", "9.5%", "0.6%"])
  })
})

describe("axes", () => {
  it("every value of the domain lies on the axis, and ticks do too", () => {
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 80, max: 1200 }), fc.boolean(), (a, b, length, upright) => {
        const domain = [Math.min(a, b), Math.max(a, b)] as const
        const axis = placed({ kind: "number", domain }, length, upright, 60)
        for (const value of [...domain, ...axis.ticks.map((tick) => tick.value)]) {
          expect(axis.at(value)).toBeGreaterThan(-1e-6)
          expect(axis.at(value)).toBeLessThan(length + 1e-6)
        }
        if (domain[1] - domain[0] > 1e-6) expect(Math.sign(axis.at(domain[1]) - axis.at(domain[0]))).toBe(upright ? -1 : 1)
      })
    )
  })
  it("years are whole numbers, and none is cut in two", () => {
    expect(placed({ kind: "number", whole: true, domain: [2003, 2021] }, 300, false, 76).ticks.map(({ text }) => text)).toEqual([
      "2005",
      "2010",
      "2015",
      "2020"
    ])
    expect(placed({ kind: "number", whole: true, domain: [2003, 2005] }, 600, false, 76).ticks.map(({ text }) => text)).toEqual(["2003", "2004", "2005"])
  })
  it("arrows stay among the marks", () => {
    expect([roveTo("ArrowRight", 8, 9), roveTo("ArrowLeft", 0, 9), roveTo("ArrowDown", 2, 9, 3), roveTo("End", 0, 9), roveTo("a", 0, 9)]).toEqual([
      8,
      0,
      5,
      8,
      undefined
    ])
  })
})

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

describe("ranks", () => {
  it("1 for the largest; equal values share the rank of the first; what is missing has none", () => {
    expect(ranksOf([5, null, 9, 5, 1])).toEqual([2, null, 1, 2, 4])
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

describe("the distribution of replicates", () => {
  const values = Array.from({ length: 200 }, (_, i) => Math.sin(i * 7.3) + Math.cos(i * 1.7))
  it("bins hold every replicate once, side by side", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 200 }), (sample) => {
        const bins = binned(sample)
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(sample.length)
        for (const [i, bin] of bins.entries()) if (i > 0) expect(bin.low).toBeCloseTo(bins[i - 1]!.high, 6)
      })
    )
  })
  it("the density and the normal curve have an area of 1", () => {
    const at = Array.from({ length: 2000 }, (_, i) => -6 + (12 * i) / 1999)
    const area = (heights: ReadonlyArray<number>) => (heights.reduce((sum, height) => sum + height, 0) * 12) / 1999
    expect(area(kernelDensity(values, at))).toBeCloseTo(1, 3)
    expect(area(at.map((x) => normalDensity(x, meanOf(values), deviationOf(values))))).toBeCloseTo(1, 3)
  })
  it("quantiles are of type 6, held within the sample", () => {
    const nine = [9, 1, 8, 2, 7, 3, 6, 4, 5]
    expect([0.5, 0.25, 0.01, 0.99].map((p) => quantileOf(nine, p))).toEqual([5, 2.5, 1, 9])
  })
})

describe("the Moran scatter plot", () => {
  it("names quadrants by the own value first; the slope goes through the origin", () => {
    expect([quadrantOf(1, -1), quadrantOf(-1, 1), quadrantOf(1, 1), quadrantOf(-1, -1)]).toEqual(["high-low", "low-high", "high-high", "low-low"])
    expect(
      slopeOf([
        { z: 1, lag: 0.5 },
        { z: -2, lag: -1 }
      ])
    ).toBeCloseTo(0.5, 12)
  })

  it("where the slope is not Moran's I, the sum of all weights tells why: islands, counted or not, and weights that are not standardised", () => {
    const x = Float64Array.of(3, 1, 4, 1.5, 9, 2)
    // The last of six has no neighbour.
    const links = fromLinks([..."abcdef"], [0, 1, 1, 2, 3, 4], [1, 0, 2, 3, 4, 0], [1, 2, 1, 1, 3, 1])
    for (const weights of [links, rowStandardize(links)])
      for (const policy of ["counted", "uncounted"] as const) {
        const sums = weightSums(weights, policy)
        const { statistic } = moran(weights, x, "x", "greater", sums)
        const { lag, z } = moranScatter(weights, x)
        const slope = slopeOf([...z].map((own, i) => ({ z: own, lag: lag[i]! })))
        expect(weightsOf(slope, { entities: sums.n, statistic })).toBeCloseTo(weights === links ? 9 : 5, 10)
      }
  })
})

describe("weights", () => {
  /** A dense matrix without a diagonal, a little more than half of it zero. */
  const dense = fc
    .integer({ min: 1, max: 24 })
    .chain((size) =>
      fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }), { minLength: size, maxLength: size })
    )
    .map((rows) => rows.map((row, i) => row.map((weight, j) => (i !== j && weight > 0 ? weight : 0))))
  /** Its links in an order of their own. */
  const rowsOf = (matrix: ReadonlyArray<ReadonlyArray<number>>) => {
    const links = matrix
      .flatMap((row, i) => row.map((weight, j) => ({ i, j, weight })))
      .sort((a, b) => ((a.i * 7 + a.j * 13) % 11) - ((b.i * 7 + b.j * 13) % 11))
    return sparseRows(
      matrix.length,
      Int32Array.from(links, ({ i }) => i),
      Int32Array.from(links, ({ j }) => j),
      Float64Array.from(links, ({ weight }) => weight)
    )
  }
  it("are the same by rows, whatever the order of their links, columns rising; turned, they are the columns", () => {
    fc.assert(
      fc.property(dense, (matrix) => {
        const read = ({ columns, starts, values }: ReturnType<typeof rowsOf>) =>
          matrix.map((_, i) => {
            const row = new Array<number>(matrix.length).fill(0)
            for (let at = starts[i]!; at < starts[i + 1]!; at++) {
              if (at > starts[i]!) expect(columns[at]).toBeGreaterThan(columns[at - 1]!)
              row[columns[at]!] = values[at]!
            }
            return row
          })
        expect(read(rowsOf(matrix))).toEqual(matrix)
        expect(read(transposed(rowsOf(matrix)))).toEqual(matrix.map((_, i) => matrix.map((row) => row[i]!)))
      })
    )
  })
  it("are pairs, each once with the larger of its two weights; the strongest are found", () => {
    fc.assert(
      fc.property(dense, fc.integer({ min: 0, max: 40 }), (matrix, most) => {
        const { from, to, weight } = pairsOf(rowsOf(matrix))
        const expected = matrix.flatMap((row, i) =>
          row.flatMap((one, j) =>
            j > i && (one !== 0 || matrix[j]![i] !== 0)
              ? [`${i} ${j} ${one === 0 ? matrix[j]![i]! : matrix[j]![i] === 0 ? one : Math.max(one, matrix[j]![i]!)}`]
              : []
          )
        )
        expect([...weight.keys()].map((pair) => `${from[pair]} ${to[pair]} ${weight[pair]}`)).toEqual(expected)
        expect(largestOf(weight, most).map((pair) => weight[pair])).toEqual([...weight].sort((a, b) => b - a).slice(0, most))
      })
    )
  })
  it("in blocks: a block is the mean over its pairs, so the sum of all weights is kept", () => {
    fc.assert(
      fc.property(dense, fc.integer({ min: 1, max: 7 }), (matrix, block) => {
        const size = matrix.length
        const cells = cellsOf({ matrix: rowsOf(matrix) }, [...matrix.keys()].reverse(), 0, size, block)
        const length = (cell: number) => Math.min(block, size - cell * block)
        const sum = cells.weight.reduce((all, weight, i) => all + weight * length(cells.row[i]!) * length(cells.column[i]!), 0)
        expect(sum).toBeCloseTo(
          matrix.flat().reduce((all, weight) => all + weight, 0),
          9
        )
        expect(cells.links.reduce((all, count) => all + count, 0)).toBe(matrix.flat().filter((weight) => weight !== 0).length)
      })
    )
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
