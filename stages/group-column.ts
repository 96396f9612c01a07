import { didYouMean, type Fault, type Tracked } from "@sediment/sediment"
import type { Entities } from "./table-types.ts"

/** A column of the dictionary that says which group each entity is in. */
export interface GroupColumn {
  /** The entity's group; "" where the column has none for it. */
  readonly groupOf: (entity: string) => string
  /** The groups that there are, sorted. */
  readonly groups: ReadonlyArray<string>
}

/** Reads a column of groups; where the dictionary lacks it, that is a fault of the parameter. */
export const readGroupColumn = (entities: Tracked<typeof Entities>, column: string, parameter: string, faults: Array<Fault>): GroupColumn | undefined => {
  if (!entities.has(column)) {
    const message = `${parameter}: the dictionary has no column "${column}"; ${didYouMean(column, entities.names)}its columns are: ${entities.names.join(", ")}`
    faults.push({ code: "unknown-group-column", message, where: { parameter, column } })
    return undefined
  }
  const values = Array.from((entities.column(column) as { readonly values: ReadonlyArray<string | number> }).values, String)
  const of = new Map(entities.column("entity").values.map((name, i) => [name, values[i]!]))
  return { groupOf: (entity) => of.get(entity) ?? "", groups: [...new Set(values)].filter((text) => text !== "").sort() }
}

/** A fault for each of `values` that is no group of the column. */
export const unknownGroups = (
  { groups }: GroupColumn,
  values: ReadonlyArray<string>,
  place: string,
  where: { readonly parameter: string; readonly column: string }
): ReadonlyArray<Fault> =>
  values
    .filter((value) => !groups.includes(value))
    .map((value) => ({
      code: "unknown-group",
      message: `${place}: no entity has "${value}"; ${didYouMean(value, groups)}its values are: ${groups.join(", ")}`,
      where: { ...where, value }
    }))

/** A fault for each entity of the panel that the dictionary lacks. */
export const strangers = (entities: Tracked<typeof Entities>, names: ReadonlyArray<string>): ReadonlyArray<Fault> => {
  const known = new Set(entities.column("entity").values)
  return [...new Set(names)]
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: "unknown-entity",
      message: `"${name}" of the panel is not in the dictionary: add it, with its groups`,
      where: { entity: name }
    }))
}
