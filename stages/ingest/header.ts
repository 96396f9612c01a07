import type { Fault } from "@sediment/sediment"
import { didYouMean } from "@sediment/sediment"
import { columnsOf } from "./missing-columns.ts"
import type { TableRecords } from "./records.ts"

/** Where a column stands in a file; -1 where it is missing, which is told in `faults` with those like it, or with all that there are. */
export const columnIndex = (file: TableRecords, header: string, faults: Array<Fault>): number => {
  const index = file.headers.indexOf(header)
  if (index === -1)
    faults.push({
      code: "missing-column",
      message: `${file.path}, row 1: there is no column "${header}"; ${didYouMean(header, file.headers) || columnsOf({ file: file.path }, file.headers, faults)}correct the header, or what the node says of it`,
      where: { file: file.path, row: 1, column: header, expected: `a column "${header}"` }
    })
  return index
}
