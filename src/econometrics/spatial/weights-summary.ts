import { similarSymmetric } from "../../linalg/similar-symmetric.ts"
import { rowSums, type SparseMatrix, toDense, transpose } from "../../linalg/sparse-matrix.ts"
import { connectedComponents, hasCycle, isPatternSymmetric } from "../../linalg/sparse-pattern.ts"
import { symmetricEigenvalues } from "../../linalg/symmetric-eigenvalues.ts"
import { rhoInterval } from "./determinant/rho-interval.ts"
import { spectrum, spectrumOf } from "./determinant/spectrum.ts"
import { fromLinks, islands, type WeightsMatrix } from "./weights/weights-matrix.ts"

/** What one looks at before weights are used. Links of weight zero are none. */
export interface WeightsSummary {
  readonly entities: number
  readonly links: number
  /** The share of ordered pairs that are linked. */
  readonly density: number
  readonly neighbours: { readonly least: number; readonly mean: number; readonly most: number }
  /** Entities without a neighbour. */
  readonly islands: ReadonlyArray<string>
  /** Groups of entities that links join, whichever way they go; an island that is nobody's neighbour is one. `sizes` falls. */
  readonly components: { readonly count: number; readonly sizes: ReadonlyArray<number> }
  /** weights: w_ij = w_ji to rounding; links: i is linked to j where j is to i; none: neither. */
  readonly symmetric: "weights" | "links" | "none"
  /** Whether a symmetric matrix has the same eigenvalues: they are real then. So it is with symmetric weights that were row-standardised. */
  readonly similarToSymmetric: boolean
  readonly rowSums: { readonly least: number; readonly most: number }
  /**
   * The interval of rho around zero in which I - rho W has an inverse: by the eigenvalues where it is `exact`, else one that lies inside of it. Undefined where W has
   * no eigenvalue but zero: any rho does.
   */
  readonly rho: { readonly lower: number; readonly upper: number; readonly exact: boolean } | undefined
}

/** Up to so many entities the bounds are by all eigenvalues. */
const FEW = 400

const hasSymmetricValues = (matrix: SparseMatrix): boolean => {
  const across = transpose(matrix).values
  return matrix.values.every((w, at) => Math.abs(w - across[at]!) <= 1e-12 * Math.abs(w))
}

const rhoOf = (matrix: SparseMatrix, symmetric: SparseMatrix | undefined): WeightsSummary["rho"] => {
  if (!hasCycle(matrix)) return undefined
  if (matrix.rows > FEW) return { ...rhoInterval(matrix, symmetric), exact: false }
  const { lower, upper } =
    symmetric === undefined
      ? spectrum(toDense(matrix), matrix.rows)
      : spectrumOf({ real: symmetricEigenvalues(toDense(symmetric), matrix.rows), imaginary: new Float64Array(matrix.rows) })
  return { lower, upper, exact: true }
}

/** Neighbours, connectivity, symmetry, row sums, and between which rho may lie. */
export const weightsSummary = (weights: WeightsMatrix): WeightsSummary => {
  const { entities } = weights
  const from = Array.from({ length: weights.matrix.values.length }, () => 0)
  for (let i = 0; i < entities.length; i++) from.fill(i, weights.matrix.starts[i]!, weights.matrix.starts[i + 1]!)
  const { matrix } = fromLinks(entities, from, weights.matrix.columns, weights.matrix.values)
  const counts = entities.map((_, i) => matrix.starts[i + 1]! - matrix.starts[i]!)
  const { component, count } = connectedComponents(matrix)
  const sizes = new Array<number>(count).fill(0)
  for (const one of component) sizes[one]!++
  const symmetric = similarSymmetric(matrix)
  const sums = rowSums(matrix)
  const ends = (values: ReadonlyArray<number> | Float64Array) => ({
    least: (values as ReadonlyArray<number>).reduce((a, b) => Math.min(a, b), Infinity),
    most: (values as ReadonlyArray<number>).reduce((a, b) => Math.max(a, b), -Infinity)
  })
  return {
    entities: entities.length,
    links: matrix.values.length,
    density: entities.length < 2 ? 0 : matrix.values.length / (entities.length * (entities.length - 1)),
    neighbours: { ...ends(counts), mean: matrix.values.length / entities.length },
    islands: islands(weights),
    components: { count, sizes: sizes.sort((a, b) => b - a) },
    symmetric: !isPatternSymmetric(matrix) ? "none" : hasSymmetricValues(matrix) ? "weights" : "links",
    similarToSymmetric: symmetric !== undefined,
    rowSums: ends(sums),
    rho: rhoOf(matrix, symmetric)
  }
}
