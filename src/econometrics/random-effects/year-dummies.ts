import type { Factor } from "../sample/factor.ts"
import type { Variable } from "../sample/variable.ts"

/** The dummies of all years but the first. */
export const yearDummies = ({ codes, labels }: Factor): ReadonlyArray<Variable> =>
  labels.slice(1).map((label, t) => ({ name: `${label}`, values: Float64Array.from(codes, (code) => (code === t + 1 ? 1 : 0)) }))
