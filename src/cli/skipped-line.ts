import type { NodeReport } from "../engine/events.ts"
import { namesTogether } from "../engine/names-together.ts"
import type { Label } from "./progress.ts"

/** Which nodes of a run were skipped, and for lack of which programs: those that rest on an optional command are told with it. */
export const skippedLine = (nodes: ReadonlyArray<NodeReport>, label: Label): string | undefined => {
  const keyOf = (study: string, node: string) => JSON.stringify([study, node])
  const lacking = new Map<string, string>()
  // Inputs come first.
  for (const { blockedBy, node, state, study, why } of nodes) {
    if (state !== "skipped") continue
    const own = why.find((reason) => reason.reason === "no-program")
    const programs = own === undefined ? blockedBy.map((one) => lacking.get(keyOf(study, one))) : [own.program]
    lacking.set(keyOf(study, node), [...new Set(programs)].join(" and no program "))
  }
  const skipped = nodes.filter(({ state }) => state === "skipped")
  if (skipped.length === 0) return undefined
  const groups = Map.groupBy(skipped, ({ node, study }) => lacking.get(keyOf(study, node))!)
  const told = [...groups].map(([program, own]) => {
    const names = own.map(({ node, study }) => label(study, node))
    return `no program ${program} (${namesTogether(names, false)})`
  })
  return `skipped, since there is here ${told.join(", and ")}; the rest does not need them`
}
