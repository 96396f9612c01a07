import { type Fault, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { entropy, redundancyWeights } from "../src/econometrics/measurement/entropy-weights.ts"
import { failTogether } from "./fail-together.ts"
import { Indicator } from "./indicator-set.ts"
import { gather, inGroup, type RowGroup, rowGroups } from "./row-groups.ts"
import { IndicatorWeights, NormalizedPanel } from "./table-types.ts"

export const EntropyWeightsParams = Schema.Struct({
  indicators: Schema.NonEmptyArray(Indicator),
  /** Over which rows the shares P are taken: all of them; those of a year (n = N); those of an entity (n = T). */
  scope: Schema.Literals(["pooled", "by-year", "by-entity"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled" as const))),
  /** Added to every value before the shares are taken. */
  shift: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
})

interface Row {
  readonly indicator: Indicator
  readonly scope: string
  readonly entropy: number
  readonly redundancy: number
  readonly weight: number
  readonly individual_weight: number
}
type Measure = "entropy" | "redundancy" | "weight" | "individual_weight"

/** The weights of one scope, a row an indicator; where no indicator (of a dimension) says anything there are none, which is told in `faults`. */
const weigh = (
  group: RowGroup,
  indicators: ReadonlyArray<Indicator>,
  columns: ReadonlyArray<Float64Array>,
  shift: number,
  faults: Array<Fault>
): ReadonlyArray<Row> => {
  const entropies = columns.map((column) => entropy(gather(column, group), shift))
  const over = (members: ReadonlyArray<number>, of: string): ReadonlyArray<number> => {
    const weights = redundancyWeights(members.map((m) => entropies[m]!.redundancy))
    if (weights !== undefined) return weights
    const message = `every indicator of ${of} is constant${inGroup(group)}: their entropies give no weights; take another scope, or other indicators`
    faults.push({ code: "no-information", message, where: { value: group.label } })
    return members.map(() => 0)
  }
  const all = over([...indicators.keys()], "the set")
  const individual = new Float64Array(indicators.length)
  for (const dimension of new Set(indicators.map((indicator) => indicator.dimension))) {
    const members = [...indicators.keys()].filter((m) => indicators[m]!.dimension === dimension)
    over(members, `the dimension "${dimension}"`).forEach((weight, k) => {
      individual[members[k]!] = weight
    })
  }
  return indicators.map((indicator, m) => ({
    indicator,
    scope: group.label,
    entropy: entropies[m]!.entropy,
    redundancy: entropies[m]!.redundancy,
    weight: all[m]!,
    individual_weight: individual[m]!
  }))
}

/** The mean over scopes of each indicator's measures. */
const meanOf = (rows: ReadonlyArray<Row>, indicator: Indicator): Row => {
  const own = rows.filter((row) => row.indicator === indicator)
  const mean = (measure: Measure): number => own.reduce((sum, row) => sum + row[measure], 0) / own.length
  return {
    indicator,
    scope: "mean",
    entropy: mean("entropy"),
    redundancy: mean("redundancy"),
    weight: mean("weight"),
    individual_weight: mean("individual_weight")
  }
}

/**
 * Entropy weights of the indicators (eqs 13 to 16), over all of them and within each dimension, for each scope; where there are several scopes, their mean
 * weights too. An indicator that is constant within a scope has no weight there (`uninformative-indicator`); one that the normalised panel lacks, having
 * been dropped as constant, has no row (`indicator-absent`).
 */
export const entropyWeights = Stage.make("entropy-weights", {
  inputs: { normalized: NormalizedPanel },
  params: EntropyWeightsParams,
  output: IndicatorWeights,
  run: ({ normalized }, { indicators, scope, shift }) =>
    Effect.gen(function* () {
      const present = indicators.filter(({ name }) => normalized.has(name))
      if (present.length === 0)
        return yield* StageFailure.of("no-indicators", `the normalised panel has none of the indicators; it has: ${normalized.names.join(", ")}`, {
          parameter: "indicators"
        })
      for (const indicator of indicators)
        if (!present.includes(indicator)) {
          const message = `${indicator.name} is not in the normalised panel (dropped as constant): it gets no weight`
          yield* Stage.warn({ code: "indicator-absent", message, where: { column: indicator.name } })
        }
      const entity = normalized.column("entity").values
      const year = normalized.column("year").values
      const groups = rowGroups(scope, entity, year)
      const columns = present.map(({ name }) => normalized.column(name).values)
      const faults: Array<Fault> = []
      for (const group of groups)
        if (group.rows.length < 2) {
          const message = `there is one row${inGroup(group)}: an entropy needs two or more; take another scope`
          faults.push({ code: "one-row-scope", message, where: { parameter: "scope", value: group.label } })
        }
      columns.forEach((column, m) => {
        const row = column.findIndex((y) => !(y >= 0))
        if (row === -1) return
        const message = `${present[m]!.name}: ${column[row]!} for ${entity[row]!} in ${year[row]!}; an entropy needs values of 0 or more: normalise first`
        faults.push({ code: "negative-value", message, where: { column: present[m]!.name, entity: entity[row]!, year: year[row]! } })
      })
      yield* failTogether(faults)
      const rows = groups.flatMap((group) => weigh(group, present, columns, shift, faults))
      yield* failTogether(faults)
      for (const indicator of present) {
        const empty = rows.filter((row) => row.indicator === indicator && row.redundancy === 0).map((row) => row.scope)
        if (empty.length === 0) continue
        const message = `${indicator.name} is constant (or sums to zero) within ${empty.join(", ")}: its redundancy, and so its weight, is 0 there`
        yield* Stage.warn({ code: "uninformative-indicator", message, where: { column: indicator.name } })
      }
      const all = scope === "pooled" ? rows : [...rows, ...present.map((indicator) => meanOf(rows, indicator))]
      const measure = (name: Measure): Float64Array => Float64Array.from(all, (row) => row[name])
      return {
        indicator: all.map((row) => row.indicator.name),
        dimension: all.map((row) => row.indicator.dimension),
        attribute: all.map((row) => row.indicator.attribute),
        scope: all.map((row) => row.scope),
        entropy: measure("entropy"),
        redundancy: measure("redundancy"),
        weight: measure("weight"),
        individual_weight: measure("individual_weight"),
        method: all.map(() => (shift === 0 ? "entropy" : `entropy, shifted by ${shift}`))
      }
    })
})
