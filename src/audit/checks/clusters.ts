import type { Find } from "../find.ts"
import { type Column, type Paper, termsOf } from "../paper.ts"

const slopesOf = (column: Column): number => termsOf(column).filter((term) => term !== "(constant)").length

/**
 * The clustered variance of k coefficients is a sum over G clusters whose scores sum to zero, so that its rank is at most G - 1 (Cameron and Miller 2015, sec. VI.A):
 * with fewer clusters some combinations of the coefficients have a variance of zero by construction.
 */
export const clustersCheck = ({ columns }: Paper): ReadonlyArray<Find> => {
  const few = columns.filter(({ model, ...column }) => {
    const slopes = slopesOf({ model, ...column })
    return model.variance === "clustered" && model.clusters !== undefined && slopes > 1 && model.clusters - 1 < slopes
  })
  return few.length === 0
    ? []
    : [
        {
          check: "few clusters",
          verdict: "doubt",
          where: few.map(({ id }) => id),
          says: `${few.length === 1 ? "one column has" : `${few.length} columns have`} fewer clusters than coefficients: clustered standard errors of so few clusters can be far too small, and a test of all coefficients together is impossible`,
          arithmetic: few.map(
            (column) =>
              `${column.id}: ${column.model.clusters} clusters, ${slopesOf(column)} slopes; the clustered covariance matrix has a rank of at most ${column.model.clusters! - 1}`
          )
        }
      ]
}
