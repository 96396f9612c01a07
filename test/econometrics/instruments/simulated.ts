import type { TwoStageModel } from "../../../src/econometrics/instruments/two-stage.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import { stream } from "../../../src/stats/random.ts"

interface Shape {
  readonly entities?: number
  readonly years?: number
  readonly endogenous?: number
  readonly instruments?: number
  /** How far the instruments move the regressors. */
  readonly strength?: number
  /** How far they move y beside them: 0 where they are valid. */
  readonly invalid?: number
}

/** A simulated panel with entity and year effects, one exogenous regressor, and errors that the regressors share. */
export const simulated = (
  seed: number,
  { endogenous = 1, entities = 14, instruments = 2, invalid = 0, strength = 1, years = 9 }: Shape = {}
): TwoStageModel => {
  const s = stream(seed, 0)
  const n = entities * years
  const draw = () => Float64Array.from({ length: n }, () => s.normal())
  const e = draw()
  const w = draw()
  const z = Array.from({ length: instruments }, draw)
  const x = Array.from({ length: endogenous }, (_, j) => {
    const own = draw()
    return e.map(
      (v, i) => 0.5 * v + own[i]! + 0.3 * w[i]! + strength * z.reduce((sum, column, k) => sum + (k % endogenous === j ? column[i]! : 0.2 * column[i]!), 0)
    )
  })
  const y = e.map((v, i) => v + 0.7 * w[i]! + x.reduce((sum, column, j) => sum + (j + 1) * column[i]!, 0) + invalid * z[0]![i]!)
  const named = (name: string) => (values: Float64Array, j: number) => ({ name: `${name}${j + 1}`, values })
  return {
    dependent: { name: "y", values: y },
    endogenous: x.map(named("x")),
    exogenous: [{ name: "w", values: w }],
    instruments: z.map(named("z")),
    effects: [
      factor(
        "entity",
        Float64Array.from({ length: n }, (_, i) => Math.floor(i / years))
      ),
      factor(
        "year",
        Float64Array.from({ length: n }, (_, i) => i % years)
      )
    ]
  }
}
