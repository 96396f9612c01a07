import { sandwich, submatrix } from "../linalg/cross-product.ts"
import { symmetricEigen } from "../linalg/symmetric-eigen.ts"
import { chi2Upper, fUpper } from "../stats/distributions.ts"
import { clusterFactor, clusterMeat } from "./cluster-variance.ts"
import type { Warning } from "./fault.ts"
import type { FeSample, Variable } from "./fe-sample.ts"
import { CONSTANT } from "./fixed-effects.ts"
import { type Inference, infer, type Test } from "./inference.ts"
import { slopesOnly } from "./linear-fit.ts"
import { countCodes, type PanelIndex } from "./panel-index.ts"
import { type Components, components, type GlsFit, gls, type RandomEffects, yearDummies } from "./random-effects.ts"
import { waldStatistic } from "./wald.ts"
import { type WithinFit, within } from "./within.ts"

export interface HausmanOptions {
  readonly effects?: RandomEffects
  readonly tolerance?: number
  readonly level?: number
}

export interface HausmanFit {
  /** The fixed effects regression, variance iid. */
  readonly fixed: WithinFit
  /** Slopes and the constant of the random effects regression, variance iid. */
  readonly random: Inference
  readonly components: Components
  /** Standard error of the quasi-demeaned regression. */
  readonly randomSigma: number
  readonly tests: ReadonlyArray<Test>
  readonly warnings: ReadonlyArray<Warning>
}

/** An eigenvalue at most this share of the largest (in units of the fixed effects variances) is zero. */
const ZERO = 1e-10

/**
 * Fixed against random effects: are the effects correlated with the regressors?
 *
 * The classical test (Hausman 1978) is d'(V_FE - V_RE)^- d over the slopes, d = b_FE - b_RE, chi-squared with the rank of the difference. In a sample the
 * difference need not be positive semi-definite: then its eigenvalues are told, the statistic keeps its sign (plm takes the absolute value), and
 * a negative one has no p-value. `sigmamore` scales V_FE by the random effects' s2, which makes the difference positive semi-definite as a rule. Mundlak's
 * (1978) version adds the regressors' entity means (two-way: year means too) to the random effects regression and tests them with the cluster-robust variance;
 * it is defined always and does not need errors that are iid.
 */
export const hausman = (index: PanelIndex, y: Variable, x: ReadonlyArray<Variable>, options: HausmanOptions = {}): HausmanFit => {
  const effects = options.effects ?? "one-way"
  const fixed = within(index, y, x, { ...options, variance: "iid" })
  const { regressors, sample } = fixed
  const dependent = sample.pick(y).values
  const s2 = fixed.statistics.sigma ** 2
  const found = components(
    sample,
    effects,
    dependent,
    regressors.map(({ values }) => values),
    s2
  )
  const others = effects === "one-way" ? yearDummies(sample) : []
  const random = gls(found, dependent, [...regressors, ...others], CONSTANT)

  const k = regressors.length
  const at = regressors.map(({ name }) => random.names.indexOf(name))
  const size = random.names.length
  const breadRandom = submatrix(random.bread, size, at)
  const d = Float64Array.from(at, (j, i) => fixed.coefficients[i]! - random.coefficients[j]!)
  const fixedVariance = slopesOnly(fixed.covariance.matrix, fixed)
  const difference = (scale: number) => fixedVariance.map((v, i) => v * scale - breadRandom[i]! * random.s2)
  const scales = Float64Array.from({ length: k }, (_, i) => Math.sqrt(fixedVariance[i * k + i]!))
  const variant = effects === "one-way" ? "one-way random effects, year dummies in both (xtreg)" : "two-way random effects"
  const classical = contrast(d, difference(1), scales)
  const warnings: ReadonlyArray<Warning> = classical.negative
    ? [
        {
          code: "hausman-not-definite",
          message: `the classical Hausman statistic is ${classical.statistic.toPrecision(4)}, but V_FE - V_RE is not positive semi-definite (${classical.eigenvalues}): rely on the Mundlak test`
        }
      ]
    : []
  const test = (name: string, matrix: string, { eigenvalues, negative, rank, statistic }: Contrast): Test => ({
    test: name,
    variant,
    statistic,
    df: rank,
    pValue: statistic < 0 ? undefined : chi2Upper(statistic, rank),
    note: negative ? `${matrix} is not positive semi-definite (${eigenvalues}); the sign is kept` : `${matrix} is positive semi-definite`
  })
  const shown = [...at, random.names.indexOf(CONSTANT)]
  return {
    fixed,
    random: infer(
      shown.map((j) => random.names[j]!),
      Float64Array.from(shown, (j) => random.coefficients[j]!),
      shown.map((j) => random.s2 * random.bread[j * size + j]!),
      undefined,
      options.level
    ),
    components: found,
    randomSigma: Math.sqrt(random.s2),
    tests: [
      test("hausman", "V_FE - V_RE", classical),
      test("hausman_sigmamore", "V_FE, scaled by the random effects' s2, - V_RE", contrast(d, difference(random.s2 / s2), scales)),
      mundlak(sample, found, dependent, regressors, others, effects, variant)
    ],
    warnings: [...fixed.warnings, ...warnings]
  }
}

interface Contrast {
  readonly statistic: number
  readonly rank: number
  readonly negative: boolean
  /** For a reader: the eigenvalues in units of the fixed effects variances. */
  readonly eigenvalues: string
}

/** d'M^- d by eigenvalues of M in units of `scales`, so that the units of regressors do not decide the rank. */
const contrast = (d: Float64Array, m: Float64Array, scales: Float64Array): Contrast => {
  const k = d.length
  const { values, vectors } = symmetricEigen(
    m.map((v, i) => v / (scales[Math.floor(i / k)]! * scales[i % k]!)),
    k
  )
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let statistic = 0
  let rank = 0
  let negative = false
  for (let j = 0; j < k; j++) {
    const value = values[j]!
    if (Math.abs(value) <= ZERO * largest) continue
    let along = 0
    for (let i = 0; i < k; i++) along += (vectors[j]![i]! * d[i]!) / scales[i]!
    statistic += (along * along) / value
    rank++
    if (value < 0) negative = true
  }
  return {
    statistic,
    rank,
    negative,
    eigenvalues: `eigenvalues in units of the FE variances: ${[...values]
      .reverse()
      .map((v) => v.toPrecision(3))
      .join(", ")}`
  }
}

/** Wald test, clustered by entity with the factor of `within`, that the means of the regressors have no coefficients beside them: F(k, G - 1). */
const mundlak = (
  sample: FeSample,
  found: Components,
  y: Float64Array,
  regressors: ReadonlyArray<Variable>,
  others: ReadonlyArray<Variable>,
  effects: RandomEffects,
  variant: string
): Test => {
  const { index } = sample.absorber
  const G = index.entities.length
  const means = (codes: Int32Array, levels: number, what: string): ReadonlyArray<Variable> => {
    const counts = countCodes(codes, levels)
    return regressors.map(({ name, values }) => {
      const sums = new Float64Array(levels)
      for (let i = 0; i < codes.length; i++) sums[codes[i]!] = sums[codes[i]!]! + values[i]!
      return { name: `${what} ${name}`, values: Float64Array.from(codes, (code) => sums[code]! / counts[code]!) }
    })
  }
  const added = [...means(index.entity, G, "entity mean of"), ...(effects === "two-way" ? means(index.year, index.years.length, "year mean of") : [])]
  const fit: GlsFit = gls(found, y, [...regressors, ...others, ...added], CONSTANT)
  const size = fit.names.length
  const factor = clusterFactor(G, index.rows, size)
  const covariance = sandwich(fit.bread, clusterMeat(fit.columns, fit.residuals, index.entity, G), size).map((v) => v * factor)
  const wanted = new Set(added.map(({ name }) => name))
  const at = fit.names.flatMap((name, j) => (wanted.has(name) ? [j] : []))
  const b = Float64Array.from(at, (j) => fit.coefficients[j]!)
  const statistic = at.length === 0 ? Number.NaN : waldStatistic(b, submatrix(covariance, size, at)) / at.length
  return {
    test: "mundlak",
    variant: `${variant}, clustered by entity`,
    statistic,
    df: at.length,
    df2: G - 1,
    pValue: fUpper(statistic, at.length, G - 1),
    note: Number.isNaN(statistic)
      ? `not defined: ${at.length} means are too many for ${G} clusters`
      : `H0: the regressors' ${effects === "two-way" ? "entity and year" : "entity"} means have no coefficients in the random effects regression`
  }
}
