/**
 * Closed intervals of real numbers. Ends may be infinite. Every operation gives an interval that holds each value that the operation has for values inside of its
 * arguments: ends are moved outward by more than the rounding of double precision, so that no find comes from the computer's own arithmetic
 * (Moore, Kearfott and Cloud 2009, Introduction to Interval Analysis, ch. 2).
 */
export interface Interval {
  readonly low: number
  readonly high: number
}

const SLACK = 2 ** -50

const outward = (low: number, high: number): Interval => ({
  low: Number.isFinite(low) ? low - Math.abs(low) * SLACK : low,
  high: Number.isFinite(high) ? high + Math.abs(high) * SLACK : high
})

export const exactly = (value: number): Interval => ({ low: value, high: value })

/** 0 times infinity is 0 here: an end at zero is reached whatever the other factor is. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

export const negated = ({ high, low }: Interval): Interval => ({ low: -high, high: -low })
export const sum = (a: Interval, b: Interval): Interval => outward(a.low + b.low, a.high + b.high)
export const difference = (a: Interval, b: Interval): Interval => sum(a, negated(b))

export const product = (a: Interval, b: Interval): Interval => {
  const ends = [times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)]
  return outward(Math.min(...ends), Math.max(...ends))
}

/** A divisor that may be zero, and is not of one sign, allows every quotient. */
export const quotient = (a: Interval, b: Interval): Interval => {
  if (b.low < 0 && b.high > 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  if (b.low === 0 && b.high === 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const inverse = {
    low: b.high === 0 ? Number.NEGATIVE_INFINITY : 1 / b.high,
    high: b.low === 0 ? Number.POSITIVE_INFINITY : 1 / b.low
  }
  return product(a, outward(inverse.low, inverse.high))
}

export const magnitude = ({ high, low }: Interval): Interval => ({
  low: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
  high: Math.max(Math.abs(low), Math.abs(high))
})

export const square = (a: Interval): Interval => {
  const { high, low } = magnitude(a)
  return outward(low * low, high * high)
}

/** Of the values that are not negative. */
export const squareRoot = ({ high, low }: Interval): Interval => outward(Math.sqrt(Math.max(0, low)), Math.sqrt(Math.max(0, high)))

/** What is in both: empty where `low` is above `high`. */
export const intersection = (...all: ReadonlyArray<Interval>): Interval => ({
  low: Math.max(...all.map(({ low }) => low)),
  high: Math.min(...all.map(({ high }) => high))
})

export const isEmpty = ({ high, low }: Interval): boolean => low > high
export const meet = (...all: ReadonlyArray<Interval>): boolean => !isEmpty(intersection(...all))
export const holds = ({ high, low }: Interval, value: number): boolean => low <= value && value <= high
