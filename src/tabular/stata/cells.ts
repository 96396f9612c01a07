import { faultOf } from "../fault-of.ts"
import type { NamedColumn } from "../named-sheet.ts"
import { type CellValue, UnreadableFile } from "../sheet.ts"
import { untilZero } from "./cursor.ts"
import type { RawDataset } from "./dataset.ts"
import type { Decode } from "./encoding.ts"
import { missingName, readNumber } from "./numbers.ts"

/** Reads the cell of a variable in the observation that begins at a byte of the data and stands in a row of the sheet. */
export type CellReader = (from: number, row: number) => CellValue

interface CellContext {
  readonly path: string
  readonly dataset: RawDataset
  readonly variable: RawDataset["variables"][number]
  readonly column: NamedColumn
  readonly decode: Decode
  /** Labels that stand for their values. */
  readonly labels: ReadonlyMap<number | string, string>
  /** Missing codes with a letter are told, as `.a`. */
  readonly letters: boolean
  readonly date: ((value: number) => string | number | undefined) | undefined
}

export const cellReader = (context: CellContext): CellReader => {
  switch (context.variable.type.storage) {
    case "str":
      return shortText(context)
    case "strL":
      return longText(context)
    default:
      return number(context)
  }
}

const number = ({ dataset, date, labels, letters, variable }: CellContext): CellReader => {
  const { data } = dataset
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const { offset, type } = variable
  return (from) => {
    const cell = readNumber(type.storage, view, from + offset, dataset)
    if ("missing" in cell) {
      if (cell.missing === 0) return null
      const letter = missingName(cell.missing)
      return labels.get(letter) ?? (letters ? letter : null)
    }
    const value = cell.value === 0 ? 0 : cell.value
    return labels.get(value) ?? date?.(value) ?? value
  }
}

const shortText = ({ dataset, decode, variable }: CellContext): CellReader => {
  const { offset, type } = variable
  return (from) => {
    const bytes = untilZero(dataset.data.subarray(from + offset, from + offset + type.width))
    return bytes.length === 0 ? null : decode(bytes)
  }
}

const longText = ({ column, dataset, decode, path, variable }: CellContext): CellReader => {
  const { data, layout, little, longTexts } = dataset
  const unsigned = (from: number, to: number): number => {
    let value = 0
    for (let i = 0; i < to - from; i++) value = value * 256 + data[little ? to - 1 - i : from + i]!
    return value
  }
  return (from, row) => {
    const at = from + variable.offset
    const [v, o] = [unsigned(at, at + layout.strlVariable), unsigned(at + layout.strlVariable, at + 8)]
    if (v === 0 && o === 0) return null
    const found = longTexts.get(v)?.get(o)
    if (found === undefined) {
      const message = `row ${row}, variable ${column.name}: names the long text (${v}, ${o}), which the file does not have; it is damaged: get it again, or save it anew`
      throw new UnreadableFile([faultOf(path, "damaged-file", message, { row, column: column.name })])
    }
    const bytes = found.binary ? untilZero(found.bytes) : found.bytes
    return bytes.length === 0 ? null : decode(bytes)
  }
}
