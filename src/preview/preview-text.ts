/** A preview as YAML: the description, and what was understood as comments above it. */
import { stringify } from "yaml"
import { integerRanges } from "../../stages/integer-ranges.ts"
import { width as columnsOf, pad, wrap } from "../render/monospace.ts"
import { columnLetters } from "../tabular/a1.ts"
import type { Preview, PreviewedFile } from "./preview.ts"
import type { Understood } from "./understood.ts"

const width = 110
const plural = (n: number, noun: string, nouns = `${noun}s`): string => `${n} ${n === 1 ? noun : nouns}`

const mostSheets = 40

const fileLines = ({ path, sheets, understood, warnings }: PreviewedFile, layout: Preview["layout"]): ReadonlyArray<string> => {
  const told = Object.entries(understood).map(([what, value]) => `${what} ${JSON.stringify(value)}`)
  const lines = [`${path}${told.length === 0 ? "" : `: ${told.join(", ")}`}`]
  for (const { columns, name, rows, table } of sheets.slice(0, mostSheets)) {
    const size = `${plural(rows, "row")}, ${plural(columns, "column")}`
    const found =
      layout !== undefined
        ? `by the description, headers in ${inRows(layout.headers)}, data from row ${layout.first} on`
        : table === undefined
          ? "no table found"
          : [
              `headers in ${inRows(table.headers)}`,
              `${plural(table.data.length, "row")} of data from row ${table.data[0]!.row} on`,
              `values in ${plural(table.values.length, "column")} (${columnsInWords(table.values)})`,
              ...(table.notes.length === 0 ? [] : [`${plural(table.notes.length, "row")} of notes`])
            ].join(", ")
    lines.push(`  ${name === "" ? "" : `sheet "${name}": `}${size}; ${found}`)
  }
  if (sheets.length > mostSheets) lines.push(`  and ${sheets.length - mostSheets} more sheets`)
  return [...lines, ...warnings.map(({ message }) => `  warning: ${message}`)]
}

const inRows = (rows: ReadonlyArray<number>): string => `${rows.length === 1 ? "row" : "rows"} ${integerRanges(rows)}`

const columnsInWords = (columns: ReadonlyArray<number>): string => {
  const letters = columns.map(columnLetters)
  return letters.length <= 3 ? letters.join(", ") : `${letters[0]} to ${letters.at(-1)}`
}

const number = (x: number): string => (Number.isNaN(x) ? "·" : String(Number(x.toPrecision(6))))

const understoodLines = (understood: Understood, dictionary: string | undefined): ReadonlyArray<string> => {
  if (understood.faults.length > 0) return [`It cannot be read so: ${plural(understood.faults.length, "fault")}, told on stderr.`]
  const { entities, rows, variables, years } = understood
  const header = ["variable", "unit", "values", "missing", "min", "median", "max"]
  const body = variables.map(({ max, median, min, missing, name, unit, values }) => [
    name,
    unit,
    String(values),
    String(missing),
    number(min),
    number(median),
    number(max)
  ])
  const widths = header.map((title, i) => Math.max(title.length, ...body.map((cells) => columnsOf(cells[i]!))))
  const line = (cells: ReadonlyArray<string>) => `  ${cells.map((cell, i) => pad(cell, widths[i]!, i < 2 ? "left" : "right")).join("  ")}`.trimEnd()
  return [
    `Read so: ${plural(rows, "row")}, ${plural(entities.length, "entity", "entities")}${dictionary === undefined ? " (no dictionary: every name is taken; --names FILE.csv writes one of them)" : ` of ${dictionary}`}, ${integerRanges(years)}`,
    line(header),
    ...body.map(line),
    "The first cells:",
    ...understood.first.map(
      ({ entity, source, value, variable, year }) => `  ${variable} of ${entity} in ${year}: ${value ?? "missing"}${source === "" ? "" : `   <- ${source}`}`
    ),
    ...understood.warnings.map(({ message }) => `warning: ${message}`)
  ]
}

/** The text that `sediment ingest --preview` prints: as a whole it is the description's file. */
export const previewText = ({ description, files, layout, proposed, remarks, understood }: Preview, dictionary: string | undefined): string => {
  const comments = [
    ...files.flatMap((file) => fileLines(file, layout)),
    ...(understood === undefined ? [] : ["", ...understoodLines(understood, dictionary)]),
    ...(remarks.length === 0 ? [] : ["", "To be looked at:", ...remarks.map((one) => `  - ${one}`)]),
    ...(description === undefined || !proposed
      ? []
      : [
          "",
          "The description below is a proposal: check it, give the variables their names, units and ranges (docs/ingest.md), and keep it as a file of sources/."
        ])
  ]
  // What stands in columns is not to be wrapped.
  const text = comments.flatMap((line) => (line.length <= width ? [line] : wrap(line, width, line.search(/\S|$/) + 2))).map((line) => `# ${line}`.trimEnd())
  return `${text.join("\n")}\n${description === undefined ? "" : `\n${stringify(description, { lineWidth: 0, flowCollectionPadding: true })}`}`
}
