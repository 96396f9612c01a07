import { Fault } from "../../fault.ts"
import type { Variable } from "../../sample/variable.ts"
import { demeanEntities } from "../models/panel-effects.ts"
import type { SpatialModel, SpatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"

/** A column's values of the year before, and its own, without the first year: an entity's rows are consecutive years. */
const shifted = (column: Float64Array, periods: number, back: 0 | 1): Float64Array =>
  Float64Array.from({ length: (column.length / periods) * (periods - 1) }, (_, at) => {
    const entity = Math.floor(at / (periods - 1))
    return column[entity * periods + (at % (periods - 1)) + 1 - back]!
  })

/** A Fault where the panel's years leave one out, so that the lag of the year after it is not there, or where they are too few. */
export const requireConsecutive = ({ index }: SpatialModel, { periods }: SpatialSample): void => {
  const gaps = (index?.years ?? []).filter((year, t, years) => t > 0 && year !== years[t - 1]! + 1)
  if (gaps.length > 0)
    throw new Fault(
      "lag",
      `the lag of the dependent variable is that of the year before; the panel has none before ${gaps.join(", ")}: give it every year, or choose years that follow each other`
    )
  if (periods < 3)
    throw new Fault(
      "panel-too-small",
      `a dynamic model needs at least 3 years, the first of which is only a lag; there ${periods === 1 ? "is 1" : `are ${periods}`}`
    )
}

/** The columns of a dynamic model without entity means: the dependent variable, its lags in time and space by the terms' names, and the regressors. */
export interface LaggedSample {
  readonly periods: number
  readonly dependent: Variable
  readonly lags: { readonly time: Variable; readonly spaceTime: Variable }
  readonly regressors: ReadonlyArray<Variable>
}

/** Entity means are taken over the years of the model, of the lag over those before them; W commutes with that. The first year is only a lag. */
export const laggedSample = ({ dependent, entities, periods, regressors, weights }: SpatialSample): LaggedSample => {
  const column = (name: string, values: Float64Array, back: 0 | 1): Variable => ({ name, values: demeanEntities(shifted(values, periods, back), entities) })
  const time = column(`L.${dependent.name}`, dependent.values, 1)
  return {
    periods: periods - 1,
    dependent: column(dependent.name, dependent.values, 0),
    lags: { time, spaceTime: { name: `W*${time.name}`, values: spatialLag(weights, time.values) } },
    regressors: regressors.map(({ name, values }) => column(name, values, 0))
  }
}
