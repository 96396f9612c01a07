/** The colours of entities by their groups. */
import type { Grouping } from "../../messages/results.ts"
import { Legend } from "../chart/legend.tsx"

/** So many colours are told apart. */
const COLOURS = 6

export const groupsOf = (grouping: Grouping): ReadonlyArray<string> => [...new Set(grouping.of)].sort()

/** The class that sets an entity's colour: that of its group; without groups, the chosen one has another than the rest. */
export const looksBy = (grouping: Grouping | undefined, chosen: number | undefined): ((entity: number) => string) => {
  if (grouping === undefined) return (entity) => (entity === chosen ? "series-2" : "series-1")
  const places = new Map(groupsOf(grouping).map((group, place) => [group, place]))
  return (entity) => `series-${(places.get(grouping.of[entity]!)! % COLOURS) + 1}`
}

/** Which colour is which group; nothing without groups. */
export const GroupLegend = ({ grouping }: { readonly grouping: Grouping | undefined }) =>
  grouping === undefined ? null : (
    <Legend
      title={grouping.name}
      entries={groupsOf(grouping).map((group, place) => ({ text: group || "none", look: `series-${(place % COLOURS) + 1}`, shape: "line" }))}
    />
  )
