/** What was chosen for each of the things that are compared: `choices: [["weighting", "entropy"], …]`. */
import type { AnyTable, Data, Fault, Out } from "@sediment/sediment"
import { Schema } from "effect"
import { type ChoiceDecomposition, decomposeChoices } from "../../src/econometrics/comparison/choice-decomposition.ts"
import type { ChoiceEffects, ChoiceMeans } from "./comparison-types.ts"

/** Pairs of a choice and the option taken, in the order in which they are to be shown. */
export const ChosenParam = Schema.Array(Schema.Tuple([Schema.NonEmptyString, Schema.String]))
interface Compared {
  readonly choices: typeof ChosenParam.Type
}

/** The names of all choices, in the order in which they are first met. */
const namesOf = (compared: ReadonlyArray<Compared>): ReadonlyArray<string> => [...new Set(compared.flatMap(({ choices }) => choices.map(([name]) => name)))]
const optionsOf = (compared: ReadonlyArray<Compared>, choice: string): ReadonlyArray<string> =>
  compared.map(({ choices }) => choices.find(([name]) => name === choice)?.[1] ?? "")

/** A column a choice, for an open table of categories. */
export const choiceColumns = (compared: ReadonlyArray<Compared>): ReadonlyMap<string, Data<"category">> =>
  new Map(namesOf(compared).map((name) => [name, { values: optionsOf(compared, name) }]))

/** Choices that would be columns which the table has already. */
export const takenNames = (compared: ReadonlyArray<Compared>, table: AnyTable, parameter: string): ReadonlyArray<Fault> =>
  namesOf(compared)
    .filter((name) => name in table.columns)
    .map((name) => ({
      code: "name-taken",
      message: `${parameter}: a choice is called "${name}", which is a column of ${table.name} already: call it otherwise`,
      where: { parameter }
    }))

/** How much each choice moves a result of each of the compared. */
export const decomposed = (values: ReadonlyArray<number>, compared: ReadonlyArray<Compared>): ChoiceDecomposition =>
  decomposeChoices(
    Float64Array.from(values),
    namesOf(compared).map((name) => ({ name, options: optionsOf(compared, name) }))
  )

export const effectsTable = ({ interactions, main, method, rest }: ChoiceDecomposition): Out<typeof ChoiceEffects> => {
  const rows = [...main, ...interactions, rest]
  return {
    choice: rows.map(({ choices }) => choices[0] ?? "(rest)"),
    with: rows.map(({ choices }) => choices[1] ?? ""),
    sum_of_squares: Float64Array.from(rows, ({ sumOfSquares }) => sumOfSquares),
    share: Float64Array.from(rows, ({ share }) => share),
    method: rows.map(() => method)
  }
}

export const meansTable = ({ options }: ChoiceDecomposition): Out<typeof ChoiceMeans> => ({
  choice: options.map(({ choice }) => choice),
  option: options.map(({ option }) => option),
  specifications: Int32Array.from(options, ({ specifications }) => specifications),
  mean: Float64Array.from(options, ({ mean }) => mean)
})
