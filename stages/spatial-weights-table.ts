import type { Fault, Out, StageFailure, Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import type { WeightsMatrix } from "../src/econometrics/spatial/weights.ts"
import { failTogether } from "./fail-together.ts"
import { byText } from "./key-order.ts"
import type { Panel, SpatialWeights } from "./table-types.ts"

/** The panel's entities, in order: weights cover exactly them. */
export const entitiesOf = (panel: Tracked<typeof Panel>): ReadonlyArray<string> => [...new Set(panel.column("entity").values)].sort(byText)

/** A weights matrix as a table of links, sorted by `from` and `to`. An entity without a link (an island) is one row from itself to itself of weight 0, so that the table names every entity it covers. */
export const linksTable = ({ entities, matrix }: WeightsMatrix, kind: string, standardise: string): Out<typeof SpatialWeights> => {
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
    standardise: links.map(() => standardise)
  }
}

/** Reads the links back as a matrix over exactly `entities`, in their order. Entities that the weights lack, and further ones that they have, are faults that name them. */
export const readWeights = (table: Tracked<typeof SpatialWeights>, entities: ReadonlyArray<string>): Effect.Effect<WeightsMatrix, StageFailure> =>
  Effect.gen(function* () {
    const from = table.column("from").values
    const to = table.column("to").values
    const weight = table.column("weight").values
    const place = new Map(entities.map((entity, i) => [entity, i]))
    const covered = new Set([...from, ...to])
    const fault = (code: string, what: string, names: ReadonlyArray<string>): ReadonlyArray<Fault> =>
      names.length === 0 ? [] : [{ code, message: `${what}: ${names.join(", ")}; make the weights from the panel that the model uses` }]
    yield* failTogether([
      ...fault(
        "weights-lack-entity",
        "the panel has entities that the spatial weights lack",
        entities.filter((entity) => !covered.has(entity))
      ),
      ...fault(
        "weights-beyond-panel",
        "the spatial weights have entities that the panel lacks",
        [...covered].filter((entity) => !place.has(entity)).sort(byText)
      )
    ])
    const matrix = new Float64Array(entities.length ** 2)
    for (let link = 0; link < from.length; link++) matrix[place.get(from[link]!)! * entities.length + place.get(to[link]!)!] = weight[link]!
    return { entities, matrix }
  })
