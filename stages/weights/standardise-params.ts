import type { Out, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { refuseIslands } from "../../src/econometrics/spatial/weights/islands.ts"
import { STANDARDISATIONS, standardize } from "../../src/econometrics/spatial/weights/standardisation.ts"
import type { WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { attempt } from "../models/attempt.ts"
import { linksTable } from "../spatial-weights-table.ts"
import type { SpatialWeights } from "../table-types.ts"

export const standardiseParams = {
  /** row: each sums to 1; spectral: divided by the largest absolute eigenvalue; min-max: by the lesser of the largest row and column sums; global, unit, variance-stabilising: spdep's C, U and S. */
  standardise: Schema.Literals(STANDARDISATIONS).pipe(Schema.withDecodingDefaultKey(Effect.succeed("row" as const))),
  /** Whether entities may be without a neighbour. */
  allowIslands: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))
}
const scaling = Schema.Struct(standardiseParams)

/** What a stage of weights ends with: islands are refused unless they may be, weights are standardised and written as links. `where` says where neighbours were looked for. */
export const finished = (
  weights: WeightsMatrix,
  kind: string,
  { standardise, allowIslands }: typeof scaling.Type,
  where: string,
  advice: string
): Effect.Effect<Out<typeof SpatialWeights>, StageFailure> =>
  attempt(() => {
    refuseIslands(weights, allowIslands, where, () => advice)
    return linksTable(standardize(weights, standardise), kind, standardise)
  })
