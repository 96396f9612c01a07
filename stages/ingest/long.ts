import type { Fault } from "@sediment/sediment"
import { didYouMean } from "@sediment/sediment"
import { readNumber } from "./cell.ts"
import type { CsvFile } from "./csv.ts"
import { columnIndex } from "./header.ts"
import type { Keyed } from "./keys.ts"
import type { SourceVariable } from "./source-params.ts"

type Variables = Readonly<Record<string, SourceVariable>>

/** A long file, a row a cell: which column holds the variable's label and which the value; -1 where it is missing. */
export interface LongFile extends CsvFile {
  readonly labelIndex: number
  readonly valueIndex: number
  readonly valueHeader: string
}

/** Takes a file as long. Rows of variables that are not declared are passed over; a declared variable without any row is a fault. */
export const longFile = (
  file: CsvFile,
  headers: { readonly variable: string; readonly value: string },
  variables: Variables,
  faults: Array<Fault>
): LongFile => {
  const labelIndex = columnIndex(file, headers.variable, faults)
  const valueIndex = columnIndex(file, headers.value, faults)
  const declared = new Set(Object.entries(variables).map(([name, { header }]) => header ?? name))
  const present = new Set(labelIndex === -1 ? declared : file.records.map(({ cells }) => cells[labelIndex]!))
  for (const label of declared)
    if (!present.has(label)) {
      const message = `${file.path}: no row has "${label}" in the column "${headers.variable}"; ${didYouMean(label, present)}the variables are: ${[...present].join(", ")}`
      faults.push({ code: "missing-variable", message, where: { file: file.path, column: headers.variable, value: label } })
    }
  const records = labelIndex === -1 ? [] : file.records.filter(({ cells }) => declared.has(cells[labelIndex]!))
  return { ...file, records, labelIndex, valueIndex, valueHeader: headers.value }
}

export interface Pivoted {
  /** One for each (entity, year) of the file: its first record. */
  readonly keyed: ReadonlyArray<Keyed>
  /** A value for each of `keyed`; missing where the file has no row for it. */
  readonly values: ReadonlyMap<string, Float64Array>
}

/** Turns the rows of a long file into columns. */
export const readLong = (file: LongFile, variables: Variables, keyed: ReadonlyArray<Keyed>, faults: Array<Fault>): Pivoted => {
  const firsts = new Map<string, Keyed & { readonly at: number }>()
  const placeOf = new Map<number, number>()
  for (const key of keyed) {
    const id = JSON.stringify([key.entity, key.year])
    const first = firsts.get(id) ?? { ...key, at: firsts.size }
    firsts.set(id, first)
    placeOf.set(key.record.row, first.at)
  }
  const values = new Map<string, Float64Array>()
  for (const [name, variable] of Object.entries(variables)) {
    const column = new Float64Array(firsts.size).fill(Number.NaN)
    values.set(name, column)
    if (file.valueIndex === -1) continue
    for (const record of file.records) {
      if (record.cells[file.labelIndex] !== (variable.header ?? name)) continue
      const value = readNumber(file, record, file.valueIndex, file.valueHeader, variable, faults)
      const at = placeOf.get(record.row)
      if (at !== undefined) column[at] = value
    }
  }
  return { keyed: [...firsts.values()], values }
}
