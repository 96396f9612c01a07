import { Effect } from "effect"
import type { StoredTable } from "../../../../artifact/column.ts"
import { summaryOfLinks } from "../../../../render/artifact/weights-text.ts"
import type { CliFailure } from "../../../../workspace/failure.ts"
import type { Grouping, WeightsGrid } from "../../../messages/results.ts"
import type { Known } from "../../answer.ts"
import { dictionaryOf, groupingsOf } from "../groupings.ts"
import { columnOf } from "../open-table.ts"
import { cellsOf } from "./cells.ts"
import { type AskedWeights, openedWeights, type Weights } from "./opened-weights.ts"

/** So many cells a side are drawn: beyond, cells are blocks. */
const SIDE = 160
/** Up to so many entities, eigenvalues are no matter of time. */
const FEW = 400

const degreesOf = ({ entities, matrix }: Weights): ReadonlyArray<number> => entities.map((_, i) => matrix.starts[i + 1]! - matrix.starts[i]!)

const summaries = new WeakMap<StoredTable, WeightsGrid["summary"]>()

/** What the whole matrix is like. */
const summaryOf = (table: StoredTable, weights: Weights): WeightsGrid["summary"] => {
  const known = summaries.get(table)
  if (known !== undefined) return known
  const { entities, matrix } = weights
  const degrees = degreesOf(weights)
  const sums = entities.map((_, i) => {
    let sum = 0
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) sum += matrix.values[at]!
    return sum
  })
  const whole = entities.length <= FEW ? summaryOfLinks(table) : undefined
  const links = matrix.values.length
  const least = (values: ReadonlyArray<number>) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = (values: ReadonlyArray<number>) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const summary = {
    entities: entities.length,
    links,
    density: entities.length < 2 ? 0 : links / (entities.length * (entities.length - 1)),
    neighbours: { least: least(degrees), mean: links / entities.length, most: most(degrees) },
    rowSums: { least: least(sums), most: most(sums) },
    islands: entities.filter((_, i) => degrees[i] === 0),
    symmetric: whole?.symmetric === "weights",
    rho: whole?.rho === undefined ? null : { lower: whole.rho.lower, upper: whole.rho.upper }
  }
  summaries.set(table, summary)
  return summary
}

/** The entities of each place in an order. */
const inOrder = (weights: Weights, order: string, groupings: ReadonlyArray<Grouping>): ReadonlyArray<number> => {
  const { entities } = weights
  const places = [...entities.keys()]
  const byName = (a: number, b: number) => entities[a]!.localeCompare(entities[b]!)
  const grouping = groupings.find(({ name }) => name === order)
  if (grouping !== undefined) return places.sort((a, b) => grouping.of[a]!.localeCompare(grouping.of[b]!) || byName(a, b))
  if (order !== "degree") return places.sort(byName)
  const degrees = degreesOf(weights)
  return places.sort((a, b) => degrees[b]! - degrees[a]! || byName(a, b))
}

/** Weights as a square: of all entities, or of a window of them, in cells of one pair or of as many as can be drawn. */
export const weightsGrid = (
  asked: AskedWeights & { readonly order?: string; readonly from?: number; readonly to?: number }
): Effect.Effect<WeightsGrid, CliFailure, Known> =>
  Effect.gen(function* () {
    const { source, table, tables, weights } = yield* openedWeights(asked)
    const { entities } = weights
    const dictionary = yield* dictionaryOf(tables, entities)
    const groupings = dictionary === undefined ? [] : groupingsOf(dictionary, entities)
    const orders = ["name", "degree", ...groupings.map(({ name }) => name)]
    const order = orders.find((one) => one === asked.order) ?? "name"
    const sorted = inOrder(weights, order, groupings)
    const from = Math.max(0, Math.min(asked.from ?? 0, entities.length - 1))
    const to = Math.max(from + 1, Math.min(asked.to ?? entities.length, entities.length))
    const block = Math.ceil((to - from) / SIDE)
    return {
      source,
      notes: table.notes,
      kind: columnOf(table, "kind", "category").values[0] ?? "",
      standardize: columnOf(table, "standardize", "category").values[0] ?? "",
      summary: summaryOf(table, weights),
      orders,
      order,
      entities: sorted.map((i) => entities[i]!),
      from,
      to,
      block,
      ...cellsOf(weights, sorted, from, to, block)
    }
  })
