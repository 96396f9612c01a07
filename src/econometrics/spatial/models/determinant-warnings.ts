import type { Warning } from "../../fault.ts"
import type { SpatialParameter } from "./specification.ts"

/** Warns where ln|I - rho W| is an approximation of how far it may be off at the estimate. It counts `copies` times in the likelihood. */
export const determinantWarnings = (
  parameters: ReadonlyArray<SpatialParameter>,
  point: Readonly<Record<SpatialParameter["name"], number>>,
  copies: number
): ReadonlyArray<Warning> =>
  parameters.flatMap(({ determinant: { error, method }, name }) => {
    if (error === undefined) return []
    const off = error(point[name])
    const inLikelihood = copies === 1 ? "lnL as much" : `lnL by ${(copies * off).toPrecision(2)}, as it counts ${copies} times`
    return [
      {
        code: "approximate-determinant",
        message: `determinant "${method}" is an approximation: at ${name} = ${point[name].toPrecision(4)} it may be off by ${off.toPrecision(2)}, and ${inLikelihood}; AIC, BIC and likelihood-ratio tests are no more exact, and ${name} and its standard error follow it. Where time allows take "sparse", which is exact`
      }
    ]
  })
