import { fixedField, joined, littleEndian, utf8 } from "./byte-pieces.ts"
import { LAYOUTS, type Layout } from "./layout.ts"
import { legalNames } from "./legal-names.ts"
import { type StataColumn, type StoredVariable, storedVariable } from "./stored-column.ts"
import { characteristics, labelSetOf, type Remarks, variableLabel } from "./written-remarks.ts"

/** A table to be written; an artifact in memory is one. */
export interface StataTable {
  readonly rows: number
  readonly columns: ReadonlyArray<StataColumn>
  /** Become notes of the dataset. */
  readonly notes: ReadonlyArray<string>
}
export interface WrittenStata {
  /** 118, or 119 where there are more than 32,767 variables. */
  readonly version: number
  /** The file, piece by piece, made as they are asked for. */
  readonly pieces: Iterable<Uint8Array>
  /** Names that Stata does not allow, and what stands for them. */
  readonly renamed: ReadonlyArray<{ readonly from: string; readonly to: string }>
  /** Columns with numbers that Stata does not have (infinite, or above 8.988e307), which are missing in the file, and how many. */
  readonly lost: ReadonlyArray<{ readonly column: string; readonly cells: number }>
}

/** Variables of version 118, at most; Stata/MP reads more, in version 119. */
const MOST_VARIABLES = 32_767
/** Bytes of an observation, at most. */
const WIDEST = 1_048_576
/** What a long text is: with zeros in it, or without. */
const BINARY = 129
const PLAIN = 130
/** Bytes of a piece of the data, about. */
const PIECE = 1 << 20

interface Variable extends StoredVariable {
  readonly name: string
  readonly label: string
}

const tagged = (tag: string, content: ReadonlyArray<Uint8Array>): Uint8Array => joined([utf8(`<${tag}>`), ...content, utf8(`</${tag}>`)])

/** A long text as an entry of `<strls>`. */
const longText = (variable: number, observation: number, text: string): Uint8Array => {
  const binary = text.includes("\0")
  const bytes = utf8(binary ? text : `${text}\0`)
  return joined([
    utf8("GSO"),
    littleEndian(variable, 4),
    littleEndian(observation, 8),
    littleEndian(binary ? BINARY : PLAIN, 1),
    littleEndian(bytes.length, 4),
    bytes
  ])
}

function* longTexts(variables: ReadonlyArray<Variable>, rows: number): Generator<Uint8Array> {
  const long = variables.flatMap(({ longText: read }, i) => (read === undefined ? [] : [[i + 1, read] as const]))
  for (let row = 0; long.length > 0 && row < rows; row++)
    for (const [variable, read] of long) {
      const text = read(row)
      if (text !== "") yield longText(variable, row + 1, text)
    }
}

function* observations(variables: ReadonlyArray<Variable>, rows: number, { strlVariable }: Layout): Generator<Uint8Array> {
  const width = variables.reduce((sum, variable) => sum + variable.width, 0)
  const each = Math.max(1, Math.floor(PIECE / width))
  for (let from = 0; from < rows; from += each) {
    const bytes = new Uint8Array(Math.min(each, rows - from) * width)
    const view = new DataView(bytes.buffer)
    let at = 0
    for (let row = from; row < Math.min(from + each, rows); row++)
      for (const [i, variable] of variables.entries()) {
        if (variable.longText === undefined) variable.write(row, view, at)
        else if (variable.longText(row) !== "") bytes.set(joined([littleEndian(i + 1, strlVariable), littleEndian(row + 1, 8 - strlVariable)]), at)
        at += variable.width
      }
    yield bytes
  }
}

const variablesOf = ({ columns, rows }: StataTable): ReadonlyArray<Variable> => {
  const names = legalNames(columns.map(({ name }) => name))
  const stored = (long: boolean) =>
    columns.map((column, i): Variable => ({ ...storedVariable(column, rows, long), name: names[i]!, label: variableLabel(column.description) }))
  const plain = stored(false)
  return plain.reduce((sum, { width }) => sum + width, 0) > WIDEST ? stored(true) : plain
}

/**
 * Writes a table as a dataset of Stata 14 and later, version 118, least significant byte first (the layout is that of Stata's help file dta). Numbers are
 * double, whole numbers long, flags byte, texts `str#` or strL, categories long with value labels; what is missing is `.`, or an empty text. Descriptions
 * become labels of 80 characters (and notes, where they are longer), units and names that Stata does not allow the characteristics `unit` and `name`. No
 * time stamp is written: the same table makes the same file.
 */
export const writeStata = (table: StataTable): WrittenStata => {
  const { columns, notes, rows } = table
  const layout = LAYOUTS.get(columns.length > MOST_VARIABLES ? 119 : 118)!
  const variables = variablesOf(table)
  const remarks = columns.map(({ description, name, unit }, i): Remarks => {
    const variable = variables[i]!
    const named = [["unit", unit] as const, ["name", variable.name === name ? "" : name] as const].filter(([, text]) => text !== "")
    return { variable: variable.name, named, notes: variable.label === description ? [] : [description] }
  })
  const list = (tag: string, width: number, entry: (variable: Variable) => string) =>
    tagged(
      tag,
      variables.map((variable) => fixedField(entry(variable), width))
    )
  const header = joined([
    utf8(`<stata_dta><header><release>${layout.version}</release><byteorder>LSF</byteorder>`),
    tagged("K", [littleEndian(columns.length, layout.variables)]),
    tagged("N", [littleEndian(rows, layout.observations)]),
    tagged("label", [littleEndian(0, layout.labelLength)]),
    tagged("timestamp", [littleEndian(0, 1)]),
    utf8("</header>")
  ])
  const descriptions = [
    tagged(
      "variable_types",
      variables.map(({ code }) => littleEndian(code, 2))
    ),
    list("varnames", layout.name, ({ name }) => name),
    tagged("sortlist", [new Uint8Array(layout.sort * (columns.length + 1))]),
    list("formats", layout.format, ({ format }) => format),
    list("value_label_names", layout.name, ({ levels, name }) => (levels.length === 0 ? "" : name)),
    list("variable_labels", layout.label, ({ label }) => label),
    tagged("characteristics", characteristics([{ variable: "_dta", named: [], notes }, ...remarks], layout))
  ]
  const labels = tagged(
    "value_labels",
    variables.flatMap(({ levels, name }) => (levels.length === 0 ? [] : [labelSetOf(name, levels, layout)]))
  )
  const end = utf8("</stata_dta>")
  let long = "<strls></strls>".length
  for (const text of longTexts(variables, rows)) long += text.length
  const data = "<data></data>".length + rows * variables.reduce((sum, { width }) => sum + width, 0)
  // Where each section begins, and where the file ends.
  const map = "<map></map>".length + 14 * 8
  const places = [0]
  for (const length of [header.length, map, ...descriptions.map((section) => section.length), data, long, labels.length, end.length])
    places.push(places.at(-1)! + length)
  const pieces = function* () {
    yield header
    yield tagged(
      "map",
      places.map((place) => littleEndian(place, 8))
    )
    yield* descriptions
    yield utf8("<data>")
    yield* observations(variables, rows, layout)
    yield utf8("</data><strls>")
    yield* longTexts(variables, rows)
    yield utf8("</strls>")
    yield labels
    yield end
  }
  return {
    version: layout.version,
    pieces: { [Symbol.iterator]: pieces },
    renamed: columns.flatMap(({ name: from }, i) => (variables[i]!.name === from ? [] : [{ from, to: variables[i]!.name }])),
    lost: columns.flatMap(({ name: column }, i) => (variables[i]!.lost === 0 ? [] : [{ column, cells: variables[i]!.lost }]))
  }
}
