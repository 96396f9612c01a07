/**
 * p-values adjusted for the false discovery rate among them (Benjamini and Hochberg 1995), as R's p.adjust(method = "fdr"): the i-th smallest of m becomes
 * the least of (m/j) p_(j) over j >= i. A NaN (no test) stays NaN and is not counted among the m.
 */
export const falseDiscoveryRate = (p: Float64Array): Float64Array => {
  const order = Array.from(p.keys())
    .filter((i) => !Number.isNaN(p[i]!))
    .sort((a, b) => p[b]! - p[a]!)
  const adjusted = new Float64Array(p.length).fill(Number.NaN)
  let least = 1
  order.forEach((i, above) => {
    least = Math.min(least, (order.length / (order.length - above)) * p[i]!)
    adjusted[i] = least
  })
  return adjusted
}
