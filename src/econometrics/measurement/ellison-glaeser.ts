/** H = sum_k S_k^2 - 1/K over the K units of an entity, S_k the unit's share of x (eq. 22). */
const concentration = (x: Float64Array): number => {
  const sum = x.reduce((a, b) => a + b, 0)
  return x.reduce((total, value) => total + (value / sum) ** 2, 0) - 1 / x.length
}

/**
 * The simplified Ellison-Glaeser index of two industries' co-agglomeration over the K >= 2 units of one entity, from their employment by unit:
 * [H_ij - (w_i^2 H_i + w_j^2 H_j)]/[1 - (w_i^2 + w_j^2)], w the industries' shares of their joint employment (eq. 21, which prints w_i twice; Ellison and
 * Glaeser 1997; Devereux, Griffith and Simpson 2004). Both must have employment. The denominator is written as its equal 2 w_i w_j, which does not cancel
 * when one industry is small. Identity: the index is sum_k s_k^i s_k^j - 1/K.
 */
export const ellisonGlaeser = (i: Float64Array, j: Float64Array): number => {
  const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0)
  const w = sum(i) / (sum(i) + sum(j))
  const v = 1 - w
  const joint = i.map((employment, k) => employment + j[k]!)
  return (concentration(joint) - (w ** 2 * concentration(i) + v ** 2 * concentration(j))) / (2 * w * v)
}
