import { type Find, shownInterval } from "../find.ts"
import { meet, product, sum } from "../interval.ts"
import { type Column, cellIn, dependentOf, nobsOf, type Paper, termsOf } from "../paper.ts"

interface Triple {
  readonly short: Column
  readonly long: Column
  readonly auxiliary: Column
}

const sameTerms = (one: Column, other: Column): boolean => termsOf(one).join("\n") === termsOf(other).join("\n")
const sameObservations = (one: Column, other: Column): boolean => nobsOf(one) !== undefined && nobsOf(one)?.printed === nobsOf(other)?.printed

/** Columns of one table of which the long one adds a regressor to the short one, and an auxiliary one explains that regressor by the others. */
const triples = (all: ReadonlyArray<Column>): ReadonlyArray<Triple> => {
  const columns = all.filter(({ model }) => model.instruments === undefined)
  return columns.flatMap((auxiliary) => {
    const added = dependentOf(auxiliary)
    const alike = columns.filter((column) => column.table === auxiliary.table && sameObservations(column, auxiliary))
    return alike
      .filter((short) => short !== auxiliary && sameTerms(short, auxiliary))
      .flatMap((short) => {
        const whole = [...termsOf(short), added].sort().join("\n")
        return alike
          .filter((long) => dependentOf(long) === dependentOf(short) && termsOf(long).join("\n") === whole)
          .map((long): Triple => ({ short, long, auxiliary }))
      })
  })
}

/**
 * Least squares without a regressor m: each coefficient is that of the regression with m, plus m's coefficient times the one by which the regressor explains m
 * (the omitted-variable formula; exact in every sample, whatever the standard errors, but for least squares only: a doubt where it fails). In mediation it is total = direct + a b, and it holds for every control.
 */
export const omittedCheck = ({ columns }: Paper): ReadonlyArray<Find> =>
  triples(columns).map(({ auxiliary, long, short }): Find => {
    const added = dependentOf(auxiliary)
    const effect = cellIn(long, added, "estimate")!
    const rows = termsOf(short).map((term) => {
      const [total, direct, path] = [short, long, auxiliary].map((column) => cellIn(column, term, "estimate")!)
      const implied = sum(direct!.interval, product(path!.interval, effect.interval))
      return {
        term,
        agrees: meet(implied, total!.interval),
        line: `${term}: ${direct!.printed} + ${path!.printed} x ${effect.printed} is in ${shownInterval(implied)}, printed ${total!.printed}`
      }
    })
    const wrong = rows.filter(({ agrees }) => !agrees)
    return {
      check: "omitted variable",
      verdict: wrong.length === 0 ? "holds" : "doubt",
      where: wrong.length === 0 ? [short.id, auxiliary.id, long.id] : wrong.map(({ term }) => `${short.id} ${term}`),
      says:
        wrong.length === 0
          ? `the ${rows.length} coefficients of ${short.id} are those of ${long.id} plus what goes by way of ${added} (${auxiliary.id})`
          : `${wrong.length} of ${rows.length} coefficients of ${short.id} are not those of ${long.id} plus what goes by way of ${added} (${auxiliary.id}), as least squares of one sample gives them`,
      arithmetic: (wrong.length === 0 ? rows : wrong).map(({ line }) => line)
    }
  })
