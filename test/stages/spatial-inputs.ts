import { denseWeights, fromPairs, rowStandardize, type WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { linksTable } from "../../stages/spatial-weights-table.ts"
import { Entities, SpatialWeights } from "../../stages/table-types.ts"
import { entities, located, production, productivity, weights, years } from "../econometrics/us-states.ts"
import { panelOf } from "./panel-tables.ts"
import { tableOf } from "./run-stage.ts"

/** The US states as a stage's inputs: the variables of `production`, output per worker and its logarithm. */
export const variables: Readonly<Record<string, ReadonlyArray<number>>> = {
  lgsp: [...production.dependent],
  ...Object.fromEntries(production.names.map((name, k) => [name, [...production.regressors[k]!]])),
  lprod: [...productivity],
  prod: [...productivity].map(Math.exp)
}
export const statesPanel = panelOf(entities, years, variables)
export const statesDictionary = tableOf(Entities, { entity: entities, latitude: located.latitude, longitude: located.longitude, rest: new Map() })

export const linksOf = (matrix: WeightsMatrix) => tableOf(SpatialWeights, linksTable(matrix, "test", "row"))
export const contiguityLinks = linksOf(weights.contiguity)
export const nestedLinks = linksOf(weights.nested)
/** The first `count` states alone. */
export const firstLinks = (count: number) => {
  const size = entities.length
  const nested = denseWeights(weights.nested)
  return linksOf(rowStandardize(fromPairs(entities.slice(0, count), (i, j) => nested[i * size + j]!)))
}
