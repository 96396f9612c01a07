/** The zero of a monotone function between two ends; where they do not bracket one, the end that is nearer to having it. */
export const bisect = (f: (x: number) => number, from: number, to: number, steps = 60): number => {
  const [first, last] = [f(from), f(to)]
  if (first * last > 0) return Math.abs(first) < Math.abs(last) ? from : to
  let [low, high] = [from, to]
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    if (f(middle) * first > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
