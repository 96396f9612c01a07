import type { Data, Fault, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Fault as EstimatorFault, resultOrFault } from "../../src/econometrics/fault.ts"
import type { Weighted } from "../../src/econometrics/measurement/composite-score.ts"
import { failTogether } from "../fail-together.ts"
import { Dimension } from "../indicator-set.ts"
import { requireVariables } from "../panel-columns.ts"
import { rowGroups, type Scope } from "../row-groups.ts"
import type { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"

/** What every aggregation takes. */
export const aggregationParams = {
  /** The composite's column, made of all indicators by their overall weights; its share version is `<index>_share`. */
  index: VariableName,
  /** The sub-indices' columns, each made of its dimension's indicators by their individual weights. */
  dimensions: Schema.NonEmptyArray(Dimension),
  /** Where weights vary by year or entity: the row's own, or their mean. */
  weights: Schema.Literals(["own", "mean"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("own" as const)))
}
type AggregationParams = Schema.Struct<typeof aggregationParams>["Type"]

type Groups = ReadonlyArray<ReadonlyArray<number>>
/** An aggregation of weighted indicators over `rows` rows; the groups are the rows of each scope of the weights. It may throw a Fault of src/econometrics. */
export interface Aggregation {
  /** 0 to 100. */
  readonly score: (members: ReadonlyArray<Weighted>, groups: Groups, rows: number) => Float64Array
  /** What the score is, for the column's description. */
  readonly description: string
  /** The share version; without it, 1000 times each row's share of the sum of its group's scores. */
  readonly share?: { readonly score: Aggregation["score"]; readonly description: string }
}
const shareOfScores = (score: Float64Array, groups: Groups): Float64Array => {
  const share = new Float64Array(score.length)
  for (const group of groups) {
    const sum = group.reduce((total, row) => total + score[row]!, 0)
    if (sum > 0) for (const row of group) share[row] = (1000 * score[row]!) / sum
  }
  return share
}

/** What the weights vary by, told from the scopes that they name. */
const scopeOf = (scopes: ReadonlyArray<string>, entity: ReadonlyArray<string>): Scope => {
  const own = scopes.find((scope) => scope !== "mean")
  return own === undefined || own === "pooled" ? "pooled" : entity.includes(own) ? "by-entity" : "by-year"
}

/** Looks a weight up by indicator and scope. */
const weightTable = (weights: Tracked<typeof IndicatorWeights>, column: "weight" | "individual_weight"): ReadonlyMap<string, number> => {
  const indicator = weights.column("indicator").values
  const scope = weights.column("scope").values
  const values = weights.column(column).values
  return new Map(indicator.map((name, i) => [JSON.stringify([name, scope[i]!]), values[i]!]))
}

/**
 * The composite index and its sub-indices by an aggregation, for each the value version `<index>` and the share version `<index>_share`. The mean weights of
 * several scopes count as one weight for all rows.
 */
export const combineIndicators = (
  normalized: Tracked<typeof NormalizedPanel>,
  weights: Tracked<typeof IndicatorWeights>,
  params: AggregationParams,
  aggregation: Aggregation
) =>
  Effect.gen(function* () {
    const dimensionOf = new Map(weights.column("indicator").values.map((name, i) => [name, weights.column("dimension").values[i]!]))
    const indicators = [...dimensionOf.keys()]
    yield* requireVariables(normalized, indicators, "weights")
    const entity = normalized.column("entity").values
    const year = normalized.column("year").values
    const scope = params.weights === "mean" ? "pooled" : scopeOf(weights.column("scope").values, entity)
    const groups = rowGroups(scope, entity, year)
    const faults: Array<Fault> = []
    const dimensions = params.dimensions.map(({ name }) => name)
    for (const [indicator, dimension] of dimensionOf)
      if (!dimensions.includes(dimension)) {
        const message = `dimensions: ${indicator} has weights in "${dimension}", which is not among: ${dimensions.join(", ")}`
        faults.push({ code: "unknown-dimension", message, where: { parameter: "dimensions", value: dimension } })
      }
    for (const dimension of dimensions)
      if (![...dimensionOf.values()].includes(dimension)) {
        const message = `dimensions: no indicator of "${dimension}" has a weight (all dropped as constant?): take the dimension out of the set`
        faults.push({ code: "empty-dimension", message, where: { parameter: "dimensions", value: dimension } })
      }

    const tables = { weight: weightTable(weights, "weight"), individual_weight: weightTable(weights, "individual_weight") }
    const labels = params.weights === "mean" && !weights.column("scope").values.includes("pooled") ? ["mean"] : groups.map(({ label }) => label)
    const weighted = (name: string, column: keyof typeof tables): Weighted => {
      const weight = new Float64Array(entity.length)
      groups.forEach(({ rows }, g) => {
        const label = labels[g]!
        const value = tables[column].get(JSON.stringify([name, label]))
        if (value === undefined) faults.push({ code: "missing-weight", message: `${name} has no weight for ${label}: make weights and index from one panel` })
        for (const row of rows) weight[row] = value ?? 0
      })
      return { values: normalized.column(name).values, weight }
    }
    const masks = (names: ReadonlyArray<string>): Uint8Array => {
      const filled = names.flatMap((name) => normalized.column(name).filled ?? [])
      return Uint8Array.from(entity, (_, row) => (filled.some((mask) => mask[row] === 1) ? 1 : 0))
    }
    const rest = new Map<string, Data<"number">>()
    const add = (name: string, label: string, names: ReadonlyArray<string>, column: keyof typeof tables): void => {
      for (const taken of [name, `${name}_share`])
        if (rest.has(taken))
          faults.push({ code: "name-taken", message: `"${taken}" would be two columns of the index: rename a dimension`, where: { column: taken } })
      const members = names.map((indicator) => weighted(indicator, column))
      const filled = masks(names)
      const unit = "0 to 100"
      const groupRows = groups.map(({ rows }) => rows)
      const scored = resultOrFault(() => {
        const values = aggregation.score(members, groupRows, entity.length)
        return { values, share: aggregation.share?.score(members, groupRows, entity.length) ?? shareOfScores(values, groupRows) }
      })
      if (scored instanceof EstimatorFault) {
        faults.push({ code: scored.code, message: `${name}: ${scored.message}`, where: { column: name } })
        return
      }
      rest.set(name, { values: scored.values, filled, unit, description: `${label}: ${aggregation.description}` })
      const description = aggregation.share?.description ?? "1000 * share of the sum of scores"
      rest.set(`${name}_share`, { values: scored.share, filled, unit: "per mille", description: `${label}: ${description}` })
    }
    add(params.index, "composite index", indicators, "weight")
    for (const { label, name } of params.dimensions)
      add(
        name,
        label,
        indicators.filter((indicator) => dimensionOf.get(indicator) === name),
        "individual_weight"
      )
    yield* failTogether(faults)
    return { entity, year, rest }
  })
