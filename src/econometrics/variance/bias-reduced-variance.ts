import { dot } from "../../linalg/dot.ts"
import { orthonormalBasis } from "../../linalg/orthonormal.ts"
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { absorb } from "../effects/absorb.ts"
import { groupWeights } from "../effects/effect-system.ts"
import { Fault, type Warning } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { scoreDesign } from "../linear/score-design.ts"
import { type Factor, isNested } from "../sample/factor.ts"
import { adjustWeightedClusters } from "./bias-reduced-weighted.ts"
import { type AdjustedCluster, type AdjustedClusters, adjustedVariance, hotelling, satterthwaite } from "./satterthwaite.ts"
import { cancelling, groupNamed, requireVariance, residualDf, type VarianceEstimate } from "./variance-estimate.ts"

/** Clustered by one factor and bias-reduced, with degrees of freedom of its own for each term. */
export interface BiasReduced {
  readonly kind: "CR2"
  readonly by: string
}

/** With more columns than this beside the absorbed effects, a matrix of that size for every cluster is too much. */
const COLUMNS = 500

/**
 * An eigenvalue of I - H_gg at most this is zero: the model fits that direction of the cluster whatever its values. (clubSandwich's 1e-12 lets rounding error pass
 * where effects are nested and rows weighted, and its degrees of freedom are then noise.)
 */
const SINGULAR = 1e-10

/** A dummy adds a direction where more than this share of its norm is left. */
const INDEPENDENT = 1e-7
/** Columns that the regression kept are held to a millionth of that. */
const FOUND_INDEPENDENT = 1e-6

/** Fewer degrees of freedom than this leave the t approximation itself in doubt (Tipton 2015, Psychological Methods 20(3)). */
const FEW_DEGREES = 4

/** The effects that are not nested in the clusters. */
const spanning = ({ factors }: LinearFit["effects"], cluster: Factor): ReadonlyArray<Factor> => factors.filter((factor) => !isNested(factor, cluster))

const groupsIn = (factors: ReadonlyArray<Factor>): number => factors.reduce((sum, { levels }) => sum + levels, 0)

/**
 * About how many operations CR2 takes: for each cluster the eigenvalues of a matrix of its rows or, without weights, of the columns where these are fewer, and the products
 * that the matrix is made of.
 */
export const biasReducedOperations = ({ effects, slopes, weights }: LinearFit, cluster: Factor): number => {
  const columns = slopes + groupsIn(spanning(effects, cluster))
  return groupWeights(cluster, undefined).reduce((sum, rows) => {
    const size = weights === undefined ? Math.min(rows, columns) : rows
    return sum + size ** 2 * Math.max(rows, columns)
  }, 0)
}

/**
 * An orthonormal basis Q of the regressors and of those effects that are not nested in the clusters, the nested effects taken off. Their residuals alone
 * are what the clusters do not share: effects that span clusters must stay, or the leverage of a cluster is not that of the model. With weights, rows times
 * their roots.
 */
const crossing = (
  { design, effects, slopes, weights }: LinearFit,
  cluster: Factor
): { readonly basis: ReadonlyArray<Float64Array>; readonly nested: ReadonlyArray<Factor> } => {
  const others = spanning(effects, cluster)
  const size = slopes + groupsIn(others)
  if (size > COLUMNS)
    throw new Fault(
      "too-many-effects",
      `CR2 by ${cluster.name} keeps what is not nested in its clusters as columns: ${slopes} slopes and ${others.map(({ levels, name }) => `${levels} ${name} effects`).join(" and ")} are more than ${COLUMNS}; cluster by a factor in which they are nested, or take { kind: "cluster" }`
    )
  const nested = effects.factors.filter((factor) => !others.includes(factor))
  const { residualize } = absorb(nested, weights?.values)
  const root = (x: Float64Array): Float64Array => (weights === undefined ? x : x.map((value, i) => value * Math.sqrt(weights.values[i]!)))
  const dummies = others.flatMap(({ codes, levels }) =>
    Array.from({ length: levels }, (_, level) => Float64Array.from(codes, (code) => (code === level ? 1 : 0)))
  )
  const columns = [...design.slice(0, slopes).map(root), ...dummies.map((dummy) => root(residualize(dummy)))]
  const length = (x: Float64Array): number => Math.sqrt(dot(x, x))
  // The regression found its columns independent, by whatever tolerance; a dummy is held against its norm before the nested effects were taken off.
  const norms = columns.map((column, c) => (c < slopes ? FOUND_INDEPENDENT * length(column) : length(root(dummies[c - slopes]!))))
  return { basis: orthonormalBasis(columns, INDEPENDENT, norms), nested }
}

/** The rows of each cluster. */
const members = ({ codes, levels }: Factor): ReadonlyArray<ReadonlyArray<number>> => {
  const rows = Array.from({ length: levels }, (): Array<number> => [])
  for (let i = 0; i < codes.length; i++) rows[codes[i]!]!.push(i)
  return rows
}

/** Q_g'Q_g = sum of z z' over its eigenvalues `values`, those of H_gg beside the nested effects: directions z over the columns of Q. */
const spectrum = (
  basis: ReadonlyArray<Float64Array>,
  rows: ReadonlyArray<number>
): { readonly values: Float64Array; readonly z: ReadonlyArray<Float64Array> } => {
  const p = basis.length
  const m = rows.length
  const q = basis.map((column) => Float64Array.from(rows, (row) => column[row]!))
  // Of Q_g'Q_g and Q_gQ_g' the smaller has all eigenvalues that are not zero.
  const byRows = m < p
  const size = byRows ? m : p
  const gram = new Float64Array(size * size)
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0
      if (byRows) for (const column of q) sum += column[a]! * column[b]!
      else for (let i = 0; i < m; i++) sum += q[a]![i]! * q[b]![i]!
      gram[a * size + b] = sum
      gram[b * size + a] = sum
    }
  const { values, vectors } = symmetricEigen(gram, size)
  return {
    values,
    z: vectors.map((vector, k) =>
      byRows
        ? Float64Array.from(q, (column) => column.reduce((sum, value, i) => sum + value * vector[i]!, 0))
        : vector.map((value) => value * Math.sqrt(Math.max(values[k]!, 0)))
    )
  }
}

/** What clusters add to CR2 without weights, from the basis Q and each term's influence on its estimate: p_gh = -b_g'b_h off the diagonal. */
const adjustClusters = (
  basis: ReadonlyArray<Float64Array>,
  columns: ReadonlyArray<Float64Array>,
  residuals: Float64Array,
  members: ReadonlyArray<ReadonlyArray<number>>
): AdjustedClusters => {
  const k = columns.length
  const p = basis.length
  // A term's influence in the basis; what nested effects have of it, A_g annihilates.
  const influence = columns.map((w) => Float64Array.from(basis, (q) => dot(q, w)))
  const clusters = members.map((rows): AdjustedCluster => {
    const { values, z } = spectrum(basis, rows)
    const scores = Float64Array.from(basis, (q) => rows.reduce((sum, row) => sum + q[row]! * residuals[row]!, 0))
    const adjusted = scores.slice()
    const root = values.map((value) => (1 - value > SINGULAR ? 1 / Math.sqrt(1 - value) : 0))
    for (let j = 0; j < z.length; j++) {
      // (root - 1)/value, written without its cancellation.
      const ratio = root[j] === 0 ? -1 / values[j]! : root[j]! / (1 + 1 / root[j]!)
      const along = ratio * dot(z[j]!, scores)
      for (let c = 0; c < p; c++) adjusted[c] = adjusted[c]! + along * z[j]![c]!
    }
    const along = influence.map((r) => Float64Array.from(z, (direction, j) => root[j]! * dot(direction, r)))
    const meets = new Float64Array(k * p)
    for (let t = 0; t < k; t++) for (let j = 0; j < z.length; j++) for (let c = 0; c < p; c++) meets[t * p + c] = meets[t * p + c]! + along[t]![j]! * z[j]![c]!
    const own = new Float64Array(k * k)
    for (let s = 0; s < k; s++)
      for (let t = 0; t < k; t++) own[s * k + t] = dot(along[s]!, along[t]!) - dot(meets.subarray(s * p, (s + 1) * p), meets.subarray(t * p, (t + 1) * p))
    return { contribution: Float64Array.from(influence, (r) => dot(r, adjusted)), own, meets }
  })
  return { terms: k, clusters, size: p, form: (x) => x.map((value) => -value) }
}

/**
 * CR2: sum_g (w_g'A_g e_g)^2 with A_g = (I - H_gg)^(+1/2), which is unbiased where errors are independent with one variance, and for each term the degrees of
 * freedom of Satterthwaite under the same working model, (sum_g p_gg)^2 / sum_gh p_gh^2, p_gh = w_g'A_g (I - H)_gh A_h w_h; w is a term's influence
 * (w'y its estimate). H is the hat matrix of the whole regression. Several terms together are tested by HTZ. No other small-sample factor applies.
 *
 * Effects nested in the clusters are absorbed, which changes nothing (Pustejovsky and Tipton 2018, theorem 2); the others stay as columns. Where I - H_gg is
 * singular its square root is the Moore-Penrose one. A cluster costs the eigenvalues of a matrix of its rows or of the columns, whichever is smaller.
 * Analytic weights keep the working model of one variance, and A_g = [(I - H)(I - H)']_gg^(+1/2); frequency weights are a Fault.
 *
 * R: clubSandwich's `vcovCR(type = "CR2")`, `coef_test(test = "Satterthwaite")` and `Wald_test(test = "HTZ")` on `lm`, with weights too; on `ivreg` for two-stage
 * least squares, H being made of the fitted regressors.
 *
 * Sources: Bell and McCaffrey (2002), Survey Methodology 28(2); Pustejovsky and Tipton (2018), Journal of Business & Economic Statistics 36(4).
 */
export const biasReducedVariance = (fit: LinearFit, { by }: BiasReduced): VarianceEstimate => {
  residualDf(fit)
  const cluster = groupNamed(fit, by)
  if (fit.weights?.kind === "fweight")
    throw new Fault("weights", 'CR2 has no frequency weights: repeat each row as often as its weight says, or take { kind: "cluster" }')
  if (cluster.levels < 2) throw new Fault("too-few-clusters", `${by} has one group alone: clustered variances need two at least`)
  const k = fit.terms.length
  const { basis, nested } = crossing(fit, cluster)
  const { columns, root } = scoreDesign(fit)
  const influence = fit.terms.map((_, t) => {
    const w = new Float64Array(fit.residuals.length)
    for (let s = 0; s < k; s++) {
      const scale = root[t * k + s]!
      if (scale !== 0) for (let i = 0; i < w.length; i++) w[i] = w[i]! + scale * columns[s]![i]!
    }
    return w
  })
  const rows = members(cluster)
  const adjusted =
    fit.weights === undefined
      ? adjustClusters(basis, influence, fit.residuals, rows)
      : adjustWeightedClusters({ cluster: by, members: rows, root: basis, nested, weights: fit.weights.values, influence, residuals: fit.residuals }, SINGULAR)
  const matrix = adjustedVariance(adjusted)
  const name = `CR2, clustered by ${by} and bias-reduced`
  requireVariance(fit, matrix, name, cancelling("cluster"))
  const df = satterthwaite(adjusted)
  return {
    name,
    matrix,
    df,
    joint: (terms) => hotelling(adjusted, terms),
    smallSample: {
      convention: "none",
      formula: "1; A_g = (I - H_gg)^(-1/2), H the whole model's hat matrix; df by Satterthwaite",
      numbers: { G: cluster.levels },
      value: 1
    },
    warnings: fewDegrees(fit, df, by)
  }
}

const fewDegrees = ({ slopes, terms }: LinearFit, df: Float64Array, by: string): ReadonlyArray<Warning> => {
  const few = terms.flatMap((term, t) => (t < slopes && df[t]! < FEW_DEGREES ? [`${term} (${df[t]!.toFixed(1)})`] : []))
  return few.length === 0
    ? []
    : [
        {
          code: "few-degrees-of-freedom",
          message: `CR2 by ${by} leaves fewer than ${FEW_DEGREES} degrees of freedom for ${few.join(", ")}: too few clusters differ in them for the t distribution to hold well`
        }
      ]
}
