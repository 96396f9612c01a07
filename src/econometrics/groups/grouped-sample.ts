import { absorb } from "../effects/absorb.ts"
import { panelFactors } from "../effects/panel-absorption.ts"
import { Fault, type Warning } from "../fault.ts"
import { requireColumns } from "../linear/given-columns.ts"
import { type Factor, factor, pickFactor } from "../sample/factor.ts"
import { type PanelIndex, pickRows } from "../sample/panel-index.ts"
import { singletonsWarning, withoutSingletons } from "../sample/singletons.ts"
import type { Variable } from "../sample/variable.ts"

/** Groups of entities that have none in common. */
export interface EntityGroups {
  readonly names: ReadonlyArray<string>
  /** For each entity of an index, the position of its group in `names`; -1 where it is in none. */
  readonly of: Int32Array
}

/**
 * What differs by group: all slopes and the year effects, as in regressions of each group alone (`all`); or the slopes of the named regressors only, controls and
 * year effects being shared (`regressors`).
 */
export type Interacted = "all" | "regressors"

/** A two-way fixed effects model whose coefficients may differ between groups of entities. */
export interface GroupedModel {
  readonly index: PanelIndex
  readonly dependent: Variable
  readonly regressors: ReadonlyArray<Variable>
  readonly controls: ReadonlyArray<Variable>
  readonly groups: EntityGroups
}

export interface Group {
  readonly name: string
  readonly entities: number
  readonly rows: number
}

/** The rows of a model that are in a group and that its effects do not fit by themselves. */
export interface GroupedSample {
  readonly index: PanelIndex
  readonly groups: ReadonlyArray<Group>
  /** The position of each row's group. */
  readonly groupOf: Int32Array
  /** Entity effects, and the effects of years or of years by group. */
  readonly effects: readonly [Factor, Factor]
  readonly pick: (variable: Variable) => Variable
  readonly warnings: ReadonlyArray<Warning>
}

/** The year effects, one for each year or one for each year of each group. */
const yearFactor = (index: PanelIndex, groupOf: Int32Array, names: ReadonlyArray<string>, interacted: Interacted): Factor => {
  const { year } = panelFactors(index)
  if (interacted === "regressors") return year
  const both = factor(
    "group-year",
    year.codes.map((code, row) => groupOf[row]! * year.levels + code)
  )
  return { ...both, labels: both.labels.map((code) => `${names[Math.floor(Number(code) / year.levels)]} ${year.labels[Number(code) % year.levels]}`) }
}

/** Why a group cannot have slopes of its own, if it cannot. */
const shortage = ({ entities, name, rows }: Group, effects: number, slopes: number, interacted: Interacted, least: number): ReadonlyArray<string> => {
  if (entities === 0) return [`${name} has no row in the sample`]
  if (entities < least)
    return [`${name} has ${entities === 1 ? "one entity" : `${entities} entities`}, and a variance clustered by entity needs ${least} in a group`]
  if (interacted === "all" && rows - effects - slopes < 1) return [`the ${rows} rows of ${name} cannot carry ${slopes} slopes and ${effects} effects`]
  return []
}

/**
 * Picks the rows of the groups and drops singletons. A Fault where there are fewer than two groups, or where a group has fewer than `least` entities or too few rows
 * for its part of the model; all such groups are named.
 */
export const groupedSample = (
  { controls, dependent, groups: { names, of }, index: given, regressors }: GroupedModel,
  interacted: Interacted,
  least = 1
): GroupedSample => {
  const strange = of.findIndex((group) => !(group >= -1 && group < names.length))
  requireColumns({ variables: [dependent, ...regressors, ...controls], rows: given.rows }, [
    ...(of.length === given.entities.length
      ? []
      : [`groups are given for ${of.length} entities, and the panel has ${given.entities.length}: give one for each, -1 for none`]),
    ...(strange < 0
      ? []
      : [
          `${given.entities[strange] ?? `entity ${strange + 1}`} is in group ${of[strange]}: groups are numbered from 0 to ${names.length - 1}, and -1 is none`
        ]),
    ...(new Set(names).size === names.length ? [] : ["two groups have one name: give each its own"])
  ])
  if (names.length < 2)
    throw new Fault("too-few-groups", `coefficients are compared between groups, and there is ${names.length === 1 ? `${names[0]} alone` : "none"}`)
  const grouped = Int32Array.from(given.entity.keys()).filter((row) => of[given.entity[row]!]! >= 0)
  const before = pickRows(given, grouped)
  const groupBefore = Int32Array.from(grouped, (row) => of[given.entity[row]!]!)
  const factors = [panelFactors(before).entity, yearFactor(before, groupBefore, names, interacted)] as const
  const { dropped, rows } = withoutSingletons(factors)
  const index = pickRows(before, rows)
  const groupOf = Int32Array.from(rows, (row) => groupBefore[row]!)
  const effects = [pickFactor(factors[0], rows), pickFactor(factors[1], rows)] as const

  const slopes = regressors.length + controls.length
  const lacking: Array<string> = []
  const groups = names.map((name, g): Group => {
    const own = Int32Array.from(groupOf.keys()).filter((row) => groupOf[row] === g)
    const parts = effects.map((effect) => pickFactor(effect, own))
    const group = { name, entities: parts[0]!.levels, rows: own.length }
    lacking.push(...shortage(group, own.length === 0 ? 0 : absorb(parts).rank, slopes, interacted, least))
    return group
  })
  if (lacking.length > 0)
    throw new Fault("group-too-small", `${lacking.join("; ")}: merge it with another group, leave it out, widen the sample, or take fewer regressors`)
  return {
    index,
    groups,
    groupOf,
    effects,
    pick: ({ name, values }) => ({ name, values: Float64Array.from(rows, (row) => values[grouped[row]!]!) }),
    warnings: singletonsWarning(factors, dropped)
  }
}

/** The terms whose coefficients are compared: the regressors unless given. A Fault where the model lacks one. */
export const comparedTerms = ({ controls, regressors }: GroupedModel, given: ReadonlyArray<string> | undefined): ReadonlyArray<string> => {
  const known = [...regressors, ...controls].map(({ name }) => name)
  const unknown = (given ?? []).filter((term) => !known.includes(term))
  if (unknown.length > 0) throw new Fault("unknown-term", `${unknown.join(", ")}: not among the slopes that can be compared, which are ${known.join(", ")}`)
  return given ?? regressors.map(({ name }) => name)
}
