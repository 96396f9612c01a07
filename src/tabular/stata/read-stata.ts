import type { Fault } from "../../dag/stage.ts"
import { faultOf } from "../fault-of.ts"
import type { NamedColumn, NamedSheet, NamedSheetFile } from "../named-sheet.ts"
import { type SheetRow, UnreadableFile } from "../sheet.ts"
import { type CellReader, cellReader } from "./cells.ts"
import type { RawDataset } from "./dataset.ts"
import { dateReader, isBusinessDate } from "./dates.ts"
import { type Decode, decoderOf, likelyEncoding } from "./encoding.ts"
import { missingLong, missingName, readNumber } from "./numbers.ts"
import { openDataset } from "./open.ts"

export interface StataOptions {
  /** The encoding of texts in versions before 118, such as `gb18030` or `windows-1252`; without it, the likeliest. Versions from 118 on are UTF-8. */
  readonly encoding?: string | undefined
  /** What a value with a label becomes: the number that it is (the default), or its label; given as names of variables, its label in these alone. */
  readonly labelled?: "numbers" | "labels" | ReadonlyArray<string> | undefined
  /** What the missing codes `.a` to `.z` become: nothing, as `.` always does (the default), or their text. */
  readonly missingCodes?: "nothing" | "letters" | undefined
}

/** How a dataset's texts are decoded, and what is to be told of it. */
const decodingOf = (
  path: string,
  { layout, ...rest }: RawDataset,
  encoding: string | undefined
): { readonly decode: Decode; readonly warnings: ReadonlyArray<Fault> } => {
  const named = layout.utf8 ? "utf-8" : encoding
  const likely = named === undefined ? likelyEncoding({ layout, ...rest }) : undefined
  const decode = decoderOf(named ?? likely ?? "windows-1252")
  if (decode === undefined) {
    const message = `there is no encoding "${encoding}"; expected a name such as "gb18030", "windows-1252" or "utf-8"`
    throw new UnreadableFile([faultOf(path, "unknown-encoding", message, { value: named! })])
  }
  // What is valid UTF-8 beyond ASCII is hardly ever anything else.
  if (likely === undefined || likely === "utf-8") return { decode, warnings: [] }
  const message = `version ${layout.version} does not say the encoding of its texts; they are read as ${likely}. If letters look wrong, say encoding, such as "gb18030" or "windows-1252"`
  return { decode, warnings: [faultOf(path, "encoding-guessed", message)] }
}

/** Every value of a variable of dates that is in no year from 1 to 9999: such values stay numbers. */
const undatable = (
  dataset: RawDataset,
  { offset, type }: RawDataset["variables"][number],
  format: string
): { readonly count: number; readonly row: number } => {
  const read = dateReader(format)
  const view = new DataView(dataset.data.buffer, dataset.data.byteOffset, dataset.data.byteLength)
  let count = 0
  let first = 0
  for (let row = 0; read !== undefined && row < dataset.observations; row++) {
    const cell = readNumber(type.storage, view, row * dataset.width + offset, dataset)
    if ("value" in cell && read(cell.value) === undefined && count++ === 0) first = row + 2
  }
  return { count, row: first }
}

/**
 * Reads a dataset of Stata: .dta versions 108 and 110 to 119 (Stata 6 to 19), of both byte orders. The names of the variables are in row 1, observation n in row
 * n + 1. Missing values and empty texts are nothing; dates are ISO text and `%ty` the number of the year (see `dateReader`); a float is the double that it
 * is exactly. Rejects with UnreadableFile what is no dataset, is cut off or damaged.
 */
export const readStata = async (
  { bytes, path }: { readonly path: string; readonly bytes: Uint8Array },
  { encoding, labelled = "numbers", missingCodes = "nothing" }: StataOptions = {}
): Promise<NamedSheetFile> => {
  const dataset = openDataset(path, bytes)
  const { decode, warnings: told } = decodingOf(path, dataset, encoding)
  const warnings = [...told]
  const sets = new Map(
    dataset.labels.map(({ entries, name }) => [
      decode(name),
      new Map(
        entries.map(([value, label]) => {
          const code = dataset.layout.oneMissing ? undefined : missingLong(value)
          return [code === undefined ? value : missingName(code), decode(label)] as const
        })
      )
    ])
  )
  const remarks = dataset.characteristics.map((it) => ({ variable: decode(it.variable), name: decode(it.name), text: decode(it.text) }))
  const units = new Map(remarks.flatMap((it) => (it.name === "unit" ? [[it.variable, it.text] as const] : [])))
  const columns = dataset.variables.map((variable): NamedColumn => {
    const name = decode(variable.name)
    const set = decode(variable.labelName)
    const found = sets.get(set)
    if (set !== "" && found === undefined)
      warnings.push(
        faultOf(path, "no-value-labels", `variable ${name} names the value labels "${set}", which the file does not have; its values have no labels`, {
          column: name
        })
      )
    return {
      name,
      type: variable.type.name,
      label: decode(variable.label),
      unit: units.get(name) ?? "",
      format: decode(variable.format),
      valueLabels: found ?? new Map()
    }
  })
  const readers = dataset.variables.map((variable, i): CellReader => {
    const { format, name, valueLabels } = columns[i]!
    const numeric = variable.type.storage !== "str" && variable.type.storage !== "strL"
    if (numeric && isBusinessDate(format))
      warnings.push(
        faultOf(path, "business-date", `variable ${name} has the business dates ${format}, whose calendar is in another file; its values stay numbers`, {
          column: name
        })
      )
    const { count, row } = numeric ? undatable(dataset, variable, format) : { count: 0, row: 0 }
    if (count > 0)
      warnings.push(
        faultOf(
          path,
          "no-date",
          `row ${row}, variable ${name}: ${count === 1 ? "a value is" : `${count} values are`} no date under ${format} in the years 1 to 9999, and stay numbers; correct the display format`,
          { row, column: name }
        )
      )
    return cellReader({
      path,
      dataset,
      variable,
      column: columns[i]!,
      decode,
      labels: labelled === "labels" || (labelled !== "numbers" && labelled.includes(name)) ? valueLabels : new Map(),
      letters: missingCodes === "letters",
      date: numeric ? dateReader(format) : undefined
    })
  })
  const sheet: NamedSheet = {
    name: "",
    merged: [],
    label: decode(dataset.label).trim(),
    notes: remarks.filter(({ name, variable }) => variable === "_dta" && /^note[1-9]\d*$/.test(name)).map((note) => note.text),
    columns,
    rows: { [Symbol.iterator]: () => rowsOf(dataset, columns, readers) }
  }
  return { sheets: [sheet], warnings }
}

function* rowsOf(dataset: RawDataset, columns: ReadonlyArray<NamedColumn>, readers: ReadonlyArray<CellReader>): Iterator<SheetRow> {
  yield { row: 1, cells: columns.map(({ name }) => name) }
  for (let i = 0; i < dataset.observations; i++) {
    const from = i * dataset.width
    yield { row: i + 2, cells: readers.map((read) => read(from, i + 2)) }
  }
}
