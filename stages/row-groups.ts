import { byText } from "./key-order.ts"

/** Over which rows a quantity is taken: all of them, those of a year, or those of an entity. */
export type Scope = "pooled" | "by-year" | "by-entity"

/** A set of rows, ascending, and what it is called. */
export interface RowGroup {
  readonly label: string
  readonly rows: ReadonlyArray<number>
}

/** The rows of a panel by scope, in the order of their labels: `pooled`, the years, or the entities. */
export const rowGroups = (scope: Scope, entity: ReadonlyArray<string>, year: Int32Array): ReadonlyArray<RowGroup> => {
  if (scope === "pooled") return [{ label: "pooled", rows: entity.map((_, row) => row) }]
  const groups = new Map<string, Array<number>>()
  entity.forEach((name, row) => {
    const label = scope === "by-year" ? String(year[row]!) : name
    const rows = groups.get(label)
    if (rows === undefined) groups.set(label, [row])
    else rows.push(row)
  })
  return [...groups].map(([label, rows]) => ({ label, rows })).sort((a, b) => byText(a.label, b.label))
}

/** The values of a group's rows. */
export const gather = (values: Float64Array, { rows }: RowGroup): Float64Array => Float64Array.from(rows, (row) => values[row]!)

/** How a message calls a group: nothing where it is all rows. */
export const inGroup = ({ label }: RowGroup): string => (label === "pooled" ? "" : ` in ${label}`)
