import { Schema } from "effect"

const between = /^\/(.+)\/$/su

/** What is wrong with a pattern, if anything is. */
const patternIssue = (text: string): string | undefined => {
  const source = between.exec(text)?.[1]
  if (source === undefined) return undefined
  try {
    new RegExp(source, "u")
    return undefined
  } catch (error) {
    return `${text} is not a regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** A term by its name (`coagglo`), or between slashes a regular expression that terms match (`/^L[.]/`). */
export const TermPattern = Schema.NonEmptyString.check(Schema.makeFilter(patternIssue))

/** The regular expression of a pattern; undefined for a name. */
export const expressionOf = (pattern: string): RegExp | undefined => {
  const source = between.exec(pattern)?.[1]
  return source === undefined ? undefined : new RegExp(source, "u")
}

export const matches = (pattern: string, term: string): boolean => expressionOf(pattern)?.test(term) ?? pattern === term
