/** Cells that are known to be wrong, as a source's description corrects them. */
import type { Fault } from "@sediment/sediment"
import { didYouMean } from "@sediment/sediment"
import type { CellValue } from "../../src/tabular/sheet.ts"
import type { EntityNames } from "./entity-names.ts"
import { cellText, squeezed } from "./heads.ts"
import type { Correction } from "./source-params.ts"

export interface Corrections {
  /** The correction of a cell, if there is one; it counts as used. */
  readonly of: (entity: number, year: number, variable: string) => Correction | undefined
  /** Corrections of entities that the dictionary does not know, and of cells that the file does not have. */
  readonly faults: () => ReadonlyArray<Fault>
}

const keyOf = (entity: number, year: number, variable: string): string => `${entity} ${year} ${variable}`

export const corrections = (declared: ReadonlyArray<Correction>, names: EntityNames, path: string): Corrections => {
  const faults: Array<Fault> = []
  const waiting = new Map<string, Correction>()
  const used = new Set<Correction>()
  declared.forEach((one, i) => {
    const owners = names.named(one.entity)
    const where = { file: path, parameter: `corrections[${i}]`, column: one.variable, year: one.year, value: one.entity }
    if (owners.length !== 1) {
      const message = `corrections[${i}]: "${one.entity}" is not the name of one entity; ${didYouMean(one.entity, names.entities)}write it as the dictionary does`
      faults.push({ code: "unknown-entity", message, where })
      return
    }
    const key = keyOf(names.entities.indexOf(owners[0]!), one.year, one.variable)
    if (waiting.has(key)) faults.push({ code: "repeated-correction", message: `corrections[${i}]: this cell is corrected twice: keep one`, where })
    else waiting.set(key, one)
  })
  return {
    of: (entity, year, variable) => {
      if (waiting.size === 0) return undefined
      const one = waiting.get(keyOf(entity, year, variable))
      if (one !== undefined) used.add(one)
      return one
    },
    faults: () => [
      ...faults,
      ...[...waiting.values()]
        .filter((one) => !used.has(one))
        .map(({ entity, variable, year }): Fault => {
          const message = `${path}: there is no ${variable} of ${entity} in ${year} to be corrected: take the correction out, or correct its entity, year or variable`
          return { code: "no-such-cell", message, where: { file: path, column: variable, entity, year } }
        })
    ]
  }
}

/** Whether a cell holds what a correction says that it holds: the same number, or the same text but for spaces and widths. */
export const holds = (cell: CellValue, digits: string | undefined, found: Correction["found"]): boolean => {
  if (found === null) return cellText(cell) === ""
  if (typeof found === "number") return digits !== undefined && Number(digits) === found
  return squeezed(cellText(cell)) === squeezed(found)
}
