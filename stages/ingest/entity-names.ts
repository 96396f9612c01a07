import type { StageFailure, Tracked } from "@sediment/sediment"
import { didYouMean, nearMatches } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { Entities } from "../table-types.ts"

/** The names by which a source may call an entity. */
export interface EntityNames {
  /** The entities, in the dictionary's order. */
  readonly entities: ReadonlyArray<string>
  /** The entity that a text names; several if the text is ambiguous, none if it is unknown. */
  readonly named: (text: string) => ReadonlyArray<string>
  /** Entities of which a name resembles an unknown text: for a message, never to be taken. */
  readonly near: (text: string) => ReadonlyArray<string>
  /** Where an unknown text is the name of one entity in a column of the dictionary that is not among the aliases: that entity, and what to do. These columns are read only here. */
  readonly elsewhere: (text: string) => { readonly entity: string; readonly advice: string } | undefined
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
      elsewhere: (text) => {
        if (text === "") return undefined
        // A text that several rows share is no name but a group, a region say.
        const column = table.names.find(
          (name) => !(name in Entities.columns) && !aliases.includes(name) && table.column(name).values.filter((value) => value === text).length === 1
        )
        if (column === undefined) return undefined
        const entity = entities[table.column(column).values.indexOf(text)]!
        return {
          entity,
          advice: `"${text}" is in the dictionary's column ${column}: add aliases: [${[...aliases, column].map((name) => `"${name}"`).join(", ")}]`
        }
      },
      near: (text) => [...new Set(nearMatches(text, owners.keys()).flatMap((name) => owners.get(name)!))]
    }
  })
