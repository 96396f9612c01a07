/** Pixels, as the style sheet has them. */
export const ROW = 28
export const HEADER = 58
/** Of the column with the rows' numbers. */
export const NUMBERS = 76
