import { Effect, Schema } from "effect"
import { VariableName, variableNameIssue } from "../variable-name.ts"
import { Years } from "../years.ts"
import { areaIssue } from "./areas.ts"
import { NO_ENTITY_KINDS } from "./no-entities.ts"
import { usualMissing } from "./number-text.ts"
import { Place, placeDefault } from "./place.ts"

const texts = Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>)))

/** The unit that the file has a variable in, for some years or for all; `factor` where it is not known how it goes over into the variable's own. */
const Given = Schema.Struct({
  unit: Schema.String,
  factor: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
  from: Schema.optionalKey(Schema.Int),
  to: Schema.optionalKey(Schema.Int)
})
export type Given = typeof Given.Type

/** What the file says of one variable. A cell outside [min, max], after any conversion, is a fault: `{ min: 0, max: 100 }` for a percentage, `{ min: 0 }` for a count. */
export const SourceVariable = Schema.Struct({
  /** The file's own name for it: a column's header, of several header rows those texts that tell it apart, or a value of the variable column. By default the variable's name. */
  header: Schema.optionalKey(Schema.Union([Schema.NonEmptyString, Schema.NonEmptyArray(Schema.NonEmptyString)])),
  /** The column's letter, where no header tells it apart. */
  column: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{1,4}$/))),
  /** The unit that it has in the panel. */
  unit: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  /** The unit that it has in the file, where the file does not say it beside the header; a list where it changes with the data year. */
  given: Schema.optionalKey(Schema.Union([Schema.NonEmptyString, Schema.NonEmptyArray(Given)])),
  description: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  min: Schema.optionalKey(Schema.Finite),
  max: Schema.optionalKey(Schema.Finite)
}).check(
  Schema.makeFilter(({ max, min }) =>
    min !== undefined && max !== undefined && min > max ? { path: ["max"], issue: `must not be less than min (${min})` } : undefined
  )
)
export type SourceVariable = typeof SourceVariable.Type

/** A cell of the file that is known to be wrong. */
const Correction = Schema.Struct({
  entity: Schema.NonEmptyString,
  /** The data year. */
  year: Schema.Int,
  variable: VariableName,
  /** What the cell holds: where it holds anything else by now, the correction is out of date, which is a fault. Null: it is empty. */
  found: Schema.NullOr(Schema.Union([Schema.Finite, Schema.NonEmptyString])),
  /** What it should hold, in the file's unit. Null: nothing, the value is missing. */
  value: Schema.NullOr(Schema.Finite),
  reason: Schema.NonEmptyString
})
export type Correction = typeof Correction.Type

/** A name that the file has wrong. */
const Name = Schema.Struct({ found: Schema.NonEmptyString, is: Schema.NonEmptyString, reason: Schema.NonEmptyString })
export type Name = typeof Name.Type

/** Two series of which one takes over from the other, joined into one. */
const Splice = Schema.Struct({
  /** The name of the joined series. */
  variable: VariableName,
  /** The declared variables that it is made of: `new` from the year `link` on, and before it `old`, brought to the level of `new` in that year. */
  old: VariableName,
  new: VariableName,
  link: Schema.Int,
  /** ratio: old times new/old of the year `link`; difference: old plus their difference in that year; none: as it is. */
  how: Schema.Literals(["ratio", "difference", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("ratio" as const))),
  reason: Schema.NonEmptyString
})
export type Splice = typeof Splice.Type

const row = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

/** Kinds of rows that are no entities, by the names that tables usually have for them, and names beside. */
const PassedOver = Schema.Struct({ kinds: Schema.NonEmptyArray(Schema.Literals(NO_ENTITY_KINDS)), names: texts })

/** How a file is laid out: what holds of all of it, whatever its format. */
const layoutParams = {
  /** Of a text file, where detection is wrong: utf-8, utf-16le, gb18030, … */
  encoding: Schema.optionalKey(Schema.NonEmptyString),
  /** Of a text file: what separates its cells. */
  delimiter: Schema.optionalKey(Schema.NonEmptyString),
  /** Of a text file: what stands around cells that hold a delimiter; "" where nothing is quoted. */
  quote: Schema.optionalKey(Schema.String),
  /** What stands before the decimals. */
  decimal: Schema.Literals([".", ","]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("." as const))),
  /** Names of sheets, or all; without it a workbook must have one sheet. */
  sheets: Schema.optionalKey(Schema.Union([Schema.Literal("all"), Schema.NonEmptyArray(Schema.NonEmptyString)])),
  /** Parts of a sheet that are tables of their own, laid out alike, side by side or one below the other: A3:C20. What is said of rows and columns is said of the first; within it, it moves along with the others. */
  areas: Schema.optionalKey(
    Schema.NonEmptyArray(Schema.NonEmptyString.check(Schema.makeFilter(areaIssue))).check(
      Schema.makeFilter((areas) => (areas.length > 200 ? "expected at most 200 areas" : undefined))
    )
  ),
  /** The row or rows of headers; by default the first. */
  header: Schema.optionalKey(Schema.Union([row, Schema.NonEmptyArray(row)])),
  /** The first and last rows of data; by default all below the headers. */
  first: Schema.optionalKey(row),
  last: Schema.optionalKey(row),
  /** A row of which the first text begins with one of these is a note, and passed over. */
  footnotes: texts,
  /** Names that are no entities of the study, whose rows are passed over, and counted; or kinds of such names: total, region, outside, undivided, part. */
  passOver: Schema.Union([Schema.Array(Schema.NonEmptyString), PassedOver]).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>))),
  /** Names that the file has wrong: what stands there, and the entity that it is. */
  names: Schema.Array(Name).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<Name>))),
  /** An empty key cell has the key of the row above it. Cells that a workbook merges have that anyway. */
  fillDown: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
  /** What becomes of a cell that is given twice: it is a fault; it may be, with the same value; or the later one (of a later file, sheet or row) stands. */
  repeated: Schema.Literals(["fault", "same", "last"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("fault" as const))),
  /** What stands where a value is missing, beside nothing at all. */
  missing: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed(usualMissing))),
  /** Signs after a number that refer to a footnote. */
  marks: texts.check(
    Schema.makeFilter((marks) => {
      const taken = marks.find((mark) => /^[\d.,+\-%‰万亿千百]+$/u.test(mark.normalize("NFKC")) && !/\p{No}/u.test(mark))
      return taken === undefined
        ? undefined
        : `"${taken}" is part of numbers: a footnote's sign that looks so cannot be told from the number, correct the cells`
    })
  ),
  /** Where the variable is named, if not by the headers. */
  variable: Schema.optionalKey(Place),
  /** Where the units are named, if not beside the headers. */
  units: Schema.optionalKey(Place)
}

/** What every ingested table declares: its keys, its years and its variables. Columns that are not declared are not read. */
const keyParams = {
  /** Columns of the Entities table by whose values an entity may be named, beside its own name. */
  aliases: texts,
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

const header = (name: string) => Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed(name)))

/** What every ingested source describes, whatever its rows are of. */
export const sourceParams = {
  ...layoutParams,
  /** Where the entity is named, and the year. */
  entity: placeDefault("entity"),
  year: placeDefault("year"),
  ...keyParams,
  /** Whether the panel tells of each cell where it was read (`<variable>__source`), which `sediment trace` follows; unless said, of a source with up to a million cells. */
  origins: Schema.optionalKey(Schema.Boolean)
}

/**
 * A source, as a file of sources/ or a node's parameters describe it: how the file is laid out, where it says entity, year and variable, what its variables
 * are, and what is known to be wrong in it.
 */
export const SourceDescription = Schema.Struct({
  ...sourceParams,
  /** Given where the file has a row a cell: the headers of its variable and value columns. Otherwise columns are variables. */
  long: Schema.optionalKey(Schema.Struct({ variable: header("variable"), value: header("value") })),
  corrections: Schema.Array(Correction).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<Correction>))),
  splices: Schema.Array(Splice).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<Splice>)))
}).check(
  Schema.makeFilter(({ corrections, long, splices, units, variable, variables }) => {
    const declared = Object.keys(variables)
    const known = (name: string) => declared.includes(name)
    const among = `the variables are: ${declared.join(", ")}`
    return [
      ...(long !== undefined && variable !== undefined ? [{ path: ["variable"], issue: "a long file has it in long.variable: take one out" }] : []),
      ...(units !== undefined && typeof units !== "string" && units.is !== undefined ? [{ path: ["units"], issue: "say it as given of each variable" }] : []),
      ...corrections.flatMap((one, i) =>
        known(one.variable) ? [] : [{ path: ["corrections", i, "variable"], issue: `"${one.variable}" is not declared; ${among}` }]
      ),
      ...splices.flatMap((one, i) => [
        ...(["old", "new"] as const).flatMap((part) =>
          known(one[part]) ? [] : [{ path: ["splices", i, part], issue: `"${one[part]}" is not declared; ${among}` }]
        ),
        ...(known(one.variable) || splices.findIndex(({ variable: name }) => name === one.variable) < i
          ? [{ path: ["splices", i, "variable"], issue: `"${one.variable}" is there already: give the joined series another name` }]
          : [])
      ])
    ]
  })
)
export type SourceDescription = typeof SourceDescription.Type
