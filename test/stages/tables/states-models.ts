import { Effect } from "effect"
import { within } from "../../../stages/models/within.ts"
import { statesPanel } from "../models/panel.ts"
import { runStage } from "../run-stage.ts"

const regions = statesPanel({ region: Float64Array.from({ length: 816 }, (_, row) => Math.floor(row / 17) % 9) })

const controls = ["lpc", "lemp", "unemp"]

/** Two-way fixed effects of the US states (Munnell 1990) as the stage makes them, with any variance. */
const statesModel = (params: Readonly<Record<string, unknown>> = {}) =>
  Effect.map(runStage(within, { panel: regions }, { dependent: "lgsp", regressors: ["lpcap"], controls, ...params }), ({ outputs }) => ({
    coefficients: outputs["coefficients"]!,
    glance: outputs["glance"]!
  }))

/** Models as the inputs of a table. */
export const statesInputs = (...models: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
  Effect.map(Effect.all(models.map(statesModel)), (fits) => ({
    coefficients: fits.map(({ coefficients }) => coefficients),
    glances: fits.map(({ glance }) => glance),
    tests: [],
    published: []
  }))
