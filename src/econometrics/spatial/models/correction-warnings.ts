import { dot } from "../../../linalg/dot.ts"
import { traceOfProduct } from "../../../linalg/sparse-product.ts"
import type { Warning } from "../../fault.ts"
import { isRowStandardized, type WeightsMatrix } from "../weights/weights-matrix.ts"
import type { SpatialFrame } from "./spatial-frame.ts"

/** tr(WW + W'W): the size of the signal about rho that W itself carries. It is small where W is dense. */
export const weightsTrace = ({ matrix }: WeightsMatrix): number => traceOfProduct(matrix, matrix) + dot(matrix.values, matrix.values)

/**
 * Warns of what correction none leaves. Period effects move rho: at the truth its score has the mean -1'G1/N a period, G = W (I - rho W)^-1, for they take
 * away what the entities have in common. Entity effects leave rho alone, but e'e is divided by NT for N(T-1) (Lee and Yu 2010).
 */
export const correctionWarnings = (
  weights: WeightsMatrix,
  { correction, effects, order }: Pick<SpatialFrame, "correction" | "effects" | "order">
): ReadonlyArray<Warning> => {
  const ofPeriods = effects === "time" || effects === "two-way"
  const reordered: ReadonlyArray<Warning> =
    order === "demean-then-lag" && ofPeriods
      ? [
          {
            code: "demeaned-before-lagging",
            message:
              'order "demean-then-lag": spatial lags are taken of columns without their period means, as software for cross-sections does that is given such columns. Demeaning and lagging do not commute; the likelihood of period effects is that of "lag-then-demean"'
          }
        ]
      : []
  if (correction === "lee-yu" || effects === "pooled") return reordered
  const size = weights.entities.length
  const densest = isRowStandardized(weights) ? ` (${((2 * size) / (size - 1)).toPrecision(4)} if all ${size} entities weighed alike on each other)` : ""
  return [
    {
      code: "incidental-effects-uncorrected",
      message: [
        `correction "none": the effects of ${{ individual: "entities", time: "years", "two-way": "entities and years" }[effects]} are estimated along with the rest, and nothing corrects for their number.`,
        ...(ofPeriods
          ? [
              "Year effects make rho too low, the more so the denser the weights:",
              `tr(WW + W'W), small where they are dense, is ${weightsTrace(weights).toPrecision(4)} here${densest}.`
            ]
          : []),
        ...(effects === "time" ? [] : ["Entity effects make sigma2 and the standard errors too small."]),
        'Use correction "lee-yu", unless results of software that corrects for neither are to be repeated (xsmle by default)'
      ].join(" ")
    },
    ...reordered
  ]
}
