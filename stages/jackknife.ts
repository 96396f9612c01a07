import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { jackknife as leaveOut } from "../src/econometrics/bootstrap/bootstrap.ts"
import { resampledParams } from "./models/mediation-params.ts"
import { missingParam, yearsParam } from "./models/model-params.ts"
import { resampledModel } from "./models/resampled-model.ts"
import { jackknifeName } from "./resampling-names.ts"
import { Panel, Replicates } from "./table-types.ts"

export const JackknifeParams = Schema.Struct({
  ...resampledParams,
  ...yearsParam,
  ...missingParam,
  /** What is left out in turn: entities, or single rows; what the bootstrap beside it draws. */
  unit: Schema.Literals(["cluster", "observation"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("cluster" as const)))
})

/** A mediation's effects with each entity (sorted by name), or each row (by entity and year), left out in turn: what BCa intervals need beside the replicates. */
export const jackknife = Stage.make("jackknife", {
  inputs: { panel: Panel },
  params: JackknifeParams,
  output: Replicates,
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const columns = leaveOut(yield* resampledModel(panel, params), params.unit)
      const units = [...columns.values()][0]!.length
      return {
        replicate: Int32Array.from({ length: units }, (_, i) => i),
        scheme: Array.from({ length: units }, () => jackknifeName(params.unit)),
        rest: new Map([...columns].map(([name, values]) => [name, { values }]))
      }
    })
})
