import { Schema } from "effect"
import type { Row } from "./draft.ts"
import { type Labels, labelOf } from "./labels.ts"
import type { ModelColumn } from "./model-column.ts"
import type { PublishedNumbers } from "./published-numbers.ts"

const EffectRow = Schema.Struct({
  /** entity, year, or what else a model absorbs. */
  effect: Schema.NonEmptyString,
  label: Schema.optionalKey(Schema.String),
  published: Schema.optionalKey(Schema.String)
})
export const FixedEffectsParam = Schema.Union([Schema.Boolean, Schema.Array(Schema.Union([Schema.NonEmptyString, EffectRow])).check(Schema.isMinLength(1))])
type FixedEffects = typeof FixedEffectsParam.Type

/** The fixed effects of a model by what its glance calls it; undefined where that tells nothing of effects. */
export const absorbedEffects = (model: string): ReadonlyArray<string> | undefined => {
  const [name] = model.split(";") as [string, ...Array<string>]
  const absorbed = /^fixed effects of (.+)$/.exec(name)?.[1]
  if (absorbed !== undefined) return absorbed.split(" and ")
  if (name === "two-way fixed effects" || name.startsWith("FE-2SLS")) return ["entity", "year"]
  if (/random effects|random-effects|random entity effects/.test(name)) return /year dummies|year effects/.test(name) ? ["year"] : []
  if (/entity and (?:year|time) effects/.test(name)) return ["entity", "year"]
  if (name.includes("entity effects")) return ["entity"]
  if (/(?:year|time) effects/.test(name)) return ["year"]
  return name === "least squares" || name.includes(", a constant") ? [] : undefined
}

const defaultLabel = (effect: string, labels: Labels): string => {
  const label = labelOf(labels, effect)
  return `${label.slice(0, 1).toUpperCase()}${label.slice(1)} fixed effects`
}

/** Which fixed effects each column's model has, from its glance: Yes, No, or blank where the glance does not tell. `true`: all that any column has. */
export const fixedEffectsRows = (columns: ReadonlyArray<ModelColumn>, asked: FixedEffects, labels: Labels, published: PublishedNumbers): ReadonlyArray<Row> => {
  if (asked === false) return []
  const effects = columns.map(({ model }) => absorbedEffects(model()))
  const rows = asked === true ? [...new Set(effects.flatMap((own) => own ?? []))] : asked
  return rows.map((row) => {
    const { effect, label, published: term }: typeof EffectRow.Type = typeof row === "string" ? { effect: row } : row
    return {
      label: label ?? defaultLabel(effect, labels),
      cells: columns.map((column, i) => ({
        text: effects[i] === undefined ? "" : effects[i].includes(effect) ? "Yes" : "No",
        published: term === undefined ? undefined : published(column.published, term, ["flag"])
      }))
    }
  })
}

/** Effects that are asked for and that no column has: a mistyped name. Nothing where no column tells its effects. */
export const unknownEffects = (
  columns: ReadonlyArray<ModelColumn>,
  asked: FixedEffects
): ReadonlyArray<{ readonly place: string; readonly effect: string; readonly there: ReadonlyArray<string> }> => {
  if (typeof asked === "boolean") return []
  const told = columns.flatMap(({ model }) => absorbedEffects(model()) ?? [])
  const there = [...new Set(told)]
  return asked.flatMap((row, i) => {
    const effect = typeof row === "string" ? row : row.effect
    return there.length === 0 || there.includes(effect) ? [] : [{ place: `fixedEffects[${i}]`, effect, there }]
  })
}
