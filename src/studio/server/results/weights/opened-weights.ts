import { Effect } from "effect"
import type { StoredTable } from "../../../../artifact/column.ts"
import type { CliFailure } from "../../../../workspace/failure.ts"
import type { Source } from "../../../messages/results.ts"
import type { Known } from "../../answer.ts"
import { columnOf, findSource, openTable } from "../open-table.ts"
import { type StudyTables, studyTables } from "../study-tables.ts"
import { type Pairs, pairsOf, type SparseRows, sparseRows } from "./sparse-links.ts"

/** Which table of spatial weights. */
export interface AskedWeights {
  readonly study: string
  readonly node: string
  readonly output: string
}

/** Weights by rows; entities stand as the table first names them. */
export interface Weights {
  readonly entities: ReadonlyArray<string>
  readonly matrix: SparseRows
  /** Who is linked with whom, made when it is first asked for. */
  readonly pairs: () => Pairs
}

const weightsIn = (table: StoredTable): Weights => {
  const place = new Map<string, number>()
  const placesOf = (names: ReadonlyArray<string>): Int32Array => {
    const places = new Int32Array(names.length)
    // Rows of one entity stand together: most names are the one before.
    let [before, at] = ["", -1]
    for (let row = 0; row < names.length; row++) {
      const name = names[row]!
      if (at < 0 || name !== before) {
        const known = place.get(name)
        at = known ?? place.size
        if (known === undefined) place.set(name, at)
        before = name
      }
      places[row] = at
    }
    return places
  }
  const from = placesOf(columnOf(table, "from", "category").values)
  const to = placesOf(columnOf(table, "to", "category").values)
  const matrix = sparseRows(place.size, from, to, columnOf(table, "weight", "number").values)
  let pairs: Pairs | undefined
  return { entities: [...place.keys()], matrix, pairs: () => (pairs ??= pairsOf(matrix)) }
}

/** Kept as long as their table is. */
const built = new WeakMap<StoredTable, Weights>()

interface OpenedWeights {
  readonly tables: StudyTables
  readonly source: Source
  readonly table: StoredTable
  readonly weights: Weights
}

/** Opens weights as a matrix. */
export const openedWeights = (asked: AskedWeights): Effect.Effect<OpenedWeights, CliFailure, Known> =>
  Effect.gen(function* () {
    const tables = yield* studyTables(asked.study, new Set(["SpatialWeights", "Entities"]))
    const source = yield* findSource(tables, asked.node, asked.output)
    const table = yield* openTable(source)
    let weights = built.get(table)
    if (weights === undefined) built.set(table, (weights = weightsIn(table)))
    return { tables, source, table, weights }
  })
