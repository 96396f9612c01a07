import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { mediation } from "../../../stages/models/mediation.ts"
import { column, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["lemp"] }

describe("stage mediation", () => {
  it.effect("a mediation has four equations in estimates and glance, and its three effects", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(mediation, { panel }, roles)
      const names = ["lgsp ~ lpcap", "lgsp ~ lpc", "lpc ~ lpcap", "lgsp ~ lpcap + lpc"]
      expect([...new Set(column(outputs["coefficients"], "equation") as ReadonlyArray<string>)]).toEqual(names)
      expect(column(outputs["glance"], "equation")).toEqual(names)
      expect(column(outputs["effects"], "effect")).toEqual(["indirect", "direct", "total"])
      expect(warnings).toEqual([])
    })
  )
})
