import type { Fault } from "@sediment/sediment"
import { integerRanges } from "../integer-ranges.ts"
import type { Years } from "../years.ts"
import type { CsvFile } from "./csv.ts"
import type { Keys } from "./keys.ts"

/** A fault for each entity that has no row for some of the declared years, nor one (`meant`) that only its name keeps from being that: to add a second row would be wrong. */
export const missingPairs = (file: CsvFile, { keyed, meant }: Keys, entities: ReadonlyArray<string>, { from, to }: Years): ReadonlyArray<Fault> => {
  if (keyed.length === 0) return [] // no row has a key, and why is told already
  const present = new Set([...keyed, ...meant].map(({ entity, year }) => `${year} ${entity}`))
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return entities.flatMap((entity): ReadonlyArray<Fault> => {
    const absent = years.filter((year) => !present.has(`${year} ${entity}`))
    if (absent.length === 0) return []
    const expected = `a row for each year from ${from} to ${to}`
    return [
      {
        code: "missing-rows",
        message: `${file.path}: ${entity} has no row for ${integerRanges(absent)}; expected ${expected}: add the rows (cells may be empty), or say balanced: false`,
        where: { file: file.path, entity, year: absent[0]!, expected }
      }
    ]
  })
}
