/**
 * Location quotients of one industry in one year, LQ_p = (E_p / sum E)/(T_p / sum T): E the industry's employment by entity, T total employment, national
 * totals being the sums of the entities (eqs 18 and 19). T and sum E must be positive.
 */
export const locationQuotients = (industry: Float64Array, total: Float64Array): Float64Array => {
  const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0)
  const national = sum(industry) / sum(total)
  return industry.map((employment, p) => employment / total[p]! / national)
}
