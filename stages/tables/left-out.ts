import { didYouMean, type Fault } from "@sediment/sediment"
import { type Labels, labelOf } from "./labels.ts"
import type { ModelColumn } from "./model-column.ts"
import type { ModelColumnParam } from "./model-table-params.ts"

/** Models that are wired, of which no column shows anything: what the reader of the table does not miss. */
export const modelsLeftOut = (models: number, asked: ReadonlyArray<ReadonlyArray<ModelColumnParam>>): ReadonlyArray<Fault> => {
  const shown = new Set(asked.flatMap((columns) => columns.map(({ model }, i) => model ?? i)))
  return Array.from({ length: models }, (_, model) => model)
    .filter((model) => !shown.has(model))
    .map((model) => ({
      code: "model-not-shown",
      message: `coefficients[${model}] is wired, and no column shows it: give it one, or do not wire it`,
      where: { parameter: "columns" }
    }))
}

/** Labels that name no term, where a term without a label has nearly that name: a slip, and not a label for another table. */
export const labelsLeftOut = (labels: Labels, columns: ReadonlyArray<ModelColumn>): ReadonlyArray<Fault> => {
  const terms = [...new Set(columns.flatMap(({ estimates }) => [...estimates.keys()]))]
  const bare = terms.filter((term) => labelOf(labels, term) === term)
  const named = new Set([...terms, ...terms.flatMap((term) => term.split("*"))])
  const slips = Object.keys(labels).flatMap((name) => {
    const meant = named.has(name) ? "" : didYouMean(name, bare)
    return meant === "" ? [] : [{ name, meant }]
  })
  // What the models explain is read for that alone, and seldom.
  const explained = slips.length === 0 ? [] : columns.map((column) => column.dependent())
  return slips
    .filter(({ name }) => !explained.includes(name))
    .map(({ meant, name }) => ({
      code: "label-of-nothing",
      message: `labels.${name}: no model has a term of that name; ${meant.trim()}`,
      where: { parameter: `labels.${name}` }
    }))
}
