import { pOf } from "../degrees-of-freedom.ts"
import type { Find } from "../find.ts"
import { type Column, dependentOf, nobsOf, type Paper, type Ratio, termsOf } from "../paper.ts"
import { ratiosOf } from "../ratios.ts"
import { quoted } from "../reference.ts"

/** Significant enough, on both sides of zero, that chance is no explanation. */
const LEVEL = 0.01

interface Side {
  readonly column: Column
  readonly ratio: Ratio
}

const significant = (columns: ReadonlyArray<Column>): ReadonlyArray<Side> =>
  columns.flatMap((column) =>
    ratiosOf(column).flatMap((ratio) =>
      ratio.cell.term !== "(constant)" && pOf(ratio.size.low, Number.POSITIVE_INFINITY) <= LEVEL && dependentOf(column) !== "" ? [{ column, ratio }] : []
    )
  )

/** Beside its product with another variable, a coefficient is the effect where that variable is zero, and may have any sign. */
const isInteracted = ({ column, ratio }: Side): boolean =>
  termsOf(column).some((term) => term !== ratio.cell.term && term.split(/[*×:#]/).includes(ratio.cell.term))

/** A regressor that is significant with both signs in columns of one table that explain the same variable with the same observations. */
export const signsCheck = ({ columns }: Paper): ReadonlyArray<Find> => {
  const sides = significant(columns).filter((side) => !isInteracted(side))
  return sides
    .filter(({ ratio }) => ratio.cell.interval.low > 0)
    .flatMap((up) =>
      sides
        .filter(
          (down) =>
            down.ratio.cell.interval.high < 0 &&
            down.ratio.cell.term === up.ratio.cell.term &&
            down.column.table === up.column.table &&
            dependentOf(down.column) === dependentOf(up.column) &&
            nobsOf(up.column) !== undefined &&
            nobsOf(down.column)?.printed === nobsOf(up.column)?.printed
        )
        .map((down): Find => {
          const term = up.ratio.cell.term
          return {
            check: "signs",
            verdict: "doubt",
            where: [`${up.column.id} ${term}`, `${down.column.id} ${term}`],
            says: `${term} is significant with both signs in columns that explain ${dependentOf(up.column)} with the same observations`,
            arithmetic: [up, down].map(({ ratio }) => `${quoted(ratio.cell)} (${ratio.bracket.printed})`)
          }
        })
    )
}
