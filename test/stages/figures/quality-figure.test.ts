import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { qualityFigure } from "../../../stages/figures/quality-figure.ts"
import { validate } from "../../../stages/validate.ts"
import { faultsOf, panelOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"

const na = Number.NaN
const panel = panelOf(["a", "b", "c", "d"], [2003, 2004], {
  x: { values: [1, 2, na, 4, 5, 6, 7, 8], filled: [0, 1, 0, 0, 0, 0, 0, 0] },
  y: [1, 2, 3, 4, 5, 6, 7, 8]
})
const params = { title: "Quality" }
const findings = Effect.map(runStage(validate, { panel }, { ranges: [{ variables: ["y"], max: 5 }] }), ({ outputs }) => outputs["findings"]!)
/** The tiles of a map, from the top, each row from the first year on. */
const tiles = (figure: Parameters<typeof column>[0], map: string): ReadonlyArray<string> => {
  const [panels, marks, series, high] = [column(figure, "panel"), column(figure, "mark"), column(figure, "series"), numbers(figure, "x_high")] as const
  return Array.from(marks as ReadonlyArray<string>).flatMap((mark, i) => (mark === "bar" && panels[i] === map && high[i]! > 0 ? [String(series[i])] : []))
}

describe("quality figure", () => {
  it.effect("a map each of what is missing, filled in and flagged, variables by years", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(qualityFigure, { panels: [panel], findings: [yield* findings] }, params)
      const figure = outputs["output"]
      assert.deepStrictEqual([...new Set(column(figure, "panel") as ReadonlyArray<string>)], ["Missing", "Filled in", "Flagged"])
      assert.deepStrictEqual(tiles(figure, "Missing"), ["up to 25%", "none", "none", "none"])
      assert.deepStrictEqual(tiles(figure, "Filled in"), ["none", "up to 25%", "none", "none"])
      // y exceeds 5 in c 2004 (6), d 2003 (7) and d 2004 (8).
      assert.deepStrictEqual(tiles(figure, "Flagged"), ["none", "none", "up to 25%", "up to 50%"])
      assert.strictEqual(
        column(figure, "note")[0],
        "Share of a year's entities. Of 16 cells 1 is missing, 1 was filled in, and 3 have an error or a warning of validation."
      )
    })
  )
  it.effect("maps that have nothing to show are left out, but where they are asked for; notes count when asked", () =>
    Effect.gen(function* () {
      const maps = (more: object) =>
        Effect.gen(function* () {
          const { outputs } = yield* runStage(qualityFigure, { panels: [panel], findings: [yield* findings] }, { ...params, ...more })
          return outputs["output"]
        })
      const ofY = yield* maps({ variables: ["y"] })
      assert.deepStrictEqual(tiles(ofY, ""), ["up to 25%", "up to 50%"])
      assert.deepStrictEqual(tiles(yield* maps({ variables: ["x"], shows: ["flagged"] }), ""), ["none", "none"])
      assert.deepStrictEqual(tiles(yield* maps({ variables: ["x"], shows: ["flagged"], flagged: "note" }), ""), ["up to 25%", "none"])
      const faults = yield* faultsOf(qualityFigure, { panels: [panel], findings: [] }, { ...params, variables: ["z"] })
      assert.strictEqual(faults[0]!.message, 'no panel has a variable "z"; they have x, y')
    })
  )
})
