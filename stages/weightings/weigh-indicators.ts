import { type Fault, Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Fault as EstimatorFault, resultOrFault } from "../../src/econometrics/fault.ts"
import { entropy } from "../../src/econometrics/measurement/entropy-weights.ts"
import { failTogether } from "../fail-together.ts"
import { Indicator } from "../indicator-set.ts"
import { gather, inGroup, type RowGroup, rowGroups } from "../row-groups.ts"
import type { NormalizedPanel } from "../table-types.ts"

/** What every weighting takes. */
export const weightingParams = {
  indicators: Schema.NonEmptyArray(Indicator),
  /** Over which rows the weights are made: all of them; those of a year; those of an entity. */
  scope: Schema.Literals(["pooled", "by-year", "by-entity"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled" as const)))
}
type WeightingParams = Schema.Struct<typeof weightingParams>["Type"]

/** A weighting: what it is called in the output, and the weights (sum one) of indicators by their columns, which are values of one scope. */
export interface Weighting {
  readonly method: string
  /** Throws a Fault of src/econometrics where the columns give no weights. */
  readonly weigh: (columns: ReadonlyArray<Float64Array>, indicators: ReadonlyArray<Indicator>) => ReadonlyArray<number>
  /** Whether an indicator that is constant within a scope has a weight there too, since the weighting does not look at the data. */
  readonly weighsConstants?: boolean
  /** Added to every value before the entropies that are reported are taken. */
  readonly shift?: number
}

interface Row {
  readonly indicator: Indicator
  readonly scope: string
  readonly entropy: number
  readonly redundancy: number
  readonly weight: number
  readonly individual_weight: number
}
type Measure = "entropy" | "redundancy" | "weight" | "individual_weight"

/** The weights of one scope, a row an indicator; where those of the set or of a dimension cannot be told there are none, which is told in `faults`. */
const weighGroup = (
  group: RowGroup,
  indicators: ReadonlyArray<Indicator>,
  panel: ReadonlyArray<Float64Array>,
  weighting: Weighting,
  faults: Array<Fault>
): ReadonlyArray<Row> => {
  const columns = panel.map((column) => gather(column, group))
  const entropies = columns.map((column) => entropy(column, weighting.shift))
  const over = (members: ReadonlyArray<number>, of: string): ReadonlyMap<number, number> => {
    const told = members.filter((m) => weighting.weighsConstants === true || columns[m]!.some((y) => y !== columns[m]![0]))
    if (told.length === 0) {
      const message = `every indicator of ${of} is constant${inGroup(group)}: they give no weights; take another scope, or other indicators`
      faults.push({ code: "no-information", message, where: { value: group.label } })
      return new Map()
    }
    const weigh = () =>
      weighting.weigh(
        told.map((m) => columns[m]!),
        told.map((m) => indicators[m]!)
      )
    const weights = resultOrFault(weigh)
    if (!(weights instanceof EstimatorFault)) return new Map(told.map((m, k) => [m, weights[k]!]))
    faults.push({ code: weights.code, message: `${weighting.method} weights of ${of}${inGroup(group)}: ${weights.message}`, where: { value: group.label } })
    return new Map()
  }
  const all = over([...indicators.keys()], "the set")
  const individual = new Map<number, number>()
  for (const dimension of new Set(indicators.map((indicator) => indicator.dimension))) {
    const members = [...indicators.keys()].filter((m) => indicators[m]!.dimension === dimension)
    for (const [m, weight] of over(members, `the dimension "${dimension}"`)) individual.set(m, weight)
  }
  return indicators.map((indicator, m) => ({
    indicator,
    scope: group.label,
    entropy: entropies[m]!.entropy,
    redundancy: entropies[m]!.redundancy,
    // What is constant within the scope, and so has no weight there, has 0.
    weight: all.get(m) ?? 0,
    individual_weight: individual.get(m) ?? 0
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

/** The indicators that the normalised panel has. One that it lacks, having been dropped as constant, is told (`indicator-absent`); none at all is a fault. */
const presentIndicators = (normalized: Tracked<typeof NormalizedPanel>, indicators: ReadonlyArray<Indicator>) =>
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
    return present
  })

/**
 * The table of weights that a weighting gives, over all indicators and within each dimension, for each scope; where there are several scopes, their mean
 * weights too. The entropy and redundancy of each indicator stand beside its weights, whatever made them. An indicator that is constant within a scope has no
 * weight there (`uninformative-indicator`), unless the weighting does not look at the data.
 */
export const weighIndicators = (normalized: Tracked<typeof NormalizedPanel>, { indicators, scope }: WeightingParams, weighting: Weighting) =>
  Effect.gen(function* () {
    const present = yield* presentIndicators(normalized, indicators)
    const entity = normalized.column("entity").values
    const year = normalized.column("year").values
    const groups = rowGroups(scope, entity, year)
    const columns = present.map(({ name }) => normalized.column(name).values)
    const faults: Array<Fault> = []
    for (const group of groups)
      if (group.rows.length < 2) {
        const message = `there is one row${inGroup(group)}: weights and entropies need two or more; take another scope`
        faults.push({ code: "one-row-scope", message, where: { parameter: "scope", value: group.label } })
      }
    columns.forEach((column, m) => {
      const row = column.findIndex((y) => !(y >= 0))
      if (row === -1) return
      const message = `${present[m]!.name}: ${column[row]!} for ${entity[row]!} in ${year[row]!}; weights need values of 0 or more: normalise first`
      faults.push({ code: "negative-value", message, where: { column: present[m]!.name, entity: entity[row]!, year: year[row]! } })
    })
    yield* failTogether(faults)
    const rows = groups.flatMap((group) => weighGroup(group, present, columns, weighting, faults))
    yield* failTogether(faults)
    for (const indicator of present) {
      const empty = rows.filter((row) => row.indicator === indicator && row.redundancy === 0 && row.weight === 0).map((row) => row.scope)
      if (empty.length === 0 || weighting.weighsConstants === true) continue
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
      method: all.map(() => weighting.method)
    }
  })
