import { readFileSync } from "node:fs"
import { type Factor, factor } from "../../src/econometrics/sample/factor.ts"
import type { Variable } from "../../src/econometrics/sample/variable.ts"

/** A data file of the oracle, its columns as R's formulas name them: `log(gsp)`, `I(fatal/pop * 10000)`. */
export interface OracleData {
  readonly rows: number
  readonly variable: (expression: string) => Variable
  readonly factor: (column: string) => Factor
  readonly text: (column: string) => ReadonlyArray<string>
}

/** Reads test/oracle/`file`; `rows` (from 0) picks some. */
export const oracleData = (file: string, rows?: ReadonlyArray<number>): OracleData => {
  const [header, ...lines] = readFileSync(new URL(`../oracle/${file}`, import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.replace(/^"(.*)"$/, "$1")))
  const kept = rows === undefined ? lines : rows.map((row) => lines[row]!)
  const text = (column: string): ReadonlyArray<string> => {
    const at = header!.indexOf(column)
    if (at < 0) throw new Error(`${file} has no column ${column}`)
    return kept.map((cells) => cells[at]!)
  }
  const variable = (expression: string): Variable => {
    const names = header!.filter((name) => new RegExp(`\\b${name}\\b`).test(expression))
    const columns = names.map((name) => text(name).map(Number))
    // The formulas are the committed oracle's own.
    const value = new Function("log", "I", ...names, `return ${expression.replaceAll("^", "**")}`)
    return { name: expression, values: Float64Array.from(kept, (_, i) => value(Math.log, Number, ...columns.map((column) => column[i]!))) }
  }
  return {
    rows: kept.length,
    variable,
    text,
    factor: (column) => {
      const cells = text(column)
      return cells.every((cell) => Number.isFinite(Number(cell))) ? factor(column, cells.map(Number)) : factor(column, cells)
    }
  }
}
