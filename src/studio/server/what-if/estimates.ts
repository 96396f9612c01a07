import { Effect, Option } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { ESTIMATE_TYPES, isIntercept } from "../../../artifact/estimates.ts"
import { estimateAt, hasEstimates, movedBy } from "../../../engine/diff/compare-estimates.ts"
import { cellOf } from "../../../engine/diff/match-rows.ts"
import { neededFor } from "../../../engine/plan.ts"
import type { Study } from "../../../engine/study.ts"
import { readTable } from "../today/read-table.ts"
import { newestSide, sideOf } from "./compare-branch.ts"
import { stateToday } from "./state-today.ts"

const cell = (table: StoredTable, name: string, row: number) => {
  const column = table.columns.find((one) => one.name === name)
  return column === undefined ? null : cellOf(column, row)
}

/** The table of an output as a study has it today. */
const tableOf = (study: Study, node: string, output: string) =>
  Effect.gen(function* () {
    const side = yield* newestSide(study.graph.study)
    if (side === undefined) return undefined
    const record = (yield* stateToday(study, side.run)).state.nodes.get(node)?.record()
    const artifact = record === undefined || (record.state !== "ran" && record.state !== "fresh") ? undefined : record.artifacts[output]
    if (artifact === undefined) return undefined
    return Option.getOrUndefined(yield* Effect.option(readTable(artifact)))
  })

/** The terms of a table with estimates; a term of several equations with its equation. */
const termsOf = (table: StoredTable): ReadonlyArray<string> =>
  Array.from({ length: table.rows }, (_, row) => {
    const [term, equation] = [String(cell(table, "term", row) ?? ""), cell(table, "equation", row)]
    return typeof equation === "string" && equation !== "" ? `${term} of ${equation}` : term
  })

/** One estimate in a study and in its branches. The terms are those of the study itself, the first that is no intercept if none is asked for. */
export const estimatesOf = (base: Study, branches: ReadonlyArray<Study>, asked: string | null, askedTerm: string | null) =>
  Effect.gen(function* () {
    const all = neededFor(base, base.graph.targets).flatMap(({ name, outputs }) =>
      Object.entries(outputs).flatMap(([output, type]) => (ESTIMATE_TYPES.has(type) ? [{ node: name, output }] : []))
    )
    const text = ({ node, output }: (typeof all)[number]): string => (output === "output" ? node : `${node}.${output}`)
    const nodes = all.map(text)
    const nothing = { nodes, node: null, terms: [], term: null, estimates: [] }
    const chosen = all.find((one) => text(one) === asked) ?? all.find(({ node }) => node === "baseline") ?? all[0]
    if (chosen === undefined) return nothing
    const { node, output } = chosen
    const own = yield* tableOf(base, node, output)
    if (own === undefined || !hasEstimates(own)) return { ...nothing, node: text(chosen) }
    const terms = termsOf(own)
    const term = terms.find((one) => one === askedTerm) ?? terms.find((one) => !isIntercept(one)) ?? null
    const itself = term === null ? null : estimateAt(own, terms.indexOf(term))
    const estimates = yield* Effect.forEach([base, ...branches], (one) =>
      Effect.gen(function* () {
        const study = one.graph.study
        const table = one === base ? own : yield* tableOf(one, node, output)
        const row = table === undefined || term === null ? -1 : termsOf(table).indexOf(term)
        const estimate = table === undefined || row === -1 ? null : estimateAt(table, row)
        return { study, estimate: sideOf(estimate), moved: one === base ? null : movedBy(itself, estimate) }
      })
    )
    return { nodes, node: text(chosen), terms: [...new Set(terms)], term, estimates }
  })
