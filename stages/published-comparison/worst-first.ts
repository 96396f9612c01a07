/** What decides how bad a difference is. NaN is missing. */
interface Difference {
  readonly signDiffers: boolean
  readonly starsDiffer: boolean
  readonly starsPublished: string
  readonly starsRun: string
  readonly missing: boolean
  readonly excess: number
  readonly tolerance: number
}

/** The worst sort first: a sign that changed where either is significant, stars, other signs, sizes, and last what the run does not have. */
const sortOf = ({ missing, signDiffers, starsDiffer, starsPublished, starsRun }: Difference): number =>
  missing ? 4 : signDiffers && (starsPublished !== "" || starsRun !== "") ? 0 : starsDiffer ? 1 : signDiffers ? 2 : 3

/** How many tolerances the number lies beyond rounding; infinite where nothing is tolerated. */
const sizeOf = ({ excess, tolerance }: Difference): number => (Number.isNaN(excess) || excess === 0 ? 0 : excess / tolerance)

/** An order of differences, worst first: by sort, then by size; alike ones keep the order of print. */
export const worstFirst = (a: Difference, b: Difference): number => {
  const bySort = sortOf(a) - sortOf(b)
  if (bySort !== 0) return bySort
  const [x, y] = [sizeOf(a), sizeOf(b)]
  return x === y ? 0 : y - x
}
