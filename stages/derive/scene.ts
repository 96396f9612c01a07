/** What expressions are evaluated over: the rows of a panel, read where an expression names a variable. */
import type { Fault, Tracked } from "@sediment/sediment"
import type { Panel } from "../table-types.ts"
import type { Scene, Series } from "./series.ts"

/** Scenes over a panel. `derived` has the variables that came before, which stand over the panel's; `read` collects the panel's own that were used. */
export const scenesOf = (
  panel: Tracked<typeof Panel>,
  faults: Array<Fault>,
  derived: ReadonlyMap<string, Series> = new Map()
): { readonly of: (name: string) => Scene; readonly read: ReadonlyMap<string, Series> } => {
  const entity = panel.column("entity").values
  const year = panel.column("year").values
  const rowOf = new Map(entity.map((name, row) => [`${year[row]!} ${name}`, row]))
  const own = new Map<string, Series>()
  const variable = (name: string): Series => {
    const known = derived.get(name) ?? own.get(name)
    if (known !== undefined) return known
    const { filled, unit, values } = panel.column(name)
    const series = { values, filled: filled ?? new Uint8Array(values.length), unit }
    own.set(name, series)
    return series
  }
  return { of: (name) => ({ name, entity, year, rowOf: (who, when) => rowOf.get(`${when} ${who}`), variable, faults }), read: own }
}
