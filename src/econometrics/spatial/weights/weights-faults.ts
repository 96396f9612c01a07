import { several } from "./several.ts"
import type { WeightsMatrix } from "./weights-matrix.ts"

/** What is wrong with weights as such. */
export const weightsFaults = ({ entities, matrix }: WeightsMatrix): ReadonlyArray<string> => {
  if (matrix.rows !== entities.length || matrix.columnCount !== entities.length)
    return [`the weights name ${entities.length} entities and are ${matrix.rows} x ${matrix.columnCount}: give one row and one column an entity`]
  const firstOf = new Map(entities.map((entity, i) => [entity, i] as const).reverse())
  const strange: Array<string> = []
  const own: Array<string> = []
  for (let i = 0; i < matrix.rows; i++)
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) {
      if (!Number.isFinite(matrix.values[at]!)) strange.push(`${entities[i]} - ${entities[matrix.columns[at]!]} (${matrix.values[at]})`)
      if (matrix.columns[at] === i && matrix.values[at] !== 0) own.push(entities[i]!)
    }
  const twice = [...new Set(entities.filter((entity, i) => firstOf.get(entity) !== i))]
  return [
    ...(twice.length === 0 ? [] : [`the weights name an entity more than once: ${several(twice)}; give each one row`]),
    ...(strange.length === 0 ? [] : [`weights are finite numbers; these are not: ${several(strange)}`]),
    ...(own.length === 0 ? [] : [`no entity is its own neighbour; these have a weight on the diagonal: ${several(own)}`])
  ]
}

/** What is wrong with weights of the errors beside the model's weights. */
export const errorWeightsFaults = (given: WeightsMatrix, { entities }: WeightsMatrix): ReadonlyArray<string> =>
  given.entities.length === entities.length && given.entities.every((entity, i) => entity === entities[i])
    ? weightsFaults(given).map((fault) => `errorWeights: ${fault}`)
    : ["errorWeights are over the entities of the weights, in the same order"]
