import { Fault } from "../fault.ts"

/** A variable that divides rows into groups: an effect to absorb, or clusters. */
export interface Factor {
  readonly name: string
  /** The group of each row, 0 … levels - 1; every group has a row. */
  readonly codes: Int32Array
  readonly levels: number
  /** The groups' values, ascending: numbers by size, text by code point. */
  readonly labels: ReadonlyArray<string | number>
}

/** Whole numbers in a range not much wider than there are rows: coded by counting. */
const codedByCounting = (name: string, values: ArrayLike<number>): Factor | undefined => {
  const n = values.length
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    if (!Number.isInteger(value)) return undefined
    if (value < least) least = value
    if (value > most) most = value
  }
  if (!(most - least <= 4 * n + 1024)) return undefined
  const codeOf = new Int32Array(most - least + 1)
  for (let i = 0; i < n; i++) codeOf[values[i]! - least] = 1
  const labels: Array<number> = []
  for (let v = 0; v < codeOf.length; v++)
    if (codeOf[v] === 1) {
      codeOf[v] = labels.length
      labels.push(v + least)
    }
  const codes = new Int32Array(n)
  for (let i = 0; i < n; i++) codes[i] = codeOf[values[i]! - least]!
  return { name, codes, levels: labels.length, labels }
}

const ascending = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** The factor that a column of numbers or of text is. A Fault where a row has neither, or where numbers are mixed with text. */
export const factor = (name: string, values: ArrayLike<number> | ArrayLike<string>): Factor => {
  const first = values[0]
  if (typeof first === "number") {
    const counted = codedByCounting(name, values as ArrayLike<number>)
    if (counted !== undefined) return counted
  }
  const found = new Map<string | number, number>()
  const met = new Int32Array(values.length)
  const kind = typeof first === "string" ? "string" : "number"
  const wrong: Array<string> = []
  let last: string | number | undefined
  let code = -1
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    // Panels are sorted by entity as a rule: most rows are of the group of the row before.
    if (value !== last) {
      code = found.get(value) ?? found.size
      if (code === found.size) {
        found.set(value, code)
        if (typeof value !== kind || Number.isNaN(value)) wrong.push(`row ${i + 1} has ${value}`)
      }
      last = value
    }
    met[i] = code
  }
  if (wrong.length > 0)
    throw new Fault(
      "factor",
      `the factor ${name} is of ${kind === "string" ? "text" : "numbers"}, and ${wrong.slice(0, 3).join(", ")}${wrong.length > 3 ? ", …" : ""}: give every row a group, or leave such rows out`
    )
  const labels = [...found.keys()].sort(ascending)
  const rank = new Int32Array(labels.length)
  for (const [at, label] of labels.entries()) rank[found.get(label)!] = at
  return { name, codes: met.map((c) => rank[c]!), levels: labels.length, labels }
}

/** The factor on some of its rows, groups that have none of them left out. */
export const pickFactor = ({ codes, labels, levels, name }: Factor, rows: ArrayLike<number>): Factor => {
  const next = new Int32Array(levels).fill(-1)
  for (let i = 0; i < rows.length; i++) next[codes[rows[i]!]!] = 0
  const kept: Array<string | number> = []
  for (let c = 0; c < levels; c++)
    if (next[c] === 0) {
      next[c] = kept.length
      kept.push(labels[c]!)
    }
  return { name, codes: Int32Array.from({ length: rows.length }, (_, i) => next[codes[rows[i]!]!]!), levels: kept.length, labels: kept }
}

/** The pairs of groups of two factors that have rows: what a variance clustered by both takes off twice otherwise. */
export const intersection = (a: Factor, b: Factor): Factor =>
  factor(
    `${a.name} x ${b.name}`,
    Float64Array.from(a.codes, (code, i) => code * b.levels + b.codes[i]!)
  )

/** Whether every group of `inner` lies in one group of `outer`. */
export const isNested = (inner: Factor, outer: Factor): boolean => {
  const within = new Int32Array(inner.levels).fill(-1)
  for (let i = 0; i < inner.codes.length; i++) {
    const group = inner.codes[i]!
    if (within[group] === -1) within[group] = outer.codes[i]!
    else if (within[group] !== outer.codes[i]) return false
  }
  return true
}
