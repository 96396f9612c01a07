import type { PanelIndex } from "./panel-index.ts"
import { countCodes } from "./panel-index.ts"

/**
 * The rows that remain when entities and years with a single row are dropped, again and again until none is left (Correia 2015, "Singletons,
 * cluster-robust standard errors and fixed effects"): such a row is fitted exactly by its own effect and would only inflate n and G.
 */
export const withoutSingletons = (index: PanelIndex): { readonly rows: Int32Array; readonly dropped: ReadonlyArray<number> } => {
  const perEntity = countCodes(index.entity, index.entities.length)
  const perYear = countCodes(index.year, index.years.length)
  let rows = Int32Array.from({ length: index.rows }, (_, i) => i)
  const dropped: Array<number> = []
  for (;;) {
    const alone = (row: number): boolean => perEntity[index.entity[row]!] === 1 || perYear[index.year[row]!] === 1
    const leaving = rows.filter(alone)
    if (leaving.length === 0) return { rows, dropped: dropped.sort((a, b) => a - b) }
    rows = rows.filter((row) => !alone(row))
    for (const row of leaving) {
      dropped.push(row)
      perEntity[index.entity[row]!] = perEntity[index.entity[row]!]! - 1
      perYear[index.year[row]!] = perYear[index.year[row]!]! - 1
    }
  }
}
