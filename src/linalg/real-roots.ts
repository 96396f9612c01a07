const at = (polynomial: ArrayLike<number>, x: number): number => {
  let value = 0
  for (let i = polynomial.length - 1; i >= 0; i--) value = value * x + polynomial[i]!
  return value
}

/** The sign change between `low` and `high`, to the last place. */
const bisect = (polynomial: ArrayLike<number>, low: number, high: number): number => {
  let [from, to] = [low, high]
  const rising = at(polynomial, from) < 0
  for (;;) {
    const middle = from / 2 + to / 2
    if (middle <= from || middle >= to) return middle
    if (at(polynomial, middle) < 0 === rising) from = middle
    else to = middle
  }
}

/**
 * The real numbers at which the polynomial c_0 + c_1 x + c_2 x^2 + … changes its sign, ascending; roots at which it does not (of even multiplicity) are left
 * out, or where rounding parts them found as two neighbours. Between neighbouring roots of the derivative, found in the same way, there is at most one. The polynomial of zeros has none.
 */
export const signChanges = (coefficients: ArrayLike<number>): ReadonlyArray<number> => {
  let degree = coefficients.length - 1
  while (degree > 0 && coefficients[degree] === 0) degree--
  if (degree < 1) return []
  const lead = coefficients[degree]!
  const polynomial = Float64Array.from({ length: degree + 1 }, (_, i) => coefficients[i]! / lead)
  // Cauchy's bound: no root is farther from zero.
  const bound = 1 + polynomial.reduce((most, c, i) => (i < degree ? Math.max(most, Math.abs(c)) : most), 0)
  const turning = degree === 1 ? [] : signChanges(Float64Array.from({ length: degree }, (_, i) => (i + 1) * polynomial[i + 1]!))
  const marks = [-bound, ...turning.filter((x) => Math.abs(x) < bound), bound]
  const roots: Array<number> = []
  for (let i = 1; i < marks.length; i++)
    if (at(polynomial, marks[i - 1]!) < 0 !== at(polynomial, marks[i]!) < 0) roots.push(bisect(polynomial, marks[i - 1]!, marks[i]!))
  return roots
}
