import { File, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { readGal } from "../src/econometrics/spatial/weights/gal.ts"
import { readGwt } from "../src/econometrics/spatial/weights/gwt.ts"
import { readMatrixCsv } from "../src/econometrics/spatial/weights/matrix-csv.ts"
import { mapWeights } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { decodeUtf8 } from "./ingest/utf8-text.ts"
import { entitiesOf } from "./spatial-weights-table.ts"
import { Entities, Panel, SpatialWeights } from "./table-types.ts"
import { ofThePanel, readSource } from "./weights/source-weights.ts"
import { finished, standardizeParams } from "./weights/standardize-params.ts"

const IngestWeightsParams = Schema.Struct({
  /** Columns of the entities' dictionary with further names that the file may use: its numbers or codes, say. */
  aliases: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>))),
  /** as-given: the file's numbers are weights; binary: each link counts 1 (a GWT file of GeoDa has distances). */
  values: Schema.Literals(["as-given", "binary"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("as-given" as const))),
  ...standardizeParams
})

const readers = { gal: readGal, gwt: (text: string) => readGwt(text), csv: readMatrixCsv } as const
const FORMATS = { gal: "GAL", gwt: "GWT", csv: "CSV matrix" } as const

/**
 * Weights over the panel's entities from a file made elsewhere: .gal (neighbour lists), .gwt (a line a link) or .csv (a dense matrix with names in the header and the first column).
 * All that is wrong in the file is told together with its lines. Names that the dictionary does not know are left out and told; an entity of the panel that
 * the file lacks is a fault, or an island in a .gwt, which has none of its own.
 */
export const ingestWeights = Stage.make("ingest-weights", {
  inputs: { source: File, entities: Entities, panel: Panel },
  params: IngestWeightsParams,
  output: SpatialWeights,
  run: ({ source, entities: dictionary, panel }, params) =>
    Effect.gen(function* () {
      const { aliases, allowIslands, values } = params
      const ending = /\.(gal|gwt|csv)$/i.exec(source.path)?.[1]?.toLowerCase() as keyof typeof readers | undefined
      if (ending === undefined)
        return yield* StageFailure.of(
          "unknown-format",
          `${source.path}: found a file of another name, expected one that ends in .gal, .gwt or .csv; areas (.geojson, .topojson) go to the stage contiguity-weights`,
          { file: source.path }
        )
      const names = yield* entityNames(dictionary, aliases)
      const text = yield* decodeUtf8(source)
      const { warnings, weights: found } = yield* readSource(source, () => readers[ending](text))
      for (const { code, message } of warnings) yield* Stage.warn({ code, message: `${source.path}: ${message}`, where: { file: source.path } })
      const weights = yield* ofThePanel(source.path, found, names, entitiesOf(panel), ending === "gwt" && allowIslands ? "island" : "fault")
      return yield* finished(
        values === "binary" ? mapWeights(weights, () => 1) : weights,
        `from a ${FORMATS[ending]} file${values === "binary" ? ", binary" : ""}`,
        params,
        `in ${source.path}`,
        "add their links"
      )
    })
})
