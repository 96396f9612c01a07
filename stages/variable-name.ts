import { Schema } from "effect"

const reserved: ReadonlySet<string> = new Set(["entity", "year", "unit"])

/** What is wrong with the name of a variable, if anything is. */
export const variableNameIssue = (name: string): string | undefined =>
  reserved.has(name)
    ? `"${name}" is the name of a key: choose another`
    : !/^\p{L}[\p{L}\p{N}_]*$/u.test(name) || /__(filled|source)$/.test(name)
      ? `"${name}" is not a variable's name: letters, digits and "_", a letter first, not ending in "__filled" or "__source"`
      : undefined

/**
 * The name of a variable, a column of a panel: letters (of any script), digits and `_`, a letter first. `*`, `.` and brackets are kept for the terms of
 * models (`coagglo*mi`, `L.coagglo`, `W*coagglo`, `(constant)`), `__filled` and `__source` for what tells of a variable, and a panel's keys have their names already.
 */
export const VariableName = Schema.String.check(Schema.makeFilter(variableNameIssue)).annotate({ title: "variable name" })
