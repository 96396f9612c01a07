import type { Fault, SourceFile, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { contiguity } from "../../src/econometrics/spatial/weights/contiguity.ts"
import type { WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { failTogether } from "../fail-together.ts"
import { cellFault } from "../ingest/cell.ts"
import type { EntityNames } from "../ingest/entity-names.ts"
import { columnIndex } from "../ingest/header.ts"
import { readRecords } from "../ingest/records.ts"
import { attempt } from "../models/attempt.ts"

/**
 * Weights of 1 between neighbours, from a CSV file with the columns `from` and `to`. A border counts both ways, listed once or twice; borders of entities that are not
 * among `entities` are left out. A name that is no entity and an entity that borders on itself are faults with their rows, all together; so is an island, unless allowed.
 */
export const borderList = (
  source: SourceFile,
  names: EntityNames,
  entities: ReadonlyArray<string>,
  allowIslands: boolean
): Effect.Effect<WeightsMatrix, StageFailure> =>
  Effect.gen(function* () {
    const file = yield* readRecords(source)
    const present = new Set(entities)
    const faults: Array<Fault> = [...file.faults]
    const columns = ["from", "to"].map((header) => ({ header, index: columnIndex(file, header, faults) }))
    yield* failTogether(faults)
    const pairs: Array<readonly [string, string]> = []
    for (const { row, cells } of file.records) {
      const [from, to] = columns.map(({ header, index }) => {
        const text = cells[index]!
        const [entity, ...others] = names.named(text)
        if (entity !== undefined && others.length === 0) return entity
        const near = names.near(text)
        const similar = near.length === 0 ? "correct it, or add the entity to the dictionary" : `did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`
        const remedy = (entity === undefined ? names.elsewhere(text)?.advice : undefined) ?? similar
        faults.push(
          entity === undefined
            ? cellFault("unknown-entity", file, row, header, text, "the name of an entity", remedy)
            : cellFault("ambiguous-entity", file, row, header, text, "a name of one entity", `it is a name of ${[entity, ...others].join(" and ")}`)
        )
        return undefined
      })
      if (from === undefined || to === undefined) continue
      if (from === to) faults.push(cellFault("own-neighbour", file, row, "to", cells[columns[1]!.index]!, `an entity other than ${from}`, "remove the row"))
      else if (present.has(from) && present.has(to)) pairs.push([from, to])
    }
    yield* failTogether(faults)
    return yield* attempt(() => contiguity(entities, pairs, allowIslands))
  })
