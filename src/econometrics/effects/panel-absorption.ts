import type { Factor } from "../sample/factor.ts"
import type { PanelIndex } from "../sample/panel-index.ts"
import { absorb } from "./absorb.ts"
import { effectSystem, groupWeights } from "./effect-system.ts"

/** Projections off entity effects, and off entity and year effects together. Q is the entity-demeaning projector, D the year dummies. */
export interface PanelAbsorption {
  readonly index: PanelIndex
  /** Q x: x less its mean by entity. */
  readonly demeanByEntity: (x: Float64Array) => Float64Array
  /** x less its projection on entity and year effects. */
  readonly within: (x: Float64Array) => Float64Array
  /** Codes of the years that have an effect of their own: all but the first, and but one more for each further component of the panel. */
  readonly effectYears: ReadonlyArray<number>
  /** Year effects of x given entity effects, (D'QD)^-1 D'Q x, in the order of `effectYears`: x's contrasts with the base year. */
  readonly yearEffects: (x: Float64Array) => Float64Array
  /** Q D (D'QD)^-1 d for a vector d over `effectYears`: the rows' influence on d'(year effects). */
  readonly yearInfluence: (d: Float64Array) => Float64Array
  /** Number of parameters absorbed: N + T less the number of connected components of the panel. */
  readonly rank: number
}

/** The two factors of a panel. */
export const panelFactors = (index: PanelIndex): { readonly entity: Factor; readonly year: Factor } => ({
  entity: { name: "entity", codes: index.entity, levels: index.entities.length, labels: index.entities },
  year: { name: "year", codes: index.year, levels: index.years.length, labels: index.years }
})

/** Absorbs entity and year effects, exact for balanced and unbalanced panels; weighted projections with `weights`. */
export const absorbPanel = (index: PanelIndex, weights?: Float64Array): PanelAbsorption => {
  const { entity, year } = panelFactors(index)
  const both = absorb([entity, year], weights)
  const byEntity = absorb([entity], weights)
  const system = effectSystem(entity, [year], weights)
  const effectYears = [...system.kept].sort((a, b) => a - b)
  const demeanByEntity = byEntity.residualize
  const yearSums = (x: Float64Array): Float64Array => groupWeights(year, weights === undefined ? x : x.map((value, i) => value * weights[i]!))
  return {
    index,
    demeanByEntity,
    within: both.residualize,
    effectYears,
    yearEffects: (x) => {
      const effects = system.solve(yearSums(demeanByEntity(x)))
      return Float64Array.from(effectYears, (t) => effects[t]!)
    },
    yearInfluence: (d) => {
      const target = new Float64Array(year.levels)
      for (const [k, t] of effectYears.entries()) target[t] = d[k]!
      const effects = system.solve(target)
      return demeanByEntity(Float64Array.from(year.codes, (t) => effects[t]!))
    },
    rank: both.rank
  }
}
