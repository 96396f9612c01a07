import type { StageFailure, Tracked } from "@sediment/sediment"
import { didYouMean, nearMatches } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import type { Entities } from "../table-types.ts"

/** The names by which a source may call an entity. */
export interface EntityNames {
  /** The entities, in the dictionary's order. */
  readonly entities: ReadonlyArray<string>
  /** The entity that a text names; several if the text is ambiguous, none if it is unknown. */
  readonly named: (text: string) => ReadonlyArray<string>
  /** Entities of which a name resembles an unknown text: for a message, never to be taken. */
  readonly near: (text: string) => ReadonlyArray<string>
}

/** Reads the dictionary: each entity's own name, and its values in the alias columns. */
export const entityNames = (table: Tracked<typeof Entities>, aliases: ReadonlyArray<string>): Effect.Effect<EntityNames, StageFailure> =>
  Effect.gen(function* () {
    yield* failTogether(
      aliases
        .filter((alias) => !table.has(alias))
        .map((alias) => ({
          code: "unknown-alias-column",
          message: `aliases: the dictionary has no column "${alias}"; ${didYouMean(alias, table.names)}its columns are: ${table.names.join(", ")}`,
          where: { parameter: "aliases", value: alias }
        }))
    )
    const entities = table.column("entity").values
    const owners = new Map<string, Array<string>>()
    for (const names of [entities, ...aliases.map((alias) => table.column(alias).values)])
      entities.forEach((entity, i) => {
        const name = names[i]!
        if (name === "") return
        const known = owners.get(name)
        if (known === undefined) owners.set(name, [entity])
        else if (!known.includes(entity)) known.push(entity)
      })
    return {
      entities,
      named: (text) => owners.get(text) ?? [],
      near: (text) => [...new Set(nearMatches(text, owners.keys()).flatMap((name) => owners.get(name)!))]
    }
  })
