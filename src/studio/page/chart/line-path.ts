import { line } from "d3-shape"

/** The path through points, broken where a value is missing. A point between two gaps is a dot, by a round end of a line of no length. */
export const linePath = (xs: ReadonlyArray<number>, ys: ReadonlyArray<number | null>): string =>
  line<number>()
    .defined((at) => ys[at] !== null && Number.isFinite(ys[at]))
    .x((at) => xs[at]!)
    .y((at) => ys[at]!)(xs.map((_, at) => at)) ?? ""
