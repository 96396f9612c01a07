import type { Cell } from "../cells.ts"
import { chanceOfAgreement, RARE, widthOf } from "../chance.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { difference, exactly, type Interval, magnitude, meet, product, quotient, square, squareRoot } from "../interval.ts"
import { type Column, cellIn, dependentOf, nobsOf, type Paper, termsOf } from "../paper.ts"
import { ratiosOf } from "../ratios.ts"

/** A share of a variable's standard deviation, or of its variance, below which it is another variable, or in another unit, than the one described. */
const TINY_SD = 0.05
const TINY_VARIANCE = 1e-3

/** How much t² by clustered or robust standard errors differs from that by iid ones: the standard deviation of the logarithm of their ratio, about. */
const SPREAD = 0.4

interface Nested {
  readonly small: Column
  readonly large: Column
  readonly added: string
  readonly change: Interval
}

const numbersOf = ({ cells }: Column): ReadonlyArray<string> =>
  cells
    .filter(({ kind, printed }) => printed !== "" && (kind === "estimate" || kind === "std_error" || kind === "r2"))
    .map(({ kind, printed, term }) => `${term} ${kind} ${printed}`)
    .sort()

const reprinted = (one: Column, other: Column): boolean => numbersOf(one).join() === numbersOf(other).join()

/** Columns without those that only print an earlier one again. */
const distinct = (columns: ReadonlyArray<Column>): ReadonlyArray<Column> =>
  columns.filter((column, i) => !columns.slice(0, i).some((before) => dependentOf(before) === dependentOf(column) && reprinted(before, column)))

/** Pairs of columns that explain the same variable with the same observations, the one with a single regressor more. */
const nestedPairs = (columns: ReadonlyArray<Column>): ReadonlyArray<Nested> =>
  columns.flatMap((small) =>
    columns.flatMap((large): ReadonlyArray<Nested> => {
      const [from, to] = [termsOf(small), termsOf(large)]
      if (to.length !== from.length + 1 || !from.every((term) => to.includes(term)) || dependentOf(small) !== dependentOf(large) || dependentOf(small) === "")
        return []
      const [n, m] = [nobsOf(small), nobsOf(large)]
      const [less, more] = [small, large].map((column) => column.cells.find(({ kind, printed }) => kind === "r2" && printed !== ""))
      if (n === undefined || n.printed !== m?.printed || less === undefined || more === undefined) return []
      return [{ small, large, added: to.find((term) => !from.includes(term))!, change: difference(more.interval, less.interval) }]
    })
  )

/** Least squares with regressors more explains no less. */
const falling = (columns: ReadonlyArray<Column>): ReadonlyArray<Find> => {
  const r2Of = ({ cells }: Column) => cells.find(({ kind, printed }) => kind === "r2" && printed !== "")
  const pairs = columns.flatMap((small) =>
    columns.flatMap((large) => {
      const [from, to, less, more] = [termsOf(small), termsOf(large), r2Of(small), r2Of(large)]
      const nested =
        to.length > from.length &&
        from.length > 0 &&
        from.every((term) => to.includes(term)) &&
        dependentOf(small) === dependentOf(large) &&
        dependentOf(small) !== "" &&
        small.model.instruments === undefined &&
        large.model.instruments === undefined &&
        nobsOf(small) !== undefined &&
        nobsOf(small)?.printed === nobsOf(large)?.printed
      return nested && less !== undefined && more !== undefined && more.interval.high < less.interval.low ? [{ small, large, less, more }] : []
    })
  )
  return pairs.length === 0
    ? []
    : [
        {
          check: "R²",
          verdict: "doubt",
          where: pairs.map(({ large }) => large.id),
          says: "R² falls although regressors are added: it is adjusted, or the sample or the model is another",
          arithmetic: pairs.map(
            ({ large, less, more, small }) =>
              `${small.id}: ${less.printed}; ${large.id}, with ${termsOf(large).length - termsOf(small).length} more: ${more.printed}`
          )
        }
      ]
}

/** The printed standard deviation of a variable, where it is that of the column's own observations. */
const sdIn = ({ cells }: Paper, term: string, column: Column): Cell | undefined =>
  cells.find(
    (sd) =>
      sd.term === term &&
      sd.kind === "sd" &&
      sd.printed !== "" &&
      cells.some((n) => n.table === sd.table && n.term === term && n.kind === "nobs" && n.printed === nobsOf(column)?.printed)
  )

/**
 * Under one error variance, t^2 (1 - R^2) / df of the added regressor is the change of R^2. It needs the parameters that are not printed (`absorbed`).
 */
const byT = (pairs: ReadonlyArray<Nested>): ReadonlyArray<Find> => {
  const judged = pairs.flatMap((pair) => {
    const { added, change, large, small } = pair
    const ratio = ratiosOf(large).find(({ cell }) => cell.term === added)
    const r2 = large.cells.find(({ kind, printed }) => kind === "r2" && printed !== "")!
    if (ratio === undefined || large.model.absorbed === undefined || ratio.size.high === Number.POSITIVE_INFINITY) return []
    const df = nobsOf(large)!.interval.low - large.model.absorbed - termsOf(large).filter((term) => term !== "(constant)").length
    if (df < 1) return []
    const implied = quotient(product(square(ratio.size), difference(exactly(1), r2.interval)), exactly(df))
    const claim = large.model.variance
    return [
      {
        ...pair,
        agrees: meet(implied, change),
        width: widthOf(implied) * widthOf(change),
        claim,
        line: `${small.id} to ${large.id} adds ${added}: t² (1 - R²)/df, with t in ${shownInterval(ratio.size)}, R² ${r2.printed}, df ${df}, is in ${shownInterval(implied)}; R² changes by ${shownInterval(change)}`
      }
    ]
  })
  const told = (some: typeof judged, verdict: Find["verdict"], says: string): ReadonlyArray<Find> =>
    some.length === 0 ? [] : [{ check: "R² and t", verdict, where: some.map(({ large }) => large.id), says, arithmetic: some.map(({ line }) => line) }]
  const other = (claim: string | undefined): boolean => claim === "clustered" || claim === "robust"
  const claimed = judged.filter(({ claim }) => other(claim))
  const agreeing = claimed.filter(({ agrees }) => agrees)
  const chance = chanceOfAgreement(
    agreeing.map(({ width }) => width),
    SPREAD
  )
  return [
    ...told(
      judged.filter(({ agrees, claim }) => claim === "iid" && !agrees),
      "contradiction",
      "the t of an added regressor does not give the change of R², as it has to with iid standard errors"
    ),
    ...told(
      judged.filter(({ agrees, claim }) => !other(claim) && (agrees || claim === undefined)),
      "holds",
      "the t of added regressors beside the changes of R²"
    ),
    ...(agreeing.length === claimed.length && claimed.length > 1 && chance <= RARE
      ? told(
          agreeing,
          "doubt",
          `in all ${claimed.length} pairs of nested columns the added regressor's t gives the change of R², as iid standard errors do and ${claimed[0]!.claim} ones need not`
        )
      : told(claimed, "holds", `the t of added regressors beside the changes of R²: the standard errors may be other than iid`))
  ]
}

/** With one regressor more, dR^2 TSS = b^2 RSS_x <= b^2 (n - 1) sd_x^2: the explained variable's variation that was left to explain, TSS / (n - 1), is bounded above. */
const bySd = (pairs: ReadonlyArray<Nested>, paper: Paper): ReadonlyArray<Find> =>
  pairs.flatMap(({ added, change, large, small }): ReadonlyArray<Find> => {
    const b = cellIn(large, added, "estimate")
    const [sdX, sdY] = [sdIn(paper, added, large), sdIn(paper, dependentOf(large), large)]
    if (b === undefined || sdX === undefined || sdY === undefined || change.low <= 0) return []
    const most = quotient(product(magnitude(b.interval), sdX.interval), squareRoot(change))
    const share = quotient(most, sdY.interval)
    const wrong = share.high < TINY_SD
    return [
      {
        check: "coefficient, SD and R²",
        verdict: wrong ? "doubt" : "holds",
        where: [`${large.id} ${added}`],
        says: wrong
          ? `${added} in ${large.id} moves too little to raise R² as it does: its unit is not that of the descriptive statistics`
          : `${added} in ${large.id} may raise R² as it does, by its coefficient and SD`,
        arithmetic: [
          `${small.id} to ${large.id}: R² rises by ${shownInterval(change)}; b SD = ${b.printed} x ${sdX.printed} is in ${shownInterval(product(magnitude(b.interval), sdX.interval))}`,
          `so the SD of ${dependentOf(large)} that the effects leave is at most b SD / sqrt(rise), in ${shownInterval(most)}, and its printed SD is ${sdY.printed}: ${shown(share.high * 100)}% of it at most`
        ]
      }
    ]
  })

interface Unlike {
  readonly term: string
  readonly column: Column
  readonly line: string
}

/**
 * RSS_x, what the other regressors leave of a regressor's variation, is s^2 / se^2, and s^2 <= (1 - R^2)(n - 1) sd_y^2 / df. As a share of (n - 1) sd_x^2 it is one over
 * the variance inflation factor: where it is next to nothing, the regressor would be collinear beyond what could be estimated.
 */
const unlikeDescribed = (paper: Paper): ReadonlyArray<Unlike> =>
  paper.columns.flatMap((column): ReadonlyArray<Unlike> => {
    const n = nobsOf(column)
    const r2 = column.cells.find(({ kind, printed }) => kind === "r2" && printed !== "")
    const sdY = sdIn(paper, dependentOf(column), column)
    if (n === undefined || r2 === undefined || sdY === undefined || column.model.absorbed === undefined) return []
    const terms = termsOf(column)
    const df = n.interval.low - column.model.absorbed - terms.filter((term) => term !== "(constant)").length
    if (df < 1) return []
    const residual = quotient(product(product(difference(exactly(1), r2.interval), exactly(n.interval.low - 1)), square(sdY.interval)), exactly(df))
    return terms.flatMap((term): ReadonlyArray<Unlike> => {
      const [se, sdX, b] = [cellIn(column, term, "std_error"), sdIn(paper, term, column), cellIn(column, term, "estimate")]
      if (se === undefined || sdX === undefined || b === undefined || se.interval.low <= 0 || sdX.interval.low <= 0) return []
      const share = quotient(quotient(residual, square(se.interval)), product(exactly(n.interval.low - 1), square(sdX.interval)))
      if (share.high >= TINY_VARIANCE) return []
      return [
        {
          term,
          column,
          line: `${column.id}: b SD = ${b.printed} x ${sdX.printed} = ${shown(Number(b.printed) * Number(sdX.printed))}, and the SD of ${dependentOf(column)} is ${sdY.printed}; s² <= (1 - ${r2.printed}) x ${n.interval.low - 1} x ${sdY.printed}²/${df} = ${shown(residual.high)}, so that s²/SE², with SE ${se.printed}, is at most ${shown(residual.high / se.interval.low ** 2)}: ${shown(share.high * 100)}% of (n - 1) SD² (a variance inflation factor of ${shown(1 / share.high)} or more)`
        }
      ]
    })
  })

const byVariance = (paper: Paper): ReadonlyArray<Find> => {
  const unlike = unlikeDescribed(paper)
  return [...new Set(unlike.map(({ term }) => term))].map((term) => {
    const own = unlike.filter((one) => one.term === term)
    return {
      check: "coefficient, SD and R²",
      verdict: "doubt" as const,
      where: own.map(({ column }) => `${column.id} ${term}`),
      says: `${term} in ${own.map(({ column }) => column.id).join(", ")} is not in the unit of the descriptive statistics: with that SD its standard error would be far smaller`,
      arithmetic: own.map(({ line }) => line)
    }
  })
}

/** Coefficients and standard errors against R², and against the standard deviations of their variables. */
export const explainedCheck = (paper: Paper): ReadonlyArray<Find> => {
  const pairs = nestedPairs(distinct(paper.columns))
  return [...falling(paper.columns), ...byT(pairs), ...bySd(pairs, paper), ...byVariance(paper)]
}
