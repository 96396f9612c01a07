import type { Fault, Out, StageFailure, Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import { several } from "../src/econometrics/spatial/weights/several.ts"
import { fromLinks, type WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { failTogether } from "./fail-together.ts"
import { byText } from "./key-order.ts"
import type { Panel, SpatialWeights } from "./table-types.ts"

/** The panel's entities, in order: weights cover exactly them. */
export const entitiesOf = (panel: Tracked<typeof Panel>): ReadonlyArray<string> => [...new Set(panel.column("entity").values)].sort(byText)

/** All entities that weights cover, in order. */
export const entitiesIn = (table: Tracked<typeof SpatialWeights>): ReadonlyArray<string> =>
  [...new Set([...table.column("from").values, ...table.column("to").values])].sort(byText)

/** How weights were made, in words. */
export const kindOf = (table: Tracked<typeof SpatialWeights>): string => table.column("kind").values[0] ?? ""

/** A weights matrix as a table of links, sorted by `from` and `to`. An entity without a link (an island) is one row from itself to itself of weight 0, so that the table names every entity it covers. */
export const linksTable = ({ entities, matrix }: WeightsMatrix, kind: string, standardize: string): Out<typeof SpatialWeights> => {
  const from: Array<string> = []
  const to: Array<string> = []
  const weight: Array<number> = []
  entities.forEach((entity, i) => {
    const before = from.length
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) {
      if (matrix.values[at] === 0) continue
      from.push(entity)
      to.push(entities[matrix.columns[at]!]!)
      weight.push(matrix.values[at]!)
    }
    if (from.length > before) return
    from.push(entity)
    to.push(entity)
    weight.push(0)
  })
  const all = <A>(value: A): ReadonlyArray<A> => new Array<A>(from.length).fill(value)
  return { from, to, weight: Float64Array.from(weight), kind: all(kind), standardize: all(standardize) }
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
      names.length === 0 ? [] : [{ code, message: `${what}: ${several(names)}; make the weights from the panel that the model uses` }]
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
    const placesOf = (names: ReadonlyArray<string>) => names.map((name) => place.get(name)!)
    return fromLinks(entities, placesOf(from), placesOf(to), weight)
  })
