import { Fault } from "../fault.ts"

/** Mean consistency index of random matrices of order 1 to 15 (Saaty 1980, The Analytic Hierarchy Process). */
const randomIndex = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59]
/** Past Saaty's table, the line through random matrices' mean principal eigenvalues (Alonso and Lamata 2006). */
const randomIndexOf = (size: number): number => randomIndex[size - 1] ?? (1.7699 * size - 4.3513) / (size - 1)

/** How far a_ij * a_ji may be from 1, so that 1/3 can be written 0.333. */
const reciprocity = 0.01
const mostIterations = 100_000

/** Weights from pairwise comparisons, the principal eigenvalue of their matrix, the consistency index (lambda - n)/(n - 1) and its ratio to that of random matrices. */
export interface AnalyticHierarchy {
  readonly weights: ReadonlyArray<number>
  readonly eigenvalue: number
  readonly consistencyIndex: number
  /** Above 0.1 the comparisons contradict each other too much (Saaty). 0 for one or two. */
  readonly consistencyRatio: number
}

/**
 * The analytic hierarchy process (Saaty 1977, Journal of Mathematical Psychology 15: 234-281): weights are the principal eigenvector of the matrix of pairwise
 * comparisons, a_ij being how many times as important i is as j, scaled to sum to one. A Fault `bad-comparisons` tells every entry that is not positive, not 1
 * on the diagonal, or not the reciprocal of its mirror image (to 1 %).
 */
export const analyticHierarchy = (comparisons: ReadonlyArray<ReadonlyArray<number>>): AnalyticHierarchy => {
  const size = comparisons.length
  const found = comparisonFaults(comparisons)
  if (found.length > 0) throw new Fault("bad-comparisons", `the comparison matrix: ${found.join("; ")}`)
  let weights: ReadonlyArray<number> = comparisons.map(() => 1 / size)
  let eigenvalue = size
  // The matrix is positive: powers of it turn to the one positive eigenvector (Perron).
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const image = comparisons.map((row) => row.reduce((sum, a, j) => sum + a * weights[j]!, 0))
    eigenvalue = image.reduce((sum, value) => sum + value, 0)
    const next = image.map((value) => value / eigenvalue)
    const change = Math.max(...next.map((w, i) => Math.abs(w / weights[i]! - 1)))
    weights = next
    if (change <= 4 * Number.EPSILON) break
  }
  const consistencyIndex = size < 3 ? 0 : (eigenvalue - size) / (size - 1)
  return { weights, eigenvalue, consistencyIndex, consistencyRatio: size < 3 ? 0 : consistencyIndex / randomIndexOf(size) }
}

/** What is wrong with a matrix of comparisons, rows and columns from 1; nothing where it is square, positive and reciprocal. */
export const comparisonFaults = (comparisons: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<string> => {
  const size = comparisons.length
  const ragged = comparisons.findIndex((row) => row.length !== size)
  if (size === 0) return ["it has no rows: give one row for each indicator"]
  if (ragged !== -1) return [`row ${ragged + 1} has ${comparisons[ragged]!.length} entries where there are ${size} rows: make it square`]
  return comparisons.flatMap((row, i) =>
    row.flatMap((a, j) => {
      if (!(a > 0 && Number.isFinite(a))) return [`row ${i + 1}, column ${j + 1} is ${a}: comparisons are positive numbers`]
      if (i === j) return a === 1 ? [] : [`row ${i + 1}, column ${j + 1} is ${a}: an indicator compared with itself is 1`]
      const mirror = comparisons[j]![i]!
      if (j < i || !(mirror > 0) || Math.abs(a * mirror - 1) <= reciprocity) return []
      return [`row ${i + 1}, column ${j + 1} is ${a} and row ${j + 1}, column ${i + 1} is ${mirror}: they must be reciprocals (${1 / a})`]
    })
  )
}
