/** A specification curve as it is drawn, whatever it was made of: a comparison of the study, or models that have a term in common. */
import type { Curve } from "../../../messages/estimates/curve.ts"
import type { Answer } from "../../../messages/questions.ts"

export interface Specification {
  readonly name: string
  readonly estimate: number
  readonly stdError: number | null
  readonly p: number | null
  readonly low: number | null
  readonly high: number | null
  readonly nobs: number | null
  readonly term: string
  /** The node of its model; empty where it is not known. */
  readonly node: string
  /** Where its estimate stands. */
  readonly artifact: { readonly node: string; readonly output: string; readonly row: number }
  /** Its option of each choice, by position; -1 where it has none. */
  readonly options: ReadonlyArray<number>
}

export interface Choice {
  readonly choice: string
  readonly options: ReadonlyArray<string>
}

export interface CurveData {
  readonly unit: string
  readonly significance: number
  readonly specifications: ReadonlyArray<Specification>
  readonly choices: ReadonlyArray<Choice>
  /** The position of the one that the others are held against. */
  readonly preferred: number | null
  /** What makes it that. */
  readonly reference: string
}

/** A comparison's curve. Choices of one option say nothing, and are left out. */
export const ofComparison = (curve: Curve, ofCurve: string): CurveData => {
  const shown = curve.choices.filter(({ options }) => options.length > 1)
  const all = curve.specification.map((name, i): Specification | undefined => {
    const estimate = curve.estimate[i]!
    return estimate === null
      ? undefined
      : {
          name,
          estimate,
          stdError: curve.stdError[i]!,
          p: curve.p[i]!,
          low: curve.low[i]!,
          high: curve.high[i]!,
          nobs: curve.nobs[i]!,
          term: curve.term[i]!,
          node: curve.node[i]!,
          artifact: { node: ofCurve, output: "estimates", row: i },
          options: shown.map(({ of }) => of[i]!)
        }
  })
  const specifications = all.flatMap((one) => (one === undefined ? [] : [one]))
  const preferred = curve.preferred === null ? undefined : all[curve.preferred]
  return {
    unit: curve.unit,
    significance: curve.significance,
    specifications,
    choices: shown.map(({ choice, options }) => ({ choice, options })),
    preferred: preferred === undefined ? null : specifications.indexOf(preferred),
    reference: "the first option of each choice"
  }
}

/** Models that have a term in common; the first of them is the one that the others are held against. */
export const ofModels = ({ choices, rows }: Answer<"estimates-of-terms">, kept: (row: Answer<"estimates-of-terms">["rows"][number]) => boolean): CurveData => {
  const specifications = rows.flatMap(
    (row, i): ReadonlyArray<Specification> =>
      row.estimate === null || !kept(row)
        ? []
        : [
            {
              name: [
                row.node,
                ...(row.of === row.dependent || row.of === "" ? [] : [row.of]),
                ...(rows.some(({ term }) => term !== row.term) ? [row.term] : [])
              ].join(" · "),
              estimate: row.estimate,
              stdError: row.stdError,
              p: row.p,
              low: row.low,
              high: row.high,
              nobs: row.nobs,
              term: row.term,
              node: row.node,
              artifact: { node: row.node, output: row.output, row: row.row },
              options: choices.map(({ of }) => of[i]!)
            }
          ]
  )
  // What is left of the options, counted anew.
  const left = choices.map(({ choice, options }, c) => {
    const used = [...new Set(specifications.map((one) => one.options[c]!))].sort((a, b) => a - b)
    return { c, choice, options: used.map((option) => options[option]!), placeOf: new Map(used.map((option, place) => [option, place])) }
  })
  const varying = left.filter(({ options }) => options.length > 1)
  const first = specifications[0]
  const sorted = [...specifications].sort((a, b) => a.estimate - b.estimate)
  return {
    unit: "units of the outcome",
    significance: 0.05,
    specifications: sorted.map((one) => ({ ...one, options: varying.map(({ c, placeOf }) => placeOf.get(one.options[c]!)!) })),
    choices: varying.map(({ choice, options }) => ({ choice, options })),
    preferred: first === undefined ? null : sorted.indexOf(first),
    reference: "the first of these models in the study"
  }
}

/** Significant or not, or without a p value, and of which sign: what colours tell. */
export type Kind = "positive" | "negative" | "unsure" | "untested"
export const kindOf = ({ estimate, p }: Specification, significance: number): Kind =>
  p === null ? "untested" : p >= significance ? "unsure" : estimate < 0 ? "negative" : "positive"

export const optionsInWords = ({ options }: Specification, choices: ReadonlyArray<Choice>): string =>
  choices.map(({ options: of }, c) => of[options[c]!] ?? "–").join(", ")
