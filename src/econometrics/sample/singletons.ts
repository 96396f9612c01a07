import type { Warning } from "../fault.ts"
import type { Factor } from "./factor.ts"

/** 0, 1, …, n - 1. */
export const everyRow = (n: number): Int32Array<ArrayBuffer> => {
  const rows = new Int32Array(n)
  for (let i = 0; i < n; i++) rows[i] = i
  return rows
}

/**
 * The rows that remain when groups of any factor that have a single row are dropped, again and again until none is left (Correia 2015, "Singletons,
 * cluster-robust standard errors and fixed effects"): such a row is fitted exactly by its own effect and would only inflate n and G.
 */
export const withoutSingletons = (factors: ReadonlyArray<Factor>): { readonly rows: Int32Array; readonly dropped: ReadonlyArray<number> } => {
  const n = factors[0]?.codes.length ?? 0
  const counts = factors.map(({ codes, levels }) => {
    const count = new Int32Array(levels)
    for (let i = 0; i < n; i++) count[codes[i]!]!++
    return count
  })
  const alone = (row: number): boolean => factors.some(({ codes }, f) => counts[f]![codes[row]!] === 1)
  let rows = everyRow(n)
  const dropped: Array<number> = []
  while (counts.some((count) => count.includes(1))) {
    const leaving = rows.filter(alone)
    rows = rows.filter((row) => !alone(row))
    for (const row of leaving) {
      dropped.push(row)
      for (const [f, { codes }] of factors.entries()) counts[f]![codes[row]!]!--
    }
  }
  return { rows, dropped: dropped.sort((a, b) => a - b) }
}

/** Tells which rows were dropped, the first ten by name. */
export const singletonsWarning = (factors: ReadonlyArray<Factor>, dropped: ReadonlyArray<number>): ReadonlyArray<Warning> => {
  if (dropped.length === 0) return []
  const named = dropped.slice(0, 10).map((row) => factors.map(({ codes, labels }) => labels[codes[row]!]).join(" "))
  const groups = factors.map(({ name }) => `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`).join(" or ")
  return [
    {
      code: "singletons",
      message: `${dropped.length} row${dropped.length === 1 ? " is" : "s are"} alone in ${groups} and dropped: ${named.join(", ")}${dropped.length > 10 ? ", …" : ""}`
    }
  ]
}
