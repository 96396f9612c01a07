/** Where a sheet says something: in a column beside its cells, in a row above them, or once for all of them. */
import { Effect, Schema } from "effect"
import { LONGEST_TEXT, patternIssue } from "./safe-pattern.ts"

const pattern = Schema.NonEmptyString.check(Schema.makeFilter(patternIssue))

const kinds = ["column", "heading", "row", "cell", "sheet", "file", "is"] as const

const PlaceObject = Schema.Struct({
  /** A column by its letter, where it has no header: A. */
  column: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{1,4}$/))),
  /** A column by its letter, of which the rows without values are headings: each holds of the rows below it. With `match` only those that it fits. */
  heading: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{1,4}$/))),
  /** A header row: each column of values has its own. */
  row: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
  /** One cell, for the whole sheet: A2. */
  cell: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{1,4}[1-9]\d*$/))),
  /** The sheet's name. */
  sheet: Schema.optionalKey(Schema.Literal(true)),
  /** The file's name, without its folder. */
  file: Schema.optionalKey(Schema.Literal(true)),
  /** Said here, since the file says it nowhere. */
  is: Schema.optionalKey(Schema.Union([Schema.NonEmptyString, Schema.Int])),
  /** What of the text is meant: the first group of this pattern, or all that it matches. */
  match: Schema.optionalKey(pattern)
}).check(
  Schema.makeFilter((place) => {
    const given = kinds.filter((kind) => place[kind] !== undefined)
    return given.length === 1 ? undefined : `expected one of ${kinds.join(", ")}, found ${given.length === 0 ? "none" : given.join(" and ")}`
  })
)

/** The header of a column, or `{ column }`, `{ heading }`, `{ row }`, `{ cell }`, `{ sheet: true }`, `{ file: true }`, `{ is }`, and `match` where only a part of the text is meant. */
export const Place = Schema.Union([Schema.NonEmptyString, PlaceObject])
export type Place = typeof Place.Type
export const placeDefault = (header: string) => Place.pipe(Schema.withDecodingDefaultKey(Effect.succeed(header as Place)))

/** The part of a text that a place means; undefined where its pattern finds nothing. */
export const meant = (place: Place, text: string): string | undefined => {
  if (typeof place === "string" || place.match === undefined) return text
  const found = new RegExp(place.match, "u").exec(text.slice(0, LONGEST_TEXT))
  return found === null ? undefined : (found[1] ?? found[0]).trim()
}

/** A place as a message calls it. */
export const placeInWords = (place: Place): string => {
  if (typeof place === "string") return `the column "${place}"`
  if (place.column !== undefined) return `column ${place.column}`
  if (place.heading !== undefined) return `the headings in column ${place.heading}`
  if (place.row !== undefined) return `row ${place.row}`
  if (place.cell !== undefined) return `cell ${place.cell}`
  if (place.sheet === true) return "the sheet's name"
  return place.file === true ? "the file's name" : `"${place.is}"`
}
