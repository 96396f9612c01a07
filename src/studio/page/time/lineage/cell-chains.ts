import type { LineageCell } from "../../../messages/time/lineage.ts"

/** Cells of which each is the next one as it is, and what the last is made of. */
export interface CellChain {
  readonly cells: ReadonlyArray<LineageCell>
  readonly parts: ReadonlyArray<CellChain>
}

const passesOn = (cell: LineageCell, parts: ReadonlyArray<LineageCell>): boolean =>
  parts.length === 1 && parts[0]!.column === cell.column && parts[0]!.value === cell.value && parts[0]!.year === cell.year && cell.how === undefined

/** The trees of cells that stand each after what it is a part of, with those in one that pass on what they have as it is. */
export const chainsOf = (cells: ReadonlyArray<LineageCell>): ReadonlyArray<CellChain> => {
  const partsOf = new Map<number, Array<number>>()
  for (const [i, { of }] of cells.entries()) {
    const own = partsOf.get(of)
    if (own === undefined) partsOf.set(of, [i])
    else own.push(i)
  }
  const chainOf = (start: number): CellChain => {
    const chain = [cells[start]!]
    let at = start
    for (;;) {
      const parts = partsOf.get(at) ?? []
      if (
        !passesOn(
          cells[at]!,
          parts.map((part) => cells[part]!)
        )
      )
        return { cells: chain, parts: parts.map(chainOf) }
      at = parts[0]!
      chain.push(cells[at]!)
    }
  }
  return (partsOf.get(-1) ?? []).map(chainOf)
}
