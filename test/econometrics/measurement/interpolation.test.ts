import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { type InterpolationMethod, interpolateSeries } from "../../../src/econometrics/measurement/interpolation.ts"

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
        const { ends, interior, values } = interpolateSeries(Int32Array.from(years), x)
        line.forEach((value, i) => {
          const inside = first !== -1 && i >= first && i <= last
          if (inside) assert.closeTo(values[i]!, value, 1e-8)
          else assert.isNaN(values[i]!)
          assert.strictEqual(interior[i], inside && missing[i] ? 1 : 0)
          assert.strictEqual(ends[i], 0)
        })
        if (missing.filter((cell) => !cell).length < 2) return
        const whole = interpolateSeries(Int32Array.from(years), x, { extrapolation: "linear" }).values
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
    assert.deepStrictEqual(interpolateSeries(Int32Array.from(of("year")), of("x")).values, of("interior"))
    assert.deepStrictEqual(interpolateSeries(Int32Array.from(of("year")), of("x"), { extrapolation: "nearest" }).values, of("nearest"))
  })
  it("the nearest observation fills an end when asked", () => {
    const { ends, values } = interpolateSeries(Int32Array.of(1, 2, 3, 4), Float64Array.of(na, 5, 7, na), { extrapolation: "nearest" })
    assert.deepStrictEqual(values, Float64Array.of(5, 5, 7, 7))
    assert.deepStrictEqual(ends, Uint8Array.of(1, 0, 0, 1))
  })
  it("without any observation nothing is filled", () => {
    for (const extrapolation of ["none", "linear", "nearest"] as const)
      assert.deepStrictEqual(interpolateSeries(Int32Array.of(1, 2), Float64Array.of(na, na), { extrapolation }).values, Float64Array.of(na, na))
  })
  it("values that are there are never touched", () => {
    const x = Float64Array.of(3, 1, 4, 1, 5)
    const none = new Uint8Array(5)
    const { ends, interior, long, values } = interpolateSeries(Int32Array.of(1, 2, 3, 4, 5), x, { extrapolation: "linear" })
    assert.deepStrictEqual({ ends, interior, long, values }, { ends: none, interior: none, long: none, values: x })
  })
})

describe("interpolants", () => {
  type Method = "linear" | "log_linear" | "spline" | "monotone" | "pchip" | "carry"
  type Series = Readonly<Record<"year" | "x", ReadonlyArray<number | null>>> & Readonly<Record<Method, ReadonlyArray<number | null> | null>>
  interface Oracle {
    readonly series: ReadonlyArray<Series & { readonly state: string; readonly variable: string; readonly monotone_data: boolean }>
  }
  const { series } = JSON.parse(readFileSync("test/oracle/interpolation.json", "utf8")) as Oracle
  const names = { linear: "linear", "log-linear": "log_linear", spline: "spline", monotone: "monotone", pchip: "pchip", carry: "carry" } as const
  it.each(Object.keys(names) as Array<InterpolationMethod>)("%s agrees with R on states' series", (method) => {
    let compared = 0
    for (const one of series) {
      const expected = one[names[method]]
      // R's pchip takes four points at the least, and its monoH.FC is no curve that keeps to its neighbours where the data turn.
      if (expected === null || (method === "monotone" && !one.monotone_data)) continue
      const x = Float64Array.from(one.x, (value) => value ?? na)
      const { values } = interpolateSeries(Int32Array.from(one.year as ReadonlyArray<number>), x, { method })
      expected.forEach((value, i) => {
        assert.closeTo(values[i]!, value!, 1e-11 * Math.abs(value!), `${one.state} ${one.variable} ${one.year[i]}`)
        compared += one.x[i] === null ? 1 : 0
      })
    }
    assert.isAbove(compared, 15)
  })
  const broken = fc.uniqueArray(fc.integer({ min: 1950, max: 2050 }), { minLength: 3, maxLength: 20 }).chain((years) =>
    fc.record({
      years: fc.constant(years.sort((a, b) => a - b)),
      x: fc.array(fc.option(fc.double({ min: 0.1, max: 1e4, noNaN: true })), { minLength: years.length, maxLength: years.length })
    })
  )
  it("monotone, pchip, log-linear and carry stay within the two observations on both sides", () => {
    fc.assert(
      fc.property(broken, fc.constantFrom("linear", "monotone", "pchip", "log-linear", "carry"), ({ x, years }, method) => {
        const given = Float64Array.from(x, (value) => value ?? na)
        const { after, before, interior, values } = interpolateSeries(Int32Array.from(years), given, { method: method as InterpolationMethod })
        values.forEach((value, i) => {
          if (interior[i] === 0) return
          const [a, b] = [given[before[i]!]!, given[after[i]!]!]
          assert.isAtLeast(value, Math.min(a, b) * (1 - 1e-12))
          assert.isAtMost(value, Math.max(a, b) * (1 + 1e-12))
        })
      })
    )
  })
  it("scaling the values scales what is filled, by every method; turning time around turns it, but for carry", () => {
    const close = (found: number, expected: number) => assert.closeTo(found, expected, 1e-7 * (1 + Math.abs(expected)))
    fc.assert(
      fc.property(broken, fc.constantFrom(...(Object.keys(names) as Array<InterpolationMethod>)), ({ x, years }, method) => {
        const given = Float64Array.from(x, (value) => value ?? na)
        const filled = (at: ReadonlyArray<number>, of: Float64Array) => interpolateSeries(Int32Array.from(at), of, { method, extrapolation: "linear" }).values
        const once = filled(years, given)
        filled(
          years,
          given.map((value) => value * 8)
        ).forEach((value, i) => {
          if (!Number.isNaN(once[i]!)) close(value, 8 * once[i]!)
        })
        if (method === "carry") return
        filled(years.map((year) => 4000 - year).reverse(), given.slice().reverse()).forEach((value, i) => {
          if (!Number.isNaN(value)) close(value, once[once.length - 1 - i]!)
        })
      })
    )
  })
  it("a gap of more years than maxGap stays and is marked; its length is counted in years, not in rows", () => {
    const years = Int32Array.of(2000, 2001, 2002, 2006, 2010, 2011, 2013)
    const filled = interpolateSeries(years, Float64Array.of(1, na, 3, na, 11, na, na), { maxGap: 2, extrapolation: "nearest" })
    assert.deepStrictEqual(filled.values, Float64Array.of(1, 2, 3, na, 11, na, na))
    assert.deepStrictEqual(filled.long, Uint8Array.of(0, 0, 0, 1, 0, 1, 1))
    assert.deepStrictEqual(interpolateSeries(years, Float64Array.of(1, na, 3, na, 11, na, na), { maxGap: 2 }).long, Uint8Array.of(0, 0, 0, 1, 0, 0, 0))
  })
  it("constant growth from or to what is not positive is refused, and the observation named; other gaps are filled", () => {
    const { notPositive, values } = interpolateSeries(Int32Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(0, na, 4, na, 16, na), {
      method: "log-linear",
      extrapolation: "linear"
    })
    assert.deepStrictEqual(notPositive, [0])
    assert.deepStrictEqual(values, Float64Array.of(0, na, 4, 8, 16, 32))
  })
})
