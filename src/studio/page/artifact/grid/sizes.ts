/** Pixels, as the style sheet has them. */
export const ROW = 28
export const HEADER = 58
/** Of the column with the rows' numbers, the last of which is this. */
export const numbersWidth = (last: number): number => Math.max(44, 8.3 * last.toLocaleString("en").length + 18)
