/**
 * The reflection I - beta v v' that takes x to (alpha, 0, .., 0): v is written over x with v_0 = x_0 - alpha, and x_0's sign is taken so that nothing
 * cancels. Where x is (x_0, 0, .., 0) there is nothing to do, beta is 0 and alpha x_0. (Golub and Van Loan 2013, algorithm 5.1.1.)
 */
export const reflection = (x: Float64Array): { readonly alpha: number; readonly beta: number } => {
  let largest = 0
  for (let i = 1; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!))
  const first = x[0]!
  if (largest === 0) {
    x.fill(0)
    return { alpha: first, beta: 0 }
  }
  const scale = Math.max(largest, Math.abs(first))
  let squares = 0
  for (let i = 0; i < x.length; i++) {
    x[i]! /= scale
    squares += x[i]! * x[i]!
  }
  const alpha = (first > 0 ? -1 : 1) * Math.sqrt(squares)
  x[0]! -= alpha
  return { alpha: alpha * scale, beta: -1 / (alpha * x[0]!) }
}
