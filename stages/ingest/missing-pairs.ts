import type { Fault } from "@sediment/sediment"
import { integerRanges } from "../integer-ranges.ts"
import type { Years } from "../years.ts"
import type { EntityNames } from "./entity-names.ts"
import { wasThere } from "./existence.ts"
import type { Observations } from "./observations.ts"

/** A fault for each entity that has no row for some of the declared years in which it was there, nor one (`meant`: "year entity") that only its name keeps from being that: to add a second row would be wrong. */
export const missingPairs = (
  path: string,
  { entity, year }: Observations,
  meant: ReadonlySet<string>,
  names: EntityNames,
  { from, to }: Years
): ReadonlyArray<Fault> => {
  if (entity.length === 0) return [] // no row has a key, and why is told already
  const present = new Set([...entity.map((who, row) => `${year[row]} ${who}`), ...meant])
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const existence = names.existence()
  return names.entities.flatMap((name, who): ReadonlyArray<Fault> => {
    const absent = years.filter((one) => wasThere(existence.get(name), one) && !present.has(`${one} ${who}`))
    if (absent.length === 0) return []
    const expected = `a row for each year from ${from} to ${to}`
    return [
      {
        code: "missing-rows",
        message: `${path}: ${name} has no row for ${integerRanges(absent)}; expected ${expected}: add the rows (cells may be empty), or say balanced: false`,
        where: { file: path, entity: name, year: absent[0]!, expected }
      }
    ]
  })
}
