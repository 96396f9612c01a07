/** `replication.yaml`: what only the author of a study knows about it. docs/replication.md explains each key. */
import { Effect, Schema } from "effect"

const listOf = <S extends Schema.Top>(item: S) => Schema.Array(item).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))

/** The last character of an ORCID iD checks the others: ISO 7064, MOD 11-2. */
const orcidCheck = (digits: string): string => {
  const remainder = [...digits].reduce((total, digit) => ((total + Number(digit)) * 2) % 11, 0)
  const check = (12 - remainder) % 11
  return check === 10 ? "X" : String(check)
}

const Orcid = Schema.String.check(
  Schema.makeFilter((text) => {
    if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return "Expected an ORCID iD such as 0000-0002-1825-0097, without an address"
    const digits = text.replaceAll("-", "")
    return orcidCheck(digits.slice(0, -1)) === digits.at(-1) || "Expected an ORCID iD: its last character does not fit the others, so one of them is mistyped"
  })
)
const Doi = Schema.String.check(
  Schema.makeFilter((text) => /^10\.\d{4,9}\/\S+$/.test(text) || "Expected a DOI such as 10.3390/economies12050117, without an address")
)
const Email = Schema.String.check(Schema.makeFilter((text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text) || "Expected an address such as name@example.org"))
const Day = Schema.String.check(
  Schema.makeFilter((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? true : 'Expected a day, quoted: "2026-11-28"'))
)

const Author = Schema.Struct({
  name: Schema.NonEmptyString,
  orcid: Schema.optionalKey(Orcid),
  affiliation: Schema.optionalKey(Schema.NonEmptyString),
  email: Schema.optionalKey(Email)
})

/** public: anybody may have it, and it is in the package. restricted: it is left out, and the README tells how it is had. synthetic: made up, and in the package. */
const Access = Schema.Literals(["public", "restricted", "synthetic"])

const SourceStatement = Schema.Struct({
  /** Paths as dag.ts gives them to `dag.source`. */
  files: Schema.NonEmptyArray(Schema.NonEmptyString),
  name: Schema.optionalKey(Schema.NonEmptyString),
  access: Access,
  /** Where the data come from, and on which terms. */
  statement: Schema.NonEmptyString,
  licence: Schema.optionalKey(Schema.NonEmptyString),
  citation: Schema.optionalKey(Schema.NonEmptyString),
  /** How somebody else gets it. */
  obtain: Schema.optionalKey(Schema.NonEmptyString)
}).check(
  Schema.makeFilter((source) =>
    source.access === "restricted" && source.obtain === undefined
      ? { path: ["obtain"], issue: "a restricted source is left out of the package: say how a replicator gets it" }
      : undefined
  )
)
export type SourceStatement = typeof SourceStatement.Type

export const Declared = Schema.Struct({
  title: Schema.optionalKey(Schema.NonEmptyString),
  authors: listOf(Author),
  contact: Schema.optionalKey(Email),
  /** Of the paper. */
  doi: Schema.optionalKey(Doi),
  /** The paper, as it is cited. */
  citation: Schema.optionalKey(Schema.NonEmptyString),
  /** The day of publication; that of the last run, where it is not given. */
  date: Schema.optionalKey(Day),
  overview: Schema.optionalKey(Schema.NonEmptyString),
  /** The authors' word, which nobody can give for them. */
  rights: Schema.optionalKey(Schema.Struct({ use: Schema.optionalKey(Schema.Boolean), redistribute: Schema.optionalKey(Schema.Boolean) })),
  licence: Schema.optionalKey(Schema.Struct({ code: Schema.optionalKey(Schema.NonEmptyString), data: Schema.optionalKey(Schema.NonEmptyString) })),
  sources: listOf(SourceStatement),
  /** What of the paper the tables and figures are: all, or some, and why. */
  reproduces: Schema.optionalKey(Schema.Struct({ what: Schema.Literals(["all", "selected"]), note: Schema.optionalKey(Schema.NonEmptyString) })),
  /** Files and folders that go in besides, by their path from dag.ts. */
  files: listOf(Schema.NonEmptyString),
  references: listOf(Schema.NonEmptyString),
  acknowledgements: Schema.optionalKey(Schema.NonEmptyString)
})
export type Declared = typeof Declared.Type

/** What is declared where there is no replication.yaml: nothing. */
export const NOTHING: Declared = { authors: [], sources: [], files: [], references: [] }
