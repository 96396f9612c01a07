import type { Fault } from "@sediment/sediment"
import { readNumber } from "./cell.ts"
import type { CsvFile } from "./csv.ts"
import { columnIndex } from "./header.ts"
import type { Keyed } from "./keys.ts"
import type { SourceVariable } from "./source-params.ts"

/** The values of the declared variables, a column each, a value for each of `keyed`; faults are told of every row of the file. */
export const readWide = (
  file: CsvFile,
  variables: Readonly<Record<string, SourceVariable>>,
  keyed: ReadonlyArray<Keyed>,
  faults: Array<Fault>
): ReadonlyMap<string, Float64Array> =>
  new Map(
    Object.entries(variables).map(([name, variable]) => {
      const header = variable.header ?? name
      const index = columnIndex(file, header, faults)
      const byRow = new Map(index === -1 ? [] : file.records.map((record) => [record.row, readNumber(file, record, index, header, variable, faults)]))
      return [name, Float64Array.from(keyed, ({ record }) => byRow.get(record.row) ?? Number.NaN)]
    })
  )
