import { Stage, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import type { ProjectedMap } from "./projected-areas.ts"

/** The years to draw: those that are asked for, or the last one. Fails where one has no rows. */
export const drawnYears = (
  what: string,
  present: Iterable<number>,
  asked: ReadonlyArray<number> | undefined
): Effect.Effect<ReadonlyArray<number>, StageFailure> =>
  Effect.suspend(() => {
    const there = [...new Set(present)].sort((a, b) => a - b)
    const absent = (asked ?? []).filter((year) => !there.includes(year))
    if (absent.length > 0 || there.length === 0)
      return Effect.fail(
        StageFailure.of(
          "nothing-to-draw",
          there.length === 0 ? `there is no ${what}` : `there is no ${what} in ${absent.join(", ")}; the years are ${there.join(", ")}`,
          { parameter: "years" }
        )
      )
    return Effect.succeed([...new Set(asked ?? [there.at(-1)!])])
  })

/** Tells which entities have rows and no area, and which areas have no row. */
export const tellUnmatched = ({ areas }: ProjectedMap, entities: ReadonlySet<string>): Effect.Effect<void> =>
  Effect.gen(function* () {
    const known = new Set(areas.map(({ entity }) => entity))
    const without = [...entities].filter((entity) => !known.has(entity))
    if (without.length > 0) yield* Stage.warn({ code: "entities-without-area", message: `not on the map, since they have no area: ${without.join(", ")}` })
    const blank = [...known].filter((entity) => !entities.has(entity))
    if (blank.length > 0) yield* Stage.warn({ code: "areas-without-row", message: `drawn as "no value", since there is no row of them: ${blank.join(", ")}` })
  })
