import type { Find } from "../find.ts"
import { nobsOf, type Paper } from "../paper.ts"

/** Numbers of observations against entities times years, where both are told: a balanced panel has that many, no panel has more. */
export const observationsCheck = ({ columns }: Paper): ReadonlyArray<Find> =>
  columns.flatMap((column): ReadonlyArray<Find> => {
    const n = nobsOf(column)
    const { entities, years } = column.model
    if (n === undefined || entities === undefined || years === undefined) return []
    const [observed, most] = [n.interval.low, entities * years]
    return [
      {
        check: "observations",
        verdict: observed === most ? "holds" : observed > most ? "contradiction" : "doubt",
        where: [column.id],
        says:
          observed === most
            ? `N of ${column.id} is entities times years`
            : observed > most
              ? `column ${column.id} has more observations than its panel can have`
              : `column ${column.id} has fewer observations than a balanced panel of its size`,
        arithmetic: [`${entities} entities x ${years} years = ${most}; printed ${n.printed}`]
      }
    ]
  })
