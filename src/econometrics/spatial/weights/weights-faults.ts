import type { WeightsMatrix } from "./weights-matrix.ts"

/** Names in a sentence: the first eight, and how many others there are. */
export const several = (names: ReadonlyArray<string>): string =>
  names.length <= 8 ? names.join(", ") : `${names.slice(0, 8).join(", ")} and ${names.length - 8} others`

/** What is wrong with weights as such. */
export const weightsFaults = ({ entities, matrix }: WeightsMatrix): ReadonlyArray<string> => {
  if (matrix.rows !== entities.length || matrix.columnCount !== entities.length)
    return [`the weights name ${entities.length} entities and are ${matrix.rows} x ${matrix.columnCount}: give one row and one column an entity`]
  const strange: Array<string> = []
  const own: Array<string> = []
  for (let i = 0; i < matrix.rows; i++)
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) {
      if (!Number.isFinite(matrix.values[at]!)) strange.push(`${entities[i]} - ${entities[matrix.columns[at]!]} (${matrix.values[at]})`)
      if (matrix.columns[at] === i && matrix.values[at] !== 0) own.push(entities[i]!)
    }
  return [
    ...(strange.length === 0 ? [] : [`weights are finite numbers; these are not: ${several(strange)}`]),
    ...(own.length === 0 ? [] : [`no entity is its own neighbour; these have a weight on the diagonal: ${several(own)}`])
  ]
}
