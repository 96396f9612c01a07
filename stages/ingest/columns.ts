import type { Data } from "@sediment/sediment"
import type { SourceRead } from "./read-source.ts"
import type { SourceDescription } from "./source-params.ts"

/** The variables as columns of a table, their values put into `order`. A joined series has the unit and description of the newer of its two. */
export const variableColumns = (
  { observations, unitOf }: SourceRead,
  { splices = [], variables }: Pick<SourceDescription, "variables"> & Partial<Pick<SourceDescription, "splices">>,
  order: ReadonlyArray<number>
): ReadonlyMap<string, Data<"number">> =>
  new Map(
    observations.variables.map((name) => {
      const declared = splices.find(({ variable }) => variable === name)?.new ?? name
      return [name, { ...observations.column(name, order), unit: unitOf(declared), description: variables[declared]!.description }]
    })
  )
