import type { Out } from "@sediment/sediment"
import type { EffectsMatrix } from "../table-types.ts"

/** An N x N matrix of effects, row i and column j being that of j on i, as a row a pair, sorted by `from` and `to`. */
export const matrixTable = (entities: ReadonlyArray<string>, matrix: Float64Array, term: string, model: string): Out<typeof EffectsMatrix> => {
  const size = entities.length
  const pairs = Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size] as const)
  return {
    from: pairs.map(([from]) => entities[from]!),
    to: pairs.map(([, to]) => entities[to]!),
    effect: Float64Array.from(pairs, ([from, to]) => matrix[to * size + from]!),
    term: pairs.map(() => term),
    model: pairs.map(() => model)
  }
}
