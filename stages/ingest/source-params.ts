import { Effect, Schema } from "effect"
import { variableNameIssue } from "../variable-name.ts"
import { Years } from "../years.ts"

/** What the file says of one variable. A cell outside [min, max] is a fault: `{ min: 0, max: 100 }` for a percentage, `{ min: 0 }` for a count. */
export const SourceVariable = Schema.Struct({
  /** The file's own name for it: a column's header (wide) or a value of the variable column (long). By default the variable's name. */
  header: Schema.optionalKey(Schema.NonEmptyString),
  unit: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  description: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  min: Schema.optionalKey(Schema.Finite),
  max: Schema.optionalKey(Schema.Finite)
}).check(
  Schema.makeFilter(({ max, min }) =>
    min !== undefined && max !== undefined && min > max ? { path: ["max"], issue: `must not be less than min (${min})` } : undefined
  )
)
export type SourceVariable = typeof SourceVariable.Type

/** What every ingested table declares: its keys, its years and its variables. Columns that are not declared are not read. */
export const sourceParams = {
  /** Header of the column that names the entity. */
  entity: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("entity"))),
  /** Columns of the Entities table by whose values an entity may be named, beside its own name. */
  aliases: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>))),
  /** Header of the year column. */
  year: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("year"))),
  /** data: the year that the data are of. edition: the yearbook's, whose data are of the year before. */
  yearIs: Schema.Literals(["data", "edition"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("data" as const))),
  /** The data years that the file has. A year outside is a fault. */
  years: Schema.optionalKey(Years),
  /** Where `years` is given: each entity of the dictionary has a row for each year, and a pair without one is a fault. */
  balanced: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true))),
  variables: Schema.Record(Schema.String, SourceVariable).check(
    Schema.makeFilter((variables) => {
      const names = Object.keys(variables)
      if (names.length === 0) return "declare at least one variable"
      return names.flatMap((name) => {
        const issue = variableNameIssue(name) // checked here since a record drops the keys that its own schema refuses
        return issue === undefined ? [] : [{ path: [name], issue }]
      })
    })
  )
}
