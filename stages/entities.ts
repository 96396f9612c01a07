import { type Data, type Fault, File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { cellFault } from "./ingest/cell.ts"
import { readCoordinates } from "./ingest/coordinates.ts"
import { codeFaults, existenceFaults, oddCodes, sharedNames } from "./ingest/dictionary.ts"
import { DICTIONARY_COLUMNS } from "./ingest/entity-names.ts"
import { columnIndex } from "./ingest/header.ts"
import { readRecords } from "./ingest/records.ts"
import { byText } from "./key-order.ts"
import { Entities } from "./table-types.ts"

const pattern = Schema.NonEmptyString.check(
  Schema.makeFilter((text) => {
    try {
      return new RegExp(text, "u").source === "" ? "expected a pattern" : undefined
    } catch (error) {
      return `not a regular expression: ${(error as Error).message}`
    }
  })
)

export const EntitiesParams = Schema.Struct({
  /** Header of the column with the name that each entity has throughout the study. */
  entity: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("entity"))),
  /** Headers of the coordinates. Unnamed, they are `latitude` and `longitude` where the file has either; a file with neither has no coordinates. */
  latitude: Schema.optionalKey(Schema.NonEmptyString),
  longitude: Schema.optionalKey(Schema.NonEmptyString),
  /** The further columns to keep (other names, codes, groups), as text. */
  keep: Schema.Union([Schema.Literal("all"), Schema.Array(Schema.NonEmptyString)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** The form of the codes in a column, as a regular expression for all of a cell: `{ code: "\\d{6}" }`. Such codes stand once. */
  codes: Schema.Record(Schema.String, pattern).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
})

/**
 * The dictionary of entities from a file: their names, coordinates, other names and groups. Its column `variants` has further names of each, between `|`, by which
 * every stage that reads names knows it; `from` and `to` have the years in which it was there. docs/regions.md says how to write one. Coordinates may be missing, of an entity or of all: the
 * stages that take distances between entities tell which lack them. Fails with all that is wrong in the file together.
 */
export const entities = Stage.make("entities", {
  inputs: { source: File },
  params: EntitiesParams,
  output: Entities,
  run: ({ source }, params) =>
    Effect.gen(function* () {
      const file = yield* readRecords(source)
      const faults: Array<Fault> = [...file.faults]
      const texts = (header: string): ReadonlyArray<string> => {
        const index = columnIndex(file, header, faults)
        return index === -1 ? [] : file.records.map(({ cells }) => cells[index]!)
      }
      const names = texts(params.entity)
      const firstOf = new Map(names.map((name, i) => [name, i] as const).reverse())
      names.forEach((name, i) => {
        const { row } = file.records[i]!
        const first = firstOf.get(name)!
        if (name === "") faults.push(cellFault("missing-name", file, row, params.entity, "", "the name of an entity", "write it"))
        else if (first < i)
          faults.push(cellFault("duplicate-entity", file, row, params.entity, name, "each entity once", `it stands already in row ${file.records[first]!.row}`))
      })
      faults.push(...sharedNames(file, params.entity, names), ...existenceFaults(file), ...codeFaults(file, params.codes))
      for (const header of Object.keys(params.codes)) columnIndex(file, header, faults)
      const { headers, latitude, longitude } = readCoordinates(file, params, faults)
      const keys = [params.entity, ...headers]
      // What names are looked up by is no matter of taste.
      const always = Object.values(DICTIONARY_COLUMNS).filter((header) => file.headers.includes(header))
      // Where another column names the entities, the one that is headed as the dictionary's own is a further name.
      const further = (params.keep === "all" ? file.headers.filter((header) => header !== "entity") : [...new Set([...params.keep, ...always])]).filter(
        (header) => header !== "" && !keys.includes(header)
      )
      const columns = further.map((header) => [header, texts(header)] as const)
      for (const header of further)
        if (header in Entities.columns)
          faults.push(
            cellFault(
              "taken-name",
              file,
              1,
              header,
              header,
              "another header",
              "the dictionary's own column has this name: rename it, or leave it out with keep"
            )
          )
      yield* failTogether(faults)
      for (const odd of oddCodes(file, params.codes)) yield* Stage.warn(odd)
      const order = names.map((_, i) => i).sort((i, j) => byText(names[i]!, names[j]!))
      return {
        entity: order.map((i) => names[i]!),
        latitude: Float64Array.from(order, (i) => latitude[i]!),
        longitude: Float64Array.from(order, (i) => longitude[i]!),
        rest: new Map(columns.map(([header, cells]): [string, Data<"category">] => [header, { values: order.map((i) => cells[i] || null) }]))
      }
    })
})
