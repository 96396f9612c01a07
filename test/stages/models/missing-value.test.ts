import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { AnyStage } from "../../../src/dag/stage.ts"
import { fe2sls } from "../../../stages/models/fe-2sls.ts"
import { hausman } from "../../../stages/models/hausman.ts"
import { mediation } from "../../../stages/models/mediation.ts"
import { missingValueFaults } from "../../../stages/models/missing-value.ts"
import { moderation } from "../../../stages/models/moderation.ts"
import { within } from "../../../stages/models/within.ts"
import { replicates } from "../../../stages/replicates.ts"
import { usStates } from "../../econometrics/produc.ts"
import { faultsOf } from "../panel-tables.ts"
import { runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const { lemp } = usStates()
const panel = statesPanel({ gap: lemp.values.map((value, row) => (row === 17 + 16 ? Number.NaN : value)) })
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["gap"] }
const models: ReadonlyArray<readonly [AnyStage, Readonly<Record<string, unknown>>]> = [
  [within, { dependent: "lgsp", regressors: ["lpcap"], controls: ["gap"] }],
  [fe2sls, { dependent: "lgsp", endogenous: "lpcap", controls: ["gap"] }],
  [hausman, { dependent: "lgsp", regressors: ["lpcap"], controls: ["gap"] }],
  [mediation, roles],
  [moderation, { ...roles, moderator: "unemp" }],
  [replicates, { ...roles, count: 2 }]
]

describe("a missing value in a model's sample", () => {
  for (const [stage, params] of models)
    it.effect(`is a fault of ${stage.name}, unless its rows are to be dropped or the years leave it out`, () =>
      Effect.gen(function* () {
        const faults = yield* faultsOf(stage, { panel }, params)
        expect(faults.map(({ code, where }) => ({ code, where }))).toEqual([{ code: "missing-value", where: { column: "gap", entity: "ARIZONA", year: 1986 } }])
        const dropped = yield* runStage(stage, { panel }, { ...params, missing: "drop" })
        const told = dropped.warnings.filter(({ code }) => code === "rows-dropped").map(({ message }) => message)
        expect(told).toEqual([expect.stringContaining("gap 1)")])
        const before = yield* runStage(stage, { panel }, { ...params, years: { from: 1971, to: 1985 } })
        expect(before.warnings.filter(({ code }) => code === "rows-dropped")).toEqual([])
      })
    )
  it("is told by variable and years: of many entities alike the first five, and years only where one range is complete", () => {
    const entity = ["a", "b", "c", "d", "e", "f", "g", "h"].flatMap((name) => [name, name, name])
    const year = Int32Array.from(entity, (_, row) => 2003 + (row % 3))
    const rows = entity.map((_, row) => row)
    const middle = rows.filter((row) => row % 3 === 1 && row < 21)
    const [some, ...others] = missingValueFaults([{ variable: "x", rows: middle }], rows, entity, year, "leave them")
    expect(some?.message).toBe(
      "x: a, b, c, d, e and 2 more have no value for 2004, and the model needs it: interpolate it (with extrapolate for the ends of a series), restrict the sample with years, or leave them"
    )
    expect(others).toEqual([])
    const first = missingValueFaults([{ variable: "x", rows: rows.filter((row) => row % 3 === 0) }], rows, entity, year, "leave them")
    expect(first[0]?.message).toMatch(/^x: none of the 8 entities has a value for 2003, .*restrict the sample \(years: \{ from: 2004, to: 2005 \}\)/)
  })
})
