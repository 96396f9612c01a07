import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { pOf } from "../../src/audit/degrees-of-freedom.ts"
import { chi2Upper } from "../../src/stats/distributions.ts"
import { against, auditOf, csvOf } from "./published-paper.ts"

const levels = [0.1, 0.05, 0.01]
const starsOf = (p: number): string => "*".repeat(levels.filter((level) => p <= level).length)
const decimals = fc.integer({ min: 2, max: 5 })
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })

describe("numbers that are true and then rounded are never a find", () => {
  it("stars of coefficients under one number of degrees of freedom", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(real(-5, 5), real(0.01, 3)), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 500 }),
        decimals,
        (rows, df, digits) => {
          const csv = csvOf(
            rows.flatMap(([b, se], i) => [
              ["1", `x${i}`, "estimate", b.toFixed(digits), starsOf(pOf(Math.abs(b / se), df))] as const,
              ["1", `x${i}`, "std_error", se.toFixed(digits)] as const
            ])
          )
          expect(against(auditOf(csv))).toEqual([])
        }
      ),
      { numRuns: 200 }
    )
  })

  it("products, sums, the LM identity, and p of chi2", () => {
    fc.assert(
      fc.property(real(-3, 3), real(-3, 3), real(-3, 3), real(0.01, 12), decimals, (a, b, direct, statistic, digits) => {
        const print = (x: number) => x.toFixed(digits)
        const csv = csvOf([
          ["1", "a", "estimate", print(a)],
          ["1", "b", "estimate", print(b)],
          ["1", "indirect", "estimate", print(a * b)],
          ["1", "direct", "estimate", print(direct)],
          ["1", "total", "estimate", print(direct + a * b)],
          ["1", "test", "statistic", print(statistic)],
          ["1", "test", "p_value", print(chi2Upper(statistic, 2))]
        ])
        const declared = `
relations:
  - { says: product, left: "[1.1 a] * [1.1 b]", right: "[1.1 indirect]" }
  - { says: sum, left: "[1.1 direct] + [1.1 indirect]", right: "[1.1 total]" }
tests: [{ cell: 1.1 test, against: [chi2(2)] }]`
        expect(against(auditOf(csv, declared))).toEqual([])
      }),
      { numRuns: 300 }
    )
  })

  it("weights, overall and within groups", () => {
    fc.assert(
      fc.property(fc.array(real(0.05, 1), { minLength: 4, maxLength: 20 }), decimals, (utilities, digits) => {
        const groups = utilities.map((_, i) => (i < 2 ? "one" : "two"))
        const total = utilities.reduce((a, b) => a + b)
        const within = utilities.map((utility, i) => utility / utilities.filter((_, j) => groups[j] === groups[i]).reduce((a, b) => a + b))
        const rows = utilities.flatMap((utility, i) => [
          `1,0,,w${i},dimension,,,${groups[i]}`,
          `1,1,,w${i},weight,${(utility / total).toFixed(digits)},,`,
          `1,2,,w${i},individual_weight,${within[i]!.toFixed(digits)},,`
        ])
        expect(against(auditOf(["table,column,column_label,term,kind,value,stars,text", ...rows].join("\n")))).toEqual([])
      }),
      { numRuns: 200 }
    )
  })

  it("iid standard errors of several columns, mean and SD of real values, and effects of a spatial model", () => {
    fc.assert(
      fc.property(
        fc.array(real(0.05, 5), { minLength: 5, maxLength: 8 }),
        fc.array(real(0.2, 5), { minLength: 2, maxLength: 4 }),
        decimals,
        (pattern, scales, digits) => {
          const rows = scales.flatMap((scale, c) => [
            `1,${c + 1},y${c},,nobs,200,,`,
            ...pattern.flatMap((v, k) => [`1,${c + 1},y${c},x${k},estimate,0,,`, `1,${c + 1},y${c},x${k},std_error,${(scale * v).toFixed(digits)},,`])
          ])
          const csv = ["table,column,column_label,term,kind,value,stars,text", ...rows].join("\n")
          expect(against(auditOf(csv, `models: [{ columns: ["*"], variance: iid }]`))).toEqual([])
        }
      ),
      { numRuns: 200 }
    )
    fc.assert(
      fc.property(fc.array(real(-50, 50), { minLength: 2, maxLength: 40 }), decimals, (values, digits) => {
        const n = values.length
        const mean = values.reduce((a, b) => a + b) / n
        const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1))
        const printed = { mean, sd, min: Math.min(...values), max: Math.max(...values) }
        const csv = csvOf([["1", "x", "nobs", String(n)], ...Object.entries(printed).map(([kind, value]) => ["1", "x", kind, value.toFixed(digits)] as const)])
        expect(against(auditOf(csv))).toEqual([])
      }),
      { numRuns: 200 }
    )
    fc.assert(
      fc.property(
        real(-0.9, 0.9),
        fc.array(fc.tuple(real(-3, 3), real(-3, 3), real(-3, 3)), { minLength: 1, maxLength: 6 }),
        decimals,
        (rho, terms, digits) => {
          const columns = terms.flatMap(([beta, theta, direct], k) => {
            const total = (beta + theta) / (1 - rho)
            return [
              ["1", `x${k}`, "estimate", beta.toFixed(digits)],
              ["2", `W*x${k}`, "estimate", theta.toFixed(digits)],
              ["3", `x${k}`, "estimate", direct.toFixed(digits)],
              ["4", `x${k}`, "estimate", (total - direct).toFixed(digits)],
              ["5", `x${k}`, "estimate", total.toFixed(digits)]
            ] as const
          })
          const declared = `effects: [{ main: "1.1", lagged: "1.2", prefix: "W*", direct: "1.3", indirect: "1.4", total: "1.5", rho: 1.1 rho }]`
          expect(against(auditOf(csvOf([...columns, ["1", "rho", "estimate", rho.toFixed(digits)]]), declared))).toEqual([])
        }
      ),
      { numRuns: 200 }
    )
  })
})

describe("an inconsistency beyond rounding is always a find", () => {
  const names = (finds: ReturnType<typeof auditOf>) => against(finds).map(({ check }) => check)

  it("stars that even the normal distribution does not give, and stars of two distributions in a column", () => {
    fc.assert(
      fc.property(real(0.1, 1.6), real(0.5, 3), fc.integer({ min: 1, max: 3 }), (t, se, stars) => {
        const csv = csvOf([
          ["1", "x", "estimate", (t * se).toFixed(4), "*".repeat(stars)],
          ["1", "x", "std_error", se.toFixed(4)]
        ])
        expect(names(auditOf(csv))).toContain("stars")
      })
    )
    fc.assert(
      // Three stars at 2.6 ask for many degrees of freedom, no star at 1.75 for few.
      fc.property(real(2.59, 2.62), real(1.72, 1.78), real(0.5, 3), real(0.5, 3), (many, few, one, other) => {
        const csv = csvOf([
          ["1", "x", "estimate", (many * one).toFixed(4), "***"],
          ["1", "x", "std_error", one.toFixed(4)],
          ["1", "z", "estimate", (few * other).toFixed(4)],
          ["1", "z", "std_error", other.toFixed(4)]
        ])
        expect(names(auditOf(csv))).toEqual(["degrees of freedom"])
      })
    )
  })

  it("a product, a p, a weight and a total that are off by more than all roundings together", () => {
    fc.assert(
      fc.property(real(0.2, 3), real(0.2, 3), real(0.02, 1), real(1, 8), (a, b, off, statistic) => {
        const print = (x: number) => x.toFixed(3)
        const p = chi2Upper(statistic, 1)
        const csv = csvOf([
          ["1", "a", "estimate", print(a)],
          ["1", "b", "estimate", print(b)],
          ["1", "indirect", "estimate", print(a * b + off)],
          ["1", "test", "statistic", print(statistic)],
          ["1", "test", "p_value", print(p > 0.5 ? p - 0.01 : p + 0.01)]
        ])
        const declared = `
relations: [{ says: product, left: "[1.1 a] * [1.1 b]", right: "[1.1 indirect]" }]
tests: [{ cell: 1.1 test, against: [chi2(1)] }]`
        expect(names(auditOf(csv, declared))).toEqual(["p-value", "relation"])
      })
    )
    fc.assert(
      fc.property(fc.array(real(0.1, 1), { minLength: 3, maxLength: 6 }), real(0.02, 0.05), (utilities, off) => {
        const total = utilities.reduce((a, b) => a + b)
        const rows = utilities.flatMap((utility, i) => [
          `1,1,,w${i},weight,${(utility / total).toFixed(4)},,`,
          `1,2,,w${i},individual_weight,${(utility / total + (i === 0 ? off : i === 1 ? -off : 0)).toFixed(4)},,`
        ])
        expect(names(auditOf(["table,column,column_label,term,kind,value,stars,text", ...rows].join("\n")))).toEqual(["weights"])
      })
    )
  })

  it("standard errors said to be iid of which one is off, and values further from the mean than n of them can be", () => {
    fc.assert(
      fc.property(fc.array(real(0.5, 5), { minLength: 5, maxLength: 8 }), real(0.5, 3), real(1.05, 2), (pattern, scale, off) => {
        const rows = [1, scale].flatMap((s, c) => [
          `1,${c + 1},y${c},,nobs,200,,`,
          ...pattern.flatMap((v, k) => [
            `1,${c + 1},y${c},x${k},estimate,0,,`,
            `1,${c + 1},y${c},x${k},std_error,${(s * v * (c === 1 && k === 0 ? off : 1)).toFixed(4)},,`
          ])
        ])
        const csv = ["table,column,column_label,term,kind,value,stars,text", ...rows].join("\n")
        const finds = auditOf(csv, `models: [{ columns: ["*"], variance: iid }]`)
        expect(against(finds).map(({ check, verdict }) => [check, verdict])).toEqual([["proportional standard errors", "contradiction"]])
      })
    )
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), real(0.5, 5), real(1.1, 3), (n, sd, off) => {
        const away = ((n - 1) / Math.sqrt(n)) * sd * off + 0.01
        const csv = csvOf([
          ["1", "x", "nobs", String(n)],
          ["1", "x", "mean", "0.000"],
          ["1", "x", "sd", sd.toFixed(3)],
          ["1", "x", "min", (-1000).toFixed(3)],
          ["1", "x", "max", away.toFixed(3)]
        ])
        expect(names(auditOf(csv))).toEqual(["summary statistics"])
      })
    )
  })
})
