import type { Cell, CheckedVariable } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"

/** Of a variable whose neighbouring years have one value more often than this, a run says nothing. */
const HARDLY_EVER = 0.05
/** A value with fewer digits is soon the same by chance. */
const DIGITS = 3
/** A value that more entities have is no copy of one. */
const COMMON = 4

/** Significant digits of a number as it is written shortest. */
const digits = (value: number): number => String(Math.abs(value)).replace(/e.*$/, "").replace(".", "").replace(/^0+/, "").replace(/0+$/, "").length

/** The same value so many years on, in a variable that hardly ever repeats: cells carried on, or copied. */
export const runFindings = (variable: CheckedVariable, least: number): ReadonlyArray<Finding> => {
  if (variable.repeats > HARDLY_EVER) return []
  return variable.series.flatMap(({ cells, entity }) => {
    const runs: Array<Array<Cell>> = []
    for (const cell of cells) {
      const last = runs.at(-1)
      if (last !== undefined && last[0]!.value === cell.value && last.at(-1)!.year === cell.year - 1) last.push(cell)
      else runs.push([cell])
    }
    return (
      runs
        // A small count stays the same by chance; zeros are told by themselves.
        .filter((run) => run.length >= least && !(Number.isInteger(run[0]!.value) && Math.abs(run[0]!.value) < 10))
        .map((run): Finding => {
          const { value, year } = run[0]!
          return {
            code: "run",
            severity: "warning",
            variable: variable.name,
            entity,
            year,
            value,
            expected: "another value each year",
            score: run.length,
            found: `${told(value)} in each year to ${run.at(-1)!.year}, where neighbouring years hardly ever have one value (${(100 * variable.repeats).toFixed(1)}% of them)`,
            remedy: "cells copied or carried on: look at the source; leave empty what it does not have, and interpolate"
          }
        })
    )
  })
}

/** A year that has the values of the one before in most entities: a column that was not brought up to date. */
export const copiedYearFindings = (variable: CheckedVariable): ReadonlyArray<Finding> => {
  const years = new Map<number, { pairs: number; same: number }>()
  for (const { cells } of variable.series)
    cells.slice(1).forEach((cell, i) => {
      const before = cells[i]!
      if (before.year !== cell.year - 1 || (cell.value === 0 && before.value === 0)) return
      const own = years.get(cell.year) ?? { pairs: 0, same: 0 }
      own.pairs++
      if (cell.value === before.value) own.same++
      years.set(cell.year, own)
    })
  const all = [...years.values()]
  return [...years]
    .filter(([year, { pairs, same }]) => {
      const others = all.reduce((sum, own) => sum + own.same, 0) - same
      const cells = all.reduce((sum, own) => sum + own.pairs, 0) - pairs
      return same >= 5 && same > pairs / 2 && (cells === 0 || others / cells < 4 * HARDLY_EVER) && years.has(year)
    })
    .map(([year, { pairs, same }]) => ({
      code: "copied-year",
      severity: "warning" as const,
      variable: variable.name,
      entity: "",
      year,
      value: undefined,
      expected: `other values than in ${year - 1}`,
      score: same,
      found: `${same} of ${pairs} entities have the value of ${year - 1}`,
      remedy: "a column copied from the year before: look at the source of that year"
    }))
}

/** Pairs of entities that have one value in a year, each with the year and the value. */
const sharedValues = (variable: CheckedVariable): ReadonlyArray<{ readonly a: string; readonly b: string; readonly year: number; readonly value: number }> => {
  const byValue = new Map<string, Array<{ readonly entity: string; readonly year: number; readonly value: number }>>()
  for (const { cells, entity } of variable.series)
    for (const { value, year } of cells) {
      if (digits(value) < DIGITS) continue
      const key = `${year} ${value}`
      const own = byValue.get(key)
      if (own === undefined) byValue.set(key, [{ entity, year, value }])
      else own.push({ entity, year, value })
    }
  return [...byValue.values()].flatMap((own) =>
    own.length < 2 || own.length > COMMON
      ? []
      : own.flatMap((one, i) => own.slice(i + 1).map((other) => ({ a: one.entity, b: other.entity, year: one.year, value: one.value })))
  )
}

/** Entities that have the same values: of one variable in `least` years on (a series copied), or of as many variables in one year (a row copied). */
export const copyFindings = (variables: ReadonlyArray<CheckedVariable>, least: number): ReadonlyArray<Finding> => {
  const rows = new Map<string, { readonly a: string; readonly b: string; readonly year: number; readonly variables: Array<string> }>()
  const series = variables.flatMap((variable) => {
    const pairs = new Map<string, Array<{ readonly year: number; readonly value: number; readonly a: string; readonly b: string }>>()
    for (const one of sharedValues(variable)) {
      const pair = JSON.stringify([one.a, one.b])
      const own = pairs.get(pair)
      if (own === undefined) pairs.set(pair, [one])
      else own.push(one)
      const key = `${one.year} ${pair}`
      const row = rows.get(key) ?? { a: one.a, b: one.b, year: one.year, variables: [] }
      row.variables.push(variable.name)
      rows.set(key, row)
    }
    return [...pairs.values()].flatMap((own): ReadonlyArray<Finding> => {
      const years = own.map(({ year }) => year).sort((x, y) => x - y)
      const run = years.reduce(
        (best, year, i) =>
          i > 0 && year === years[i - 1]! + 1
            ? { length: best.length + 1, most: Math.max(best.most, best.length + 1) }
            : { length: 1, most: Math.max(best.most, 1) },
        { length: 0, most: 0 }
      )
      if (run.most < least) return []
      const { a, b } = own[0]!
      return [
        {
          code: "copied-series",
          severity: "warning",
          variable: variable.name,
          entity: b,
          year: years[0]!,
          value: own.find(({ year }) => year === years[0])!.value,
          expected: `other values than ${a}`,
          score: own.length,
          found: `has the values of ${a} in ${own.length} years, ${run.most} of them on end`,
          remedy: "one of the two is copied: look at both in the source"
        }
      ]
    })
  })
  const copied = [...rows.values()].filter((row) => row.variables.length >= least && row.variables.length >= variables.length / 2)
  return [
    ...series,
    ...copied.map(
      ({ a, b, variables: shared, year }): Finding => ({
        code: "copied-row",
        severity: "warning",
        variable: shared[0]!,
        entity: b,
        year,
        value: undefined,
        expected: `other values than ${a}`,
        score: shared.length,
        found: `has the values of ${a} in ${shared.length} of ${variables.length} variables (${shared.slice(0, 5).join(", ")}${shared.length > 5 ? ", …" : ""})`,
        remedy: "a row was copied: look at both in the source"
      })
    )
  ]
}
