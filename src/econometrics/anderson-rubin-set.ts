import { inverseGram, leastSquares, qr } from "../linalg/qr.ts"
import { fQuantile } from "../stats/distributions.ts"
import { clusterScores } from "./cluster-variance.ts"
import type { FeSample } from "./fe-sample.ts"
import type { Test } from "./inference.ts"
import type { Instrumented } from "./instrumented.ts"
import { johnsonNeyman } from "./johnson-neyman.ts"
import { residualsOf } from "./least-squares.ts"

/**
 * The 95% confidence set of the endogenous regressor's coefficient by inversion of the Anderson-Rubin F test, a row a bound. It holds its level however
 * weak the instrument is, and may be an interval, two rays, or the whole line.
 *
 * With one instrument it is the b with (g_y - b g_x)^2 <= c^2 var(g_y - b g_x), g being the slopes of y and x on the instrument: a quadratic inequality,
 * the complement of a Johnson-Neyman region. `factor` is what turns the chi-squared statistic into the F. With more instruments the set is not computed.
 * Source: Mikusheva (2010), Journal of Econometrics 157; Andrews, Stock and Sun (2019), Annual Review of Economics 11.
 */
export const andersonRubinSet = (sample: FeSample, { instruments, x, y }: Instrumented["partialled"], factor: number): ReadonlyArray<Test> => {
  const { index } = sample.absorber
  const G = index.entities.length
  const base = { test: "anderson_rubin_set", df: 1, df2: G - 1, pValue: undefined }
  if (instruments.length > 1) return [{ ...base, variant: "not computed", statistic: undefined, note: "computed for one excluded instrument only" }]
  const design = qr(instruments)
  const bread = inverseGram(design)[0]!
  const [ofY, ofX] = [leastSquares(design, y), leastSquares(design, x)]
  const scores = (e: Float64Array) => clusterScores(instruments, e, index.entity, G)
  const [sy, sx] = [scores(residualsOf(y, instruments, ofY)), scores(residualsOf(x, instruments, ofX))]
  const covariance = (a: Float64Array, b: Float64Array) => bread ** 2 * a.reduce((sum, v, g) => sum + v * b[g]!, 0)
  const { kind, roots } = johnsonNeyman(
    { b1: ofY[0]!, b3: -ofX[0]!, v11: covariance(sy, sy), v13: -covariance(sy, sx), v33: covariance(sx, sx) },
    Math.sqrt(fQuantile(0.95, 1, G - 1) / factor),
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  )
  const variant = { outside: "an interval", inside: "two rays: outside the bounds", none: "the whole line: the instrument tells nothing", all: "empty" }[kind]
  const note = "95% confidence set: the coefficients that the Anderson-Rubin F test does not reject at 5%, robust to weak instruments"
  return roots.length === 0 ? [{ ...base, variant, statistic: undefined, note }] : roots.map((root) => ({ ...base, variant, statistic: root, note }))
}
