import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { moran, moranScatter } from "../../../src/econometrics/spatial/exploration/moran.ts"
import { weightSums } from "../../../src/econometrics/spatial/exploration/weight-sums.ts"
import { fromLinks, rowStandardize } from "../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { placed } from "../../../src/studio/page/chart/axis-scale.ts"
import { numberText, percentText, pInWords, pValueText } from "../../../src/studio/page/chart/number-text.ts"
import { roveTo } from "../../../src/studio/page/chart/roving.ts"
import { binned, deviationOf, kernelDensity, meanOf, normalDensity, quantileOf } from "../../../src/studio/page/results/bootstrap/distribution.ts"
import { quadrantOf, slopeOf, weightsOf } from "../../../src/studio/page/results/moran/quadrants.ts"
import { ranksOf } from "../../../src/studio/page/results/panel.ts"
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

describe("ranks", () => {
  it("1 for the largest; equal values share the rank of the first; what is missing has none", () => {
    expect(ranksOf([5, null, 9, 5, 1])).toEqual([2, null, 1, 2, 4])
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
