import { Effect } from "effect"
import { ESTIMATE_TYPES } from "../../../artifact/estimates.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import type { TermEstimate } from "../../messages/estimates/models.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { equationsIn, estimatesIn } from "./estimates-in.ts"
import { intervalOf, namedLevel } from "./interval-level.ts"
import { comparedModels } from "./model-heads.ts"
import { nodeToday, outputsOf } from "./today.ts"

/** What was chosen for an estimate, by what is chosen. */
type Chosen = ReadonlyMap<string, string>
interface Found {
  readonly row: TermEstimate
  readonly chosen: Chosen
}

/** The spatial weights that a model was given, as far as it was. */
const weightsOf = ({ node }: NodeToday): string => {
  const wired = node.inputs["weights"]
  return wired !== undefined && "node" in wired ? wired.node : ""
}

/** A regressor as such: no lag in space, constant, or parameter of the errors. */
const isRegressor = (term: string): boolean => !/^\(|^W\*|^(?:rho|lambda|sigma2?\w*|phi)$|->|\|/.test(term)

const estimatesOf = (one: NodeToday, terms: ReadonlySet<string>): Effect.Effect<ReadonlyArray<Found>, CliFailure, ObjectStore> =>
  Effect.gen(function* () {
    const equations = (yield* outputsOf(one, new Set(["Glance"]))).flatMap(({ table }) => equationsIn(table))
    const found: Array<Found> = []
    for (const { output, table } of yield* outputsOf(one, ESTIMATE_TYPES)) {
      const rows = estimatesIn(output, table)
      const termsOf = Map.groupBy(rows, ({ of }) => of)
      for (const { method, stars: _, ...row } of rows) {
        if (!terms.has(row.term)) continue
        const equation = equations.find((each) => each.equation === row.of) ?? (equations.length === 1 ? equations[0] : undefined)
        const facts = {
          dependent: equation?.dependent ?? "",
          model: equation?.model ?? (method === "" ? one.node.stage : method),
          variance: equation?.variance ?? method,
          sample: equation?.sample ?? "",
          nobs: equation?.nobs ?? null
        }
        const others = termsOf.get(row.of)!.filter(({ term }) => !terms.has(term) && isRegressor(term))
        found.push({
          row: { node: one.node.name, ...row, ...intervalOf(row, namedLevel(one.node)), ...facts },
          chosen: new Map([
            ["outcome", facts.dependent],
            ["model", facts.model],
            ["standard errors", facts.variance],
            ["sample", facts.sample],
            ["weights", weightsOf(one)],
            ["term", row.term],
            ["of", row.of === facts.dependent ? "" : row.of],
            ...others.map(({ term }): [string, string] => [`with ${term}`, "yes"])
          ])
        })
      }
    }
    return found
  })

/** The choices in which some estimates differ: at the least two options, and not one for each estimate, which tells nothing but their names. */
const choicesOf = (all: ReadonlyArray<Found>) => {
  const names = new Set(all.flatMap(({ chosen }) => [...chosen.keys()]))
  return [...names].flatMap((choice) => {
    const absent = choice.startsWith("with ") ? "no" : "–"
    const each = all.map(({ chosen }) => chosen.get(choice) || absent)
    const options = [...new Set(each)]
    if (options.length < 2 || (options.length === all.length && all.length > 4) || options.length > 24) return []
    return [{ choice, options, of: each.map((option) => options.indexOf(option)) }]
  })
}

/** The estimates of some terms over models, and what differs among these. */
export const estimatesOfTerms = (today: StudyToday, terms: ReadonlyArray<string>, names: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const wanted = new Set(terms)
    const compared = comparedModels(today)
    const nodes =
      names.length === 0
        ? [...today.nodes.values()].filter(({ node }) => !compared.has(node.name))
        : yield* Effect.forEach(names, (name) => nodeToday(today, name))
    const all: Array<Found> = []
    for (const node of nodes) all.push(...(yield* estimatesOf(node, wanted)))
    return { rows: all.map(({ row }) => row), choices: choicesOf(all) }
  })
