/**
 * Industrial synergy agglomeration of two industries with location quotients m and s, 1 - |m - s|/(m + s) + |m + s| (eq. 20): the first part is 1 where
 * both are equally concentrated, the second grows with how concentrated they are. m + s must be positive.
 */
export const coagglomeration = (m: number, s: number): number => 1 - Math.abs(m - s) / (m + s) + Math.abs(m + s)
