import { readFileSync } from "node:fs"
import { type PanelIndex, panelIndex } from "../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../src/econometrics/sample/variable.ts"

/** The US states in memory, logs taken, for estimators' tests. `drop` names rows (from 0) to leave out. */
export const usStates = (drop: ReadonlyArray<number> = []) => {
  const text = readFileSync(new URL("../../examples/us-states/data/produc.csv", import.meta.url), "utf8")
  const [header, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","))
  const left = lines.filter((_, row) => !drop.includes(row))
  const column = (name: string): Float64Array => Float64Array.from(left, (cells) => Number(cells[header!.indexOf(name)]))
  const state = left.map((cells) => cells[header!.indexOf("state")]!)
  const log = (name: string): Variable => ({ name: `l${name}`, values: column(name).map(Math.log) })
  const index: PanelIndex = panelIndex(state, column("year"))
  return {
    index,
    state,
    year: Int32Array.from(column("year")),
    lgsp: log("gsp"),
    lpcap: log("pcap"),
    lpc: log("pc"),
    lemp: log("emp"),
    unemp: { name: "unemp", values: column("unemp") }
  }
}

/** Reads a committed oracle file. */
export const oracle = (name: string) => JSON.parse(readFileSync(new URL(`../oracle/${name}.json`, import.meta.url), "utf8"))

/** The largest relative difference of two lists of numbers. */
export const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let worst = 0
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i]! - b[i]!) / Math.max(Math.abs(b[i]!), 1e-300)
    if (!(d <= worst)) worst = d
  }
  return worst
}
