import type { Out, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { refuseIslands } from "../../src/econometrics/spatial/weights/islands.ts"
import { STANDARDIZATIONS, standardize } from "../../src/econometrics/spatial/weights/standardize.ts"
import type { WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { attempt } from "../models/attempt.ts"
import { linksTable } from "../spatial-weights-table.ts"
import type { SpatialWeights } from "../table-types.ts"

export const standardizeParams = {
  /** row: each sums to 1; spectral: divided by the largest absolute eigenvalue; min-max: by the lesser of the largest row and column sums; global, unit, variance-stabilising: spdep's C, U and S. */
  standardize: Schema.Literals(STANDARDIZATIONS).pipe(Schema.withDecodingDefaultKey(Effect.succeed("row" as const))),
  /** Whether entities may be without a neighbour. */
  allowIslands: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))
}
const scaling = Schema.Struct(standardizeParams)

/** What a stage of weights ends with: islands are refused unless they may be, weights are standardised and written as links. `where` says where neighbours were looked for. */
export const finished = (
  weights: WeightsMatrix,
  kind: string,
  { standardize: scale, allowIslands }: typeof scaling.Type,
  where: string,
  advice: string
): Effect.Effect<Out<typeof SpatialWeights>, StageFailure> =>
  attempt(() => {
    refuseIslands(weights, allowIslands, where, () => advice)
    return linksTable(standardize(weights, scale), kind, scale)
  })
