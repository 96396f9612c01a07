import type { ModelHead } from "../../messages/estimates/outline.ts"

/** A point of a grid of the moderator's values: a picture of the effect is made of them, and no two models have the same. */
const isGridPoint = (term: string): boolean => / grid \d+$/.test(term)

/** The terms that models have, constants and points of grids left out: those first that most models begin with (what a model is about stands before its controls), then those that most have. */
export const termsOf = (models: ReadonlyArray<Pick<ModelHead, "terms">>): ReadonlyArray<string> => {
  const counts = new Map<string, { first: number; all: number }>()
  for (const { terms } of models)
    terms
      .filter((term) => !term.startsWith("(") && !isGridPoint(term))
      .forEach((term, i) => {
        const own = counts.get(term) ?? { first: 0, all: 0 }
        counts.set(term, { first: own.first + (i === 0 ? 1 : 0), all: own.all + 1 })
      })
  return [...counts].sort(([, a], [, b]) => b.first - a.first || b.all - a.all).map(([term]) => term)
}
