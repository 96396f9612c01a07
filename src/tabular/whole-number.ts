/** A whole number of any size as a cell: a number where it holds it (up to 2^53), else its digits. */
export const wholeNumber = (value: bigint): number | string =>
  value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value.toString()
