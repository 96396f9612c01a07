import { Effect } from "effect"
import type { StoredTable } from "../../../../artifact/column.ts"
import { weightsOf } from "../../../../render/artifact/weights-file.ts"
import type { CliFailure } from "../../../../workspace/failure.ts"
import type { Source } from "../../../messages/results.ts"
import type { Known } from "../../answer.ts"
import { findSource, openTable } from "../open-table.ts"
import { type StudyTables, studyTables } from "../study-tables.ts"

/** Which table of spatial weights. */
export interface AskedWeights {
  readonly study: string
  readonly node: string
  readonly output: string
}

/** Weights by rows; entities stand as the table first names them. */
export type Weights = ReturnType<typeof weightsOf>

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
    if (weights === undefined) built.set(table, (weights = weightsOf(table)))
    return { tables, source, table, weights }
  })
