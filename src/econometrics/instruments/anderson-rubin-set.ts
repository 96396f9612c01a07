import { along } from "../../linalg/orthonormal.ts"
import { fQuantile } from "../../stats/distributions.ts"
import type { Test } from "../linear/inference.ts"
import { waldStatistic } from "../variance/wald.ts"
import { type Instrumented, singularNote } from "./instrumented.ts"

/** Angles at which the statistic is computed before its crossings are refined. */
const GRID = 1024

/**
 * The confidence set of one endogenous regressor's coefficient by inversion of the Anderson-Rubin F test, a row a bound. It holds its level however weak the
 * instruments are, and may be an interval, two rays, the whole line, empty (over-identified: no coefficient fits the instruments), or of several pieces.
 *
 * AR(b) is the Wald statistic of Z in y - b x, its variance being V11 - b (V12 + V21) + b^2 V22 of the reduced-form residuals. b runs over the whole line as
 * centre + scale tan(angle), b = infinity being the first stage's own Wald statistic; crossings of the critical value are found between 1,024 angles and at the
 * extremes between them, and refined to full precision.
 *
 * Source: Anderson and Rubin (1949); Mikusheva (2010), Journal of Econometrics 157; Andrews, Stock and Sun (2019), Annual Review of Economics 11.
 */
export const andersonRubinSet = (equation: Instrumented, level: number, centre: number, scale: number): ReadonlyArray<Test> => {
  const { K1, L1, df2, fOf } = equation
  const base = { test: "anderson_rubin_set", df: L1, df2, pValue: undefined }
  if (K1 > 1)
    return [
      {
        ...base,
        variant: "not computed",
        statistic: undefined,
        note: "a set is computed for one endogenous regressor; anderson_rubin_f tests all coefficients together"
      }
    ]
  const statistic = statisticByAngle(equation, centre, scale)
  const critical = fQuantile(level, L1, df2) / fOf(1, L1)!
  const roots = crossings((angle) => statistic(angle) - critical)
  if (roots === undefined) return [{ ...base, variant: "not computed", statistic: undefined, note: singularNote(equation, L1) }]
  const bound = (angle: number): number => centre + scale * Math.tan(angle)
  const accepted = (angle: number): boolean => statistic(angle) <= critical
  const inner = roots.slice(1).filter((to, i) => accepted((roots[i]! + to) / 2)).length
  const unbounded = accepted(Math.PI / 2)
  const instruments = L1 === 1 ? "the instrument tells" : "the instruments tell"
  const variant =
    roots.length === 0
      ? unbounded
        ? `the whole line: ${instruments} nothing`
        : "empty: the test rejects every coefficient"
      : unbounded
        ? inner === 0
          ? "two rays: outside the bounds"
          : `two rays, outside the bounds, and ${inner} interval${inner === 1 ? "" : "s"} between`
        : inner === 1
          ? "an interval"
          : `${inner} intervals`
  const percent = Number((100 * level).toPrecision(6))
  const note = `${percent}% confidence set: the coefficients that the Anderson-Rubin F test does not reject at ${Number((100 - percent).toPrecision(6))}%, robust to weak instruments`
  return roots.length === 0 ? [{ ...base, variant, statistic: undefined, note }] : roots.map((angle) => ({ ...base, variant, statistic: bound(angle), note }))
}

/** AR as a function of the angle; both its moments and their variance are homogeneous in cosine and sine. NaN where the variance is singular. */
const statisticByAngle = ({ L1, moments, residuals, x, y, z }: Instrumented, centre: number, scale: number): ((angle: number) => number) => {
  const from = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - centre * b[i]!)
  const times = (a: Float64Array): Float64Array => a.map((value) => scale * value)
  const [p, q] = [along(z, from(y, x[0]!)), along(z, times(x[0]!))]
  const joint = moments.of(z, [from(residuals.y, residuals.x[0]!), times(residuals.x[0]!)])
  const block = (row: number, column: number, a: number, b: number): number => joint[(row * L1 + a) * 2 * L1 + column * L1 + b]!
  return (angle) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const variance = Float64Array.from({ length: L1 * L1 }, (_, i) => {
      const [a, b] = [Math.floor(i / L1), i % L1]
      return c * c * block(0, 0, a, b) - c * s * (block(0, 1, a, b) + block(1, 0, a, b)) + s * s * block(1, 1, a, b)
    })
    return waldStatistic(
      p.map((value, i) => c * value - s * q[i]!),
      variance,
      moments.rank - 1
    )
  }
}

/** The angles in (-pi/2, pi/2) at which a function of period pi changes sign, ascending; undefined where it is NaN. */
const crossings = (h: (angle: number) => number): ReadonlyArray<number> | undefined => {
  const at = (i: number): number => -Math.PI / 2 + (Math.PI * i) / GRID
  const values = Array.from({ length: GRID + 1 }, (_, i) => h(at(i)))
  if (values.some(Number.isNaN)) return undefined
  const roots: Array<number> = []
  const cross = (from: number, to: number): void => {
    if (h(from) < 0 !== h(to) < 0) roots.push(bisect(h, from, to))
  }
  for (let i = 0; i < GRID; i++) {
    const [before, here, after] = [values[i === 0 ? GRID - 1 : i - 1]!, values[i]!, values[i + 1]!]
    const sign = here < 0 ? -1 : 1
    // The least of a positive run or the greatest of a negative one may cross the axis and return between two angles.
    if (sign * (before - here) > 0 && sign * (after - here) > 0 && before < 0 === here < 0 && after < 0 === here < 0) {
      const turn = extreme((angle) => sign * h(angle), at(i) - Math.PI / GRID, at(i + 1))
      if (h(turn) < 0 !== here < 0) {
        cross(at(i) - Math.PI / GRID, turn)
        cross(turn, at(i + 1))
      }
    }
    cross(at(i), at(i + 1))
  }
  const wrapped = roots.map((angle) => (angle <= -Math.PI / 2 ? angle + Math.PI : angle))
  return wrapped.sort((a, b) => a - b)
}

const bisect = (h: (angle: number) => number, from: number, to: number): number => {
  let [low, high] = [from, to]
  const negative = h(low) < 0
  for (;;) {
    const middle = (low + high) / 2
    if (!(middle > low && middle < high)) return middle
    if (h(middle) < 0 === negative) low = middle
    else high = middle
  }
}

/** The least of a function between two angles, by golden sections. */
const extreme = (f: (angle: number) => number, from: number, to: number): number => {
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [from, to]
  for (let step = 0; step < 60; step++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)]
    if (f(a) < f(b)) high = b
    else low = a
  }
  return (low + high) / 2
}
