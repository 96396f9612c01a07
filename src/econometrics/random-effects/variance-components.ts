import { leastSquares, qr } from "../../linalg/qr.ts"
import { groupWeights } from "../effects/effect-system.ts"
import { Fault } from "../fault.ts"
import { variation } from "../linear/collinear.ts"
import { residualsOf } from "../linear/least-squares.ts"
import { type Factor, intersection } from "../sample/factor.ts"

/** Variances of a panel's errors u_i + v_t + e_it. */
export interface VarianceComponents {
  /** Of e. */
  readonly idiosyncratic: number
  /** Of u. */
  readonly entity: number
  /** Of v; 0 where only entities are random. */
  readonly year: number
  /** The estimates of the last two before negative ones were set to zero. */
  readonly untruncated: { readonly entity: number; readonly year: number }
}

/**
 * How the one-way model's entity variance is taken from the between regression of an unbalanced panel; in a balanced one both are the same.
 *
 * - `xtreg`: entities count once, T_i by its harmonic mean (Stata `xtreg, re`).
 * - `baltagi-chang`: entities count by their rows, the expectation is exact (Baltagi and Chang 1994; Stata `xtreg, re sa`, plm's `swar`).
 */
export type ComponentsChoice = "xtreg" | "baltagi-chang"

interface Between {
  readonly ssr: number
  readonly df: number
  /** An orthonormal basis of the columns over the rows of the panel, a value a group. */
  readonly basis: ReadonlyArray<Float64Array>
}

const centred = (column: Float64Array, counts: Float64Array | undefined): Float64Array => {
  const count = (g: number): number => (counts === undefined ? 1 : counts[g]!)
  const mean = column.reduce((sum, value, g) => sum + count(g) * value, 0) / column.reduce((sum, _, g) => sum + count(g), 0)
  return column.map((value) => value - mean)
}

/** The regression of group means on a constant and the regressors' means, groups counting once or by their rows; a Fault where no degree of freedom is left. */
const between = (y: Float64Array, x: ReadonlyArray<Float64Array>, group: Factor, counted: "once" | "by-rows"): Between => {
  const sizes = groupWeights(group, undefined)
  const means = (column: Float64Array): Float64Array => groupWeights(group, column).map((sum, g) => sum / sizes[g]!)
  const scaled = (column: Float64Array): Float64Array => (counted === "once" ? column : column.map((value, g) => value * Math.sqrt(sizes[g]!)))
  const counts = counted === "once" ? undefined : sizes
  const byGroup = x.map(means)
  // Off their means, which the constant takes in any case, columns of large means keep the digits of their variation.
  const columns = [new Float64Array(group.levels).fill(1), ...byGroup.map((column) => centred(column, counts))]
  const rows = columns.map(scaled)
  const { kept, r, rank, ...rest } = qr(rows, { norms: [Math.sqrt(group.levels), ...byGroup.map((column) => variation(column, counts))] })
  const df = group.levels - rank
  if (df < 1)
    throw new Fault(
      "between-regression",
      `random effects need the regression of the ${group.levels} means by ${group.name} on ${rank} coefficients, and no degree of freedom is left: take fewer regressors (in an unbalanced panel each year dummy is one)`
    )
  const target = scaled(centred(means(y), counts))
  const residuals = residualsOf(
    target,
    kept.map((c) => rows[c]!),
    leastSquares({ kept, r, rank, ...rest }, target)
  )
  const basis: Array<Float64Array> = []
  for (const [k, c] of kept.entries()) {
    const column = columns[c]!.slice()
    for (const [j, q] of basis.entries()) for (let g = 0; g < column.length; g++) column[g] = column[g]! - r[j * rank + k]! * q[g]!
    basis.push(column.map((value) => value / r[k * rank + k]!))
  }
  return { ssr: residuals.reduce((sum, e) => sum + e * e, 0), df, basis }
}

/** What one unit of variance of the effects `of` adds to the expected SSR of the between regression over `group`: |(I - QQ') P D|^2, P the means by group, D the dummies. */
const loading = (of: Factor, group: Factor, basis: ReadonlyArray<Float64Array>): number => {
  const sizes = groupWeights(group, undefined)
  const cells = intersection(group, of)
  const counts = groupWeights(cells, undefined)
  const whole = cells.codes.reduce((sum, cell, row) => sum + counts[cell]! / sizes[group.codes[row]!]!, 0)
  const explained = basis.reduce((total, q) => {
    const sums = groupWeights(
      of,
      Float64Array.from(group.codes, (g) => q[g]!)
    )
    return sums.reduce((sum, value) => sum + value * value, total)
  }, 0)
  return whole - explained
}

const truncated = (idiosyncratic: number, entity: number, year: number): VarianceComponents => ({
  idiosyncratic,
  entity: Math.max(0, entity),
  year: Math.max(0, year),
  untruncated: { entity, year }
})

/**
 * Swamy and Arora's (1972) variance of random entity effects: SSR of the between regression over the entities less what the idiosyncratic errors, of variance
 * `s2` (that of the within regression), explain of it. `x` are all regressors, year dummies among them where the model has them.
 *
 * `xtreg`: s2_u = SSR/(N - K) - s2/Tbar, Tbar the harmonic mean of T_i. `baltagi-chang`: s2_u = (SSR - (N - K) s2)/(n - tr (A'A)^-1 A'ZZ'A), A the means on
 * the rows, Z the entity dummies. A negative variance is zero.
 */
export const oneWayComponents = (y: Float64Array, x: ReadonlyArray<Float64Array>, entity: Factor, s2: number, choice: ComponentsChoice): VarianceComponents => {
  if (choice === "xtreg") {
    const { df, ssr } = between(y, x, entity, "once")
    return truncated(s2, ssr / df - (s2 * groupWeights(entity, undefined).reduce((sum, size) => sum + 1 / size, 0)) / entity.levels, 0)
  }
  const { basis, df, ssr } = between(y, x, entity, "by-rows")
  return truncated(s2, (ssr - df * s2) / loading(entity, entity, basis), 0)
}

/**
 * Swamy and Arora's variances of random entity and year effects. In an unbalanced panel the entities' means hold the years' effects and the other way round: the
 * two between regressions, rows counted, give two equations in s2_u and s2_v, SSR_g = (N_g - K) s2 + |R_g Z_u|^2 s2_u + |R_g Z_v|^2 s2_v with R_g the residual
 * maker after averaging over g (Baltagi and Chang 2000; plm's `swar`, `effect = "twoways"`). Balanced, each is an equation in its own variance. A negative
 * variance is zero, and the other stays as it was solved for.
 */
export const twoWayComponents = (y: Float64Array, x: ReadonlyArray<Float64Array>, entity: Factor, year: Factor, s2: number): VarianceComponents => {
  const equations = [entity, year].map((group) => {
    const { basis, df, ssr } = between(y, x, group, "by-rows")
    return { entity: loading(entity, group, basis), year: loading(year, group, basis), left: ssr - df * s2 }
  })
  const [a, b] = equations as [(typeof equations)[number], (typeof equations)[number]]
  const determinant = a.entity * b.year - a.year * b.entity
  if (!(Math.abs(determinant) > 1e-12 * a.entity * b.year))
    throw new Fault(
      "variance-components",
      `the variances of ${entity.name} and ${year.name} effects cannot be told apart in this panel: take the one-way model, or a sample in which each ${entity.name} has several years`
    )
  return truncated(s2, (a.left * b.year - b.left * a.year) / determinant, (b.left * a.entity - a.left * b.entity) / determinant)
}
