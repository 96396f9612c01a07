import { Effect } from "effect"
import { didYouMean } from "../../../../dag/near-matches.ts"
import { type CliFailure, usage } from "../../../../workspace/failure.ts"
import type { WeightsLinks, WeightsNeighbours } from "../../../messages/results.ts"
import type { Known } from "../../answer.ts"
import { type AskedWeights, openedWeights } from "./opened-weights.ts"
import { largestOf } from "./sparse-links.ts"

/** The neighbours of an entity, and of whom it is one. */
export const weightsNeighbours = (asked: AskedWeights & { readonly entity: string }): Effect.Effect<WeightsNeighbours, CliFailure, Known> =>
  Effect.gen(function* () {
    const { weights } = yield* openedWeights(asked)
    const { entities, matrix } = weights
    const one = entities.indexOf(asked.entity)
    if (one < 0) return yield* usage("unknown-entity", `${asked.node} has no entity "${asked.entity}"; ${didYouMean(asked.entity, entities)}`.trim())
    const row: Array<{ readonly entity: string; readonly weight: number }> = []
    const column: Array<{ readonly entity: string; readonly weight: number }> = []
    for (let i = 0; i < entities.length; i++)
      for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) {
        if (i === one) row.push({ entity: entities[matrix.columns[at]!]!, weight: matrix.values[at]! })
        if (matrix.columns[at] === one) column.push({ entity: entities[i]!, weight: matrix.values[at]! })
      }
    const strongest = (links: typeof row) => links.sort((a, b) => b.weight - a.weight || a.entity.localeCompare(b.entity))
    return { entity: asked.entity, neighbours: strongest(row), sum: row.reduce((sum, { weight }) => sum + weight, 0), neighbourOf: strongest(column) }
  })

/** Pairs with their larger weight, the strongest first, as many as are asked for. */
export const weightsLinks = (asked: AskedWeights & { readonly most: number }): Effect.Effect<WeightsLinks, CliFailure, Known> =>
  Effect.gen(function* () {
    const { weights } = yield* openedWeights(asked)
    const { from, to, weight } = weights.pairs()
    const strongest = largestOf(weight, asked.most)
    const linked = new Array<number>(weights.entities.length).fill(0)
    for (let pair = 0; pair < weight.length; pair++) {
      linked[from[pair]!]!++
      linked[to[pair]!]!++
    }
    return {
      entities: weights.entities,
      from: strongest.map((pair) => from[pair]!),
      to: strongest.map((pair) => to[pair]!),
      weight: strongest.map((pair) => weight[pair]!),
      pairs: weight.length,
      linked
    }
  })
