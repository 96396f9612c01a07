import type { Fault, StageFailure, Tracked } from "@sediment/sediment"
import { Effect, type Schema } from "effect"
import type { PathModel } from "../../src/econometrics/bootstrap/path-model.ts"
import { mediationPaths } from "../../src/econometrics/mediation/mediation-paths.ts"
import { moderationPaths } from "../../src/econometrics/mediation/moderation-paths.ts"
import { sensitivityPaths } from "../../src/econometrics/mediation/sensitivity-paths.ts"
import { failTogether } from "../fail-together.ts"
import type { Panel } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { mediationModel } from "./mediation-model.ts"
import type { resampledParams } from "./mediation-params.ts"
import type { missingParam, yearsParam } from "./model-params.ts"
import { warnAll } from "./warn-all.ts"

type Params = Schema.Struct.Type<typeof resampledParams & typeof yearsParam & typeof missingParam>

/** What the parameters cannot mean together. */
const contradictions = ({ moderated, moderator, rhos, values }: Params): ReadonlyArray<Fault> => {
  const fault = (parameter: string, message: string): Fault => ({ code: "parameters", message, where: { parameter } })
  const needless = Object.entries({ moderated, values }).filter(([, value]) => value !== undefined && moderator === undefined)
  return [
    ...needless.map(([name]) => fault(name, `${name} is about a moderator, and there is none: name the moderator, or leave ${name} out`)),
    ...(moderator !== undefined && rhos !== undefined ? [fault("rhos", "rhos is about a mediation without a moderator: leave the moderator out, or rhos")] : [])
  ]
}

/** Reads the model's variables, and the effects that are to be resampled. */
export const resampledModel = (panel: Tracked<typeof Panel>, params: Params): Effect.Effect<PathModel, StageFailure> =>
  Effect.gen(function* () {
    yield* failTogether(contradictions(params))
    const { controls, mediator, moderated, moderator, outcome, rhos, tolerance, treatment, values } = params
    const terms = [outcome, treatment, mediator, ...(moderator === undefined ? [] : [moderator]), ...controls]
    const design = yield* readDesign(panel, terms, params)
    const model = mediationModel(design, params)
    const paths = yield* attempt(() =>
      moderator !== undefined
        ? moderationPaths(
            { ...model, moderator: design.variable(moderator) },
            { tolerance, ...(moderated === undefined ? {} : { moderated }), ...(values === undefined ? {} : { values }) }
          )
        : rhos !== undefined
          ? sensitivityPaths(model, rhos, { tolerance })
          : mediationPaths(model, { tolerance })
    )
    yield* warnAll(paths.warnings)
    return paths
  })
