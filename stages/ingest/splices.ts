/** Series that are joined where one takes over from the other: after a change of definition, or of base year. */
import type { Fault } from "@sediment/sediment"
import { linkedValue } from "../linked-value.ts"
import type { Observations } from "./observations.ts"
import type { Splice } from "./source-params.ts"

/** Joins the series of each splice; the two that it is made of are dropped. An entity with older values and no link between the two is a fault. */
export const splice = (
  observations: Observations,
  splices: ReadonlyArray<Splice>,
  entities: ReadonlyArray<string>,
  path: string,
  faults: Array<Fault>
): void => {
  const { entity, subunit, year } = observations
  for (const { how, link, new: later, old: earlier, reason, variable } of splices) {
    const linked = new Map<string, number>()
    const key = (row: number) => `${entity[row]} ${subunit[row]}`
    entity.forEach((_, row) => {
      if (year[row] === link) linked.set(key(row), row)
    })
    const missing = new Set<number>()
    const values = Float64Array.from(entity, (who, row) => {
      if (year[row]! >= link) return observations.value(later, row)
      const old = observations.value(earlier, row)
      if (Number.isNaN(old) || how === "none") return old
      const at = linked.get(key(row))
      const [a, b] = at === undefined ? [Number.NaN, Number.NaN] : [observations.value(earlier, at), observations.value(later, at)]
      const joined = linkedValue(how, old, a, b)
      if (!Number.isFinite(joined)) missing.add(who)
      return joined
    })
    for (const who of missing) {
      const expected = `${earlier} and ${later} in ${link}${how === "ratio" ? ", and no 0" : ""}`
      const message = `${path}: ${variable}: ${entities[who]} has older values but nothing to link them by; expected ${expected}: supply them, choose another year, or say how: none`
      faults.push({ code: "no-link", message, where: { file: path, column: variable, entity: entities[who]!, year: link, expected } })
    }
    observations.add(variable, values)
    entity.forEach((_, row) => {
      const from = year[row]! >= link ? later : earlier
      const read = observations.source(from, row)
      const made = from === earlier && how !== "none" && !Number.isNaN(values[row]!)
      const link_ = `${earlier} brought to the level of ${later} in ${link} (${how}): ${reason}`
      if (made) observations.tell(variable, row, read === undefined ? link_ : `${read}; ${link_}`, true)
      else if (read !== undefined) observations.tell(variable, row, read)
    })
  }
  for (const { new: later, old: earlier } of splices) {
    observations.drop(earlier)
    observations.drop(later)
  }
}
