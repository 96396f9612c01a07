import { type Fault, File, Stage, StageFailure } from "@sediment/sediment"
import { parse } from "csv-parse/sync"
import { Effect, Schema } from "effect"
import { rowStandardize } from "../src/econometrics/weights.ts"
import { contiguity } from "../src/econometrics/weights-contiguity.ts"
import { attempt } from "./models/attempt.ts"
import { weightsTable } from "./spatial-weights-table.ts"
import { Entities, Panel, SpatialWeights } from "./table-types.ts"

const ContiguityParams = Schema.Struct({
  standardize: Schema.Literals(["row", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("row" as const))),
  allowIslands: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))
})

type Row = Readonly<Record<string, string>>

/** The file's rows, with the line that each stands on. */
const readRows = (path: string, bytes: Uint8Array): Effect.Effect<ReadonlyArray<{ readonly record: Row; readonly line: number }>, StageFailure> =>
  Effect.try({
    try: () =>
      parse(new TextDecoder("utf-8").decode(bytes), { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true }).map((row) => {
        const { record, info } = row as unknown as { readonly record: Row; readonly info: { readonly lines: number } }
        return { record, line: info.lines }
      }),
    catch: (error) => StageFailure.of("unreadable-file", `${path} is not a CSV file: ${(error as Error).message}`, { file: path })
  })

/**
 * Weights of 1 between neighbours, from a CSV file with the columns `from` and `to` (entities' names), over the panel's entities. A border
 * counts both ways, listed once or twice; borders with entities that the panel leaves out are left out. A name that is no entity and an entity
 * that borders on itself are faults with their rows, all together; so is an island, unless allowed.
 */
export const contiguityWeights = Stage.make("contiguity-weights", {
  inputs: { source: File, entities: Entities, panel: Panel },
  params: ContiguityParams,
  output: SpatialWeights,
  run: ({ source, entities: dictionary, panel }, { standardize, allowIslands }) =>
    Effect.gen(function* () {
      const rows = yield* readRows(source.path, source.bytes)
      const known = new Set(dictionary.column("entity").values)
      const entities = [...new Set(panel.column("entity").values)].sort()
      const present = new Set(entities)
      const faults: Array<Fault> = []
      const pairs: Array<readonly [string, string]> = []
      for (const { record, line } of rows) {
        const name = (column: "from" | "to") => {
          const value = record[column] ?? ""
          if (known.has(value)) return value
          const message = column in record ? `"${value}" is not the name of an entity` : `there is no column "${column}"`
          const where = { file: source.path, row: line, column, value, expected: "the name of an entity" }
          faults.push({
            code: "unknown-entity",
            message: `${source.path}, row ${line}, column "${column}": ${message}; write the name as the entities have it`,
            where
          })
          return undefined
        }
        const from = name("from")
        const to = name("to")
        if (from === undefined || to === undefined) continue
        if (from === to)
          faults.push({
            code: "own-neighbour",
            message: `${source.path}, row ${line}: "${from}" is listed as its own neighbour; remove the row`,
            where: { file: source.path, row: line, value: from }
          })
        if (present.has(from) && present.has(to)) pairs.push([from, to])
      }
      if (faults.length > 0) return yield* new StageFailure({ faults: [faults[0]!, ...faults.slice(1)] })
      const weights = yield* attempt(() => contiguity(entities, pairs, allowIslands))
      return weightsTable(standardize === "row" ? rowStandardize(weights) : weights, "contiguity", standardize)
    })
})
