import type { Test } from "../../src/econometrics/linear/inference.ts"
import type { ModeratorValue } from "../../src/econometrics/mediation/moderator-values.ts"

/** The values of the moderator at which effects are given, as rows of a Tests table. */
export const moderatorValueRows = (values: ReadonlyArray<ModeratorValue>, moderator: string): ReadonlyArray<Test> =>
  values.map(({ label, value }) => ({
    test: "moderator_value",
    variant: label,
    statistic: value,
    df: undefined,
    pValue: undefined,
    note: label.startsWith("p") ? `${moderator} at percentile ${label.slice(1)} of the sample (type 6)` : `${moderator} ${label}`
  }))
