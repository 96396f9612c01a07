import type { Data } from "@sediment/sediment"
import type { SourceVariable } from "./source-params.ts"

/** The variables as columns of a table, their values put into `order`. */
export const variableColumns = (
  variables: Readonly<Record<string, SourceVariable>>,
  values: ReadonlyMap<string, Float64Array>,
  order: ReadonlyArray<number>
): ReadonlyMap<string, Data<"number">> =>
  new Map(
    Object.entries(variables).map(([name, { description, unit }]) => {
      const column = values.get(name)!
      return [name, { values: Float64Array.from(order, (i) => column[i]!), unit, description }]
    })
  )
