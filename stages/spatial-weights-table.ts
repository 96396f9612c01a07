import type { Out, Tracked } from "@sediment/sediment"
import { StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import type { Weights } from "../src/econometrics/weights.ts"
import type { SpatialWeights } from "./table-types.ts"

/** A weights matrix as a table of links, sorted by `from` and `to`. An entity without a link (an island) is one row from itself to itself of weight 0, so that the table names every entity it covers. */
export const weightsTable = ({ entities, matrix }: Weights, kind: string, standardize: string): Out<typeof SpatialWeights> => {
  const size = entities.length
  const links: Array<readonly [number, number]> = []
  for (let i = 0; i < size; i++) {
    const before = links.length
    for (let j = 0; j < size; j++) if (matrix[i * size + j] !== 0) links.push([i, j])
    if (links.length === before) links.push([i, i])
  }
  return {
    from: links.map(([i]) => entities[i]!),
    to: links.map(([, j]) => entities[j]!),
    weight: Float64Array.from(links, ([i, j]) => matrix[i * size + j]!),
    kind: links.map(() => kind),
    standardize: links.map(() => standardize)
  }
}

/** Reads the links back as a matrix over exactly `entities`, in their order. Entities that the weights lack, and further ones that they have, are faults that name them. */
export const readWeights = (table: Tracked<typeof SpatialWeights>, entities: ReadonlyArray<string>): Effect.Effect<Weights, StageFailure> =>
  Effect.suspend(() => {
    const from = table.column("from").values
    const to = table.column("to").values
    const weight = table.column("weight").values
    const place = new Map(entities.map((entity, i) => [entity, i]))
    const covered = new Set([...from, ...to])
    const lacking = entities.filter((entity) => !covered.has(entity))
    const further = [...covered].filter((entity) => !place.has(entity)).sort()
    const quoted = (names: ReadonlyArray<string>) => names.map((name) => `"${name}"`).join(", ")
    const faults = [
      ...(lacking.length === 0
        ? []
        : [
            {
              code: "weights-lack-entity",
              message: `the panel has entities that the spatial weights lack: ${quoted(lacking)}; make the weights from the same panel`
            }
          ]),
      ...(further.length === 0
        ? []
        : [
            {
              code: "weights-beyond-panel",
              message: `the spatial weights have entities that the panel lacks: ${quoted(further)}; make the weights from the same panel`
            }
          ])
    ]
    if (faults.length > 0) return Effect.fail(new StageFailure({ faults: [faults[0]!, ...faults.slice(1)] }))
    const matrix = new Float64Array(entities.length ** 2)
    for (let link = 0; link < from.length; link++) matrix[place.get(from[link]!)! * entities.length + place.get(to[link]!)!] = weight[link]!
    return Effect.succeed({ entities, matrix })
  })
