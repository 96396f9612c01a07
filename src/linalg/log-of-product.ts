/** A product is kept until it leaves this range, and its logarithm is taken then: fewer roundings than a sum of logarithms, and far less time. */
const LARGE = 2 ** 500

/** ln|x_0 x_1 ..| and the sign of the product; -Infinity and 0 where a factor is zero. Factors between 2^-500 and 2^500. */
export const logOfProduct = (x: Float64Array): { readonly logAbsolute: number; readonly sign: number } => {
  let logAbsolute = 0
  let sign = 1
  let product = 1
  for (let i = 0; i < x.length; i++) {
    product *= x[i]!
    const size = Math.abs(product)
    if (size < LARGE && size > 1 / LARGE) continue
    logAbsolute += Math.log(size)
    sign *= Math.sign(product)
    product = 1
  }
  return { logAbsolute: logAbsolute + Math.log(Math.abs(product)), sign: sign * Math.sign(product) }
}
