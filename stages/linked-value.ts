/** A value of an older series at the level that a newer one has in a year that both have: times their ratio, or plus their difference, in that year. */
export const linkedValue = (how: "ratio" | "difference", value: number, older: number, newer: number): number =>
  how === "ratio" ? (value * newer) / older : value + (newer - older)
