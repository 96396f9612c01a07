import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { interpolateSeries } from "../../../src/econometrics/measurement/linear-interpolation.ts"

const na = Number.NaN
const gaps = fc.uniqueArray(fc.integer({ min: 1950, max: 2050 }), { minLength: 2, maxLength: 40 }).chain((years) =>
  fc.record({
    years: fc.constant(years.sort((a, b) => a - b)),
    missing: fc.array(fc.boolean(), { minLength: years.length, maxLength: years.length }),
    a: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    b: fc.double({ min: -10, max: 10, noNaN: true })
  })
)

describe("interpolateSeries", () => {
  it("a linear series comes back whole: between observations always, at its ends when extrapolated linearly", () => {
    fc.assert(
      fc.property(gaps, ({ a, b, missing, years }) => {
        const line = years.map((year) => a + b * (year - 2000))
        const x = Float64Array.from(line, (value, i) => (missing[i] ? na : value))
        const first = missing.indexOf(false)
        const last = missing.lastIndexOf(false)
        const { ends, interior, values } = interpolateSeries(Int32Array.from(years), x, "none")
        line.forEach((value, i) => {
          const inside = first !== -1 && i >= first && i <= last
          if (inside) assert.closeTo(values[i]!, value, 1e-8)
          else assert.isNaN(values[i]!)
          assert.strictEqual(interior[i], inside && missing[i] ? 1 : 0)
          assert.strictEqual(ends[i], 0)
        })
        if (missing.filter((cell) => !cell).length < 2) return
        const whole = interpolateSeries(Int32Array.from(years), x, "linear").values
        line.forEach((value, i) => {
          assert.closeTo(whole[i]!, value, 1e-5)
        })
      })
    )
  })
  it("agrees with R's approx, inside and at the ends", () => {
    const { interpolation } = JSON.parse(readFileSync("test/oracle/panel-index.json", "utf8")) as {
      interpolation: Readonly<Record<"year" | "x" | "interior" | "nearest", ReadonlyArray<number | null>>>
    }
    const of = (name: keyof typeof interpolation) => Float64Array.from(interpolation[name], (value) => value ?? na)
    assert.deepStrictEqual(interpolateSeries(Int32Array.from(of("year")), of("x"), "none").values, of("interior"))
    assert.deepStrictEqual(interpolateSeries(Int32Array.from(of("year")), of("x"), "nearest").values, of("nearest"))
  })
  it("the nearest observation fills an end when asked", () => {
    const { ends, values } = interpolateSeries(Int32Array.of(1, 2, 3, 4), Float64Array.of(na, 5, 7, na), "nearest")
    assert.deepStrictEqual(values, Float64Array.of(5, 5, 7, 7))
    assert.deepStrictEqual(ends, Uint8Array.of(1, 0, 0, 1))
  })
  it("without any observation nothing is filled", () => {
    for (const extrapolation of ["none", "linear", "nearest"] as const)
      assert.deepStrictEqual(interpolateSeries(Int32Array.of(1, 2), Float64Array.of(na, na), extrapolation).values, Float64Array.of(na, na))
  })
  it("values that are there are never touched", () => {
    const x = Float64Array.of(3, 1, 4, 1, 5)
    assert.deepStrictEqual(interpolateSeries(Int32Array.of(1, 2, 3, 4, 5), x, "linear"), {
      values: x,
      interior: new Uint8Array(5),
      ends: new Uint8Array(5)
    })
  })
})
