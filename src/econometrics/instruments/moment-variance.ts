import type { LinearFit } from "../linear/linear-fit.ts"
import { type Factor, intersection } from "../sample/factor.ts"
import { clusterMeat, clusterScores } from "../variance/cluster-meat.ts"
import { clusteredBy } from "../variance/clustered-variance.ts"
import { conleyMeat } from "../variance/conley-variance.ts"
import { bartlettLag, bartlettMeat } from "../variance/driscoll-kraay-variance.ts"
import type { Variance } from "../variance/variance.ts"
import { groupNamed } from "../variance/variance-estimate.ts"

/** How the variance of moments Z'E is estimated, without a small-sample factor. */
export interface MomentVariance {
  /** "clustered by entity", "robust to heteroskedasticity", "iid". */
  readonly name: string
  readonly kind: "iid" | "HC" | "cluster"
  /** The (smallest) number of clusters; of periods, for Driscoll and Kraay's. */
  readonly clusters: number | undefined
  /** The most that the rank of a variance can be: the clusters (periods) of one factor; without such a bound, infinity. */
  readonly rank: number
  /**
   * The variance of vec(Z'E), the columns of Z within those of E, row-major: with s_i = vec(z_i e_i'), the sum over rows (HC) or clusters of s s'; under iid
   * (E'E/n) x Z'Z. Columns are those of an equation whose rows were multiplied by the roots of their weights.
   */
  readonly of: (z: ReadonlyArray<Float64Array>, e: ReadonlyArray<Float64Array>) => Float64Array
}

/** Z's columns times E's: row i of their meat with a residual of 1 is vec(z_i e_i'). */
const scores = (z: ReadonlyArray<Float64Array>, e: ReadonlyArray<Float64Array>, scale: Float64Array | undefined): ReadonlyArray<Float64Array> =>
  e.flatMap((residual) => z.map((column) => column.map((value, i) => value * residual[i]! * (scale === undefined ? 1 : scale[i]!))))

const iid =
  (n: number): MomentVariance["of"] =>
  (z, e) => {
    const size = z.length * e.length
    const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
    const zz = z.map((a) => z.map((b) => inner(a, b)))
    const ee = e.map((a) => e.map((b) => inner(a, b) / n))
    return Float64Array.from({ length: size * size }, (_, at) => {
      const [row, column] = [Math.floor(at / size), at % size]
      return ee[Math.floor(row / z.length)]![Math.floor(column / z.length)]! * zz[row % z.length]![column % z.length]!
    })
  }

/** The moments' variance that goes with a variance of coefficients: leverages (HC2, HC3, CR2) have no part in it. */
export const momentVariance = (variance: Variance, fit: LinearFit & { readonly covariance: { readonly name: string } }): MomentVariance => {
  switch (variance.kind) {
    case "iid":
      return { name: "iid", kind: "iid", clusters: undefined, rank: Number.POSITIVE_INFINITY, of: iid(fit.nobs) }
    case "HC1":
    case "HC2":
    case "HC3": {
      // A row that stands for f equal ones has f scores, not one that is f times as large.
      const scale = fit.weights?.kind === "fweight" ? fit.weights.values.map((f) => 1 / Math.sqrt(f)) : undefined
      return {
        name: "robust to heteroskedasticity",
        kind: "HC",
        clusters: undefined,
        rank: Number.POSITIVE_INFINITY,
        of: (z, e) => {
          const columns = scores(z, e, scale)
          const rows = Int32Array.from({ length: columns[0]!.length }, (_, i) => i)
          return clusterMeat(columns, ones(rows.length), rows, rows.length)
        }
      }
    }
    case "cluster":
      return clustered(variance.by.map((name) => groupNamed(fit, name)))
    case "CR2":
      return clustered([groupNamed(fit, variance.by)])
    case "driscoll-kraay": {
      const { codes, levels, name } = groupNamed(fit, variance.time, "take as time")
      const lag = bartlettLag(variance, levels)
      return {
        name: `Driscoll-Kraay over ${name}, lag ${lag}`,
        kind: "cluster",
        clusters: levels,
        rank: levels,
        of: (z, e) => {
          const columns = scores(z, e, undefined)
          return bartlettMeat(clusterScores(columns, ones(codes.length), codes, levels), levels, columns.length, lag)
        }
      }
    }
    case "conley":
      return {
        name: fit.covariance.name,
        kind: "HC",
        clusters: undefined,
        rank: Number.POSITIVE_INFINITY,
        of: (z, e) => {
          const design = scores(z, e, undefined)
          const rows = design[0]!.length
          return conleyMeat({ ...fit, terms: design.map((_, j) => String(j)), design, residuals: ones(rows), weights: undefined }, variance).meat
        }
      }
  }
}

const ones = (n: number): Float64Array => new Float64Array(n).fill(1)

const clustered = (factors: ReadonlyArray<Factor>): MomentVariance => {
  const [first, second] = factors
  return {
    name: clusteredBy(factors.map(({ name }) => name)),
    kind: "cluster",
    clusters: Math.min(...factors.map(({ levels }) => levels)),
    rank: second === undefined ? first!.levels : Number.POSITIVE_INFINITY,
    of: (z, e) => {
      const columns = scores(z, e, undefined)
      const meat = ({ codes, levels }: Factor) => clusterMeat(columns, ones(codes.length), codes, levels)
      if (second === undefined) return meat(first!)
      const [other, both] = [meat(second), meat(intersection(first!, second))]
      return meat(first!).map((value, i) => value + other[i]! - both[i]!)
    }
  }
}
