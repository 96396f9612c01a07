import { Schema } from "effect"
import { VariableName } from "../variable-name.ts"

const lagged = /^L(\d*)\.(.+)$/u

/** The variable of a term and how many years it is lagged: `coagglo`, `L.coagglo`, `L2.coagglo`. */
export const parseTerm = (term: string): { readonly variable: string; readonly lag: number } => {
  const [, years, variable] = lagged.exec(term) ?? []
  return variable === undefined ? { variable: term, lag: 0 } : { variable, lag: years === "" ? 1 : Number(years) }
}

/** A variable of the panel, or its lag by years within the entity: `L.x` one year, `L2.x` two. */
export const Term = Schema.String.check(
  Schema.makeFilter((term) => {
    const { lag, variable } = parseTerm(term)
    if (!Schema.is(VariableName)(variable)) return `"${term}" is not a variable or its lag (x, L.x, L2.x)`
    return lagged.test(term) && lag < 1 ? `"${term}": a lag is of one year at least` : undefined
  })
).annotate({ title: "term" })
