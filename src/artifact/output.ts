import type { ColumnSpec, Data, StoredColumn, StoredTable } from "./column.ts"
import { filledName, isCompanion, sourceName } from "./column.ts"
import type { AnyTable } from "./table-type.ts"

/** One thing that is wrong with what a stage returned. Rows count from 0. */
export interface OutputFault {
  readonly column: string
  readonly row: number | undefined
  readonly found: string
  readonly expected: string
}
/** Thrown where a stage's output does not fit its table type. */
export class BadOutput extends Error {
  readonly table: string
  readonly faults: ReadonlyArray<OutputFault>
  constructor(table: string, faults: ReadonlyArray<OutputFault>) {
    const line = (fault: OutputFault) =>
      `column "${fault.column}"${fault.row === undefined ? "" : `, row ${fault.row}`}: found ${fault.found}, expected ${fault.expected}`
    super(`the output is not a ${table}: ${faults.map(line).join("; ")}`)
    this.name = "BadOutput"
    this.table = table
    this.faults = faults
  }
}

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

const asData = (given: Data | Data["values"]): Data => (Array.isArray(given) || ArrayBuffer.isView(given) ? { values: given } : (given as Data))

const arrayFits = (kind: ColumnSpec["kind"], values: unknown): boolean =>
  kind === "number"
    ? values instanceof Float64Array
    : kind === "integer"
      ? values instanceof Int32Array
      : kind === "flag"
        ? values instanceof Uint8Array
        : Array.isArray(values)

/** Presence of each row, or undefined when all are there. */
const validityOf = (kind: ColumnSpec["kind"], data: Data): Uint8Array | undefined => {
  const { values, valid } = data
  let missing = 0
  const present = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const absent = (valid !== undefined && valid[i] !== 1) || (kind === "number" && Number.isNaN(values[i])) || values[i] === null || values[i] === undefined
    if (absent) missing++
    else present[i] = 1
  }
  return missing === 0 ? undefined : present
}

/** What a reader sees: NaN, "" or 0 under a missing cell, and no -0, so that a table in memory and the same one read from the store are the same. */
const underlay = (kind: ColumnSpec["kind"], values: Data["values"], valid: Uint8Array | undefined): StoredColumn["values"] => {
  const present = (i: number) => valid === undefined || valid[i] === 1
  if (kind === "number") {
    const numbers = values as Float64Array
    return valid === undefined && !numbers.some((x) => Object.is(x, -0)) ? numbers : numbers.map((x, i) => (present(i) ? (x === 0 ? 0 : x) : Number.NaN))
  }
  if (valid === undefined) return values as StoredColumn["values"]
  if (kind === "integer") return (values as Int32Array).map((x, i) => (present(i) ? x : 0))
  if (kind === "flag") return (values as Uint8Array).map((x, i) => (present(i) ? x : 0))
  return (values as ReadonlyArray<string | null>).map((x, i) => (present(i) && x !== null ? x : ""))
}

/** The first row whose value is not one of the column's kind, missing values aside. */
const firstMisfit = (kind: ColumnSpec["kind"], values: Data["values"], valid: Uint8Array | undefined): number => {
  const fits = kind === "flag" ? isBit : kind === "text" || kind === "category" ? (x: unknown) => typeof x === "string" : undefined
  return fits === undefined ? -1 : Array.prototype.findIndex.call(values, (x, i) => valid?.[i] !== 0 && !fits(x))
}
const isBit = (x: unknown): boolean => x === 0 || x === 1

/** What is wrong with the bytes that go along with a column's values, one a row. */
const maskFault = (column: string, what: string, mask: Uint8Array | undefined, rows: number): OutputFault | undefined => {
  if (mask === undefined) return undefined
  if (mask.length !== rows) return { column, row: undefined, found: `\`${what}\` of ${mask.length} rows`, expected: `one byte for each of ${rows} values` }
  const row = mask.findIndex((x) => !isBit(x))
  return row < 0 ? undefined : { column, row, found: `${mask[row]} in \`${what}\``, expected: "0 or 1" }
}

/** Checks what a stage returned against its table type and lays it out in artifact order: declared columns first, the further ones sorted by UTF-8 bytes, companions last of their column. */
export const toStoredTable = (type: AnyTable, out: Readonly<Record<string, unknown>>, notes: ReadonlyArray<string>): StoredTable => {
  const faults: Array<OutputFault> = []
  const columns: Array<StoredColumn> = []
  let rows: number | undefined
  const add = (name: string, spec: ColumnSpec, given: unknown) => {
    if (given === undefined) {
      faults.push({ column: name, row: undefined, found: "no column", expected: `a ${spec.kind} column` })
      return
    }
    const data = asData(given as Data)
    if (!arrayFits(spec.kind, data.values)) {
      faults.push({ column: name, row: undefined, found: Object.prototype.toString.call(data.values), expected: `the values of a ${spec.kind} column` })
      return
    }
    rows ??= data.values.length
    if (data.values.length !== rows)
      faults.push({ column: name, row: undefined, found: `${data.values.length} rows`, expected: `${rows} rows, as in the first column` })
    const masks = [maskFault(name, "valid", data.valid, data.values.length), maskFault(name, "filled", data.filled, data.values.length)]
    if (data.source !== undefined && data.source.length !== rows)
      masks.push({ column: name, row: undefined, found: `\`source\` of ${data.source.length} rows`, expected: `one text for each of ${rows} values` })
    const wrong = masks.filter((fault) => fault !== undefined)
    if (wrong.length > 0) {
      faults.push(...wrong)
      return
    }
    const valid = validityOf(spec.kind, data)
    const misfit = firstMisfit(spec.kind, data.values, valid)
    if (misfit >= 0)
      faults.push({ column: name, row: misfit, found: String(data.values[misfit]), expected: spec.kind === "flag" ? "0 or 1" : `the text of a ${spec.kind}` })
    if (valid !== undefined && !spec.nullable)
      faults.push({ column: name, row: valid.indexOf(0), found: "a missing value", expected: `a ${spec.kind} in every row` })
    columns.push({
      name,
      kind: spec.kind,
      values: underlay(spec.kind, data.values, valid),
      valid,
      unit: data.unit ?? spec.unit,
      description: data.description ?? spec.description
    })
    if (data.filled?.some((cell) => cell === 1))
      columns.push({ name: filledName(name), kind: "flag", values: data.filled, valid: undefined, unit: "", description: `1 where ${name} was filled in` })
    if (data.source?.some((text) => text !== null && text !== "")) {
      const told = { values: data.source.map((text) => (text === "" ? null : text)) }
      const absent = validityOf("text", told)
      columns.push({
        name: sourceName(name),
        kind: "text",
        values: underlay("text", told.values, absent),
        valid: absent,
        unit: "",
        description: `where ${name} was read, or how it was made`
      })
    }
  }
  for (const [name, spec] of Object.entries(type.columns)) add(name, spec, out[name])
  if (type.rest !== undefined) {
    const rest = out["rest"] as ReadonlyMap<string, Data> | undefined
    if (rest === undefined) faults.push({ column: "rest", row: undefined, found: "nothing", expected: "a Map of the further columns" })
    for (const name of [...(rest?.keys() ?? [])].sort(byUtf8)) {
      if (name in type.columns) faults.push({ column: name, row: undefined, found: "a declared column among the further ones", expected: "it once" })
      else if (isCompanion(name))
        faults.push({
          column: name,
          row: undefined,
          found: "the name of a companion",
          expected: "`filled` or `source` beside the values of the column that it belongs to"
        })
      else add(name, type.rest, rest?.get(name))
    }
  }
  if (faults.length > 0) throw new BadOutput(type.name, faults)
  return { rows: rows ?? 0, columns, notes: [...new Set(notes)].sort(byUtf8) }
}
