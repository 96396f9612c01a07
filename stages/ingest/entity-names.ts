import type { StageFailure, Tracked } from "@sediment/sediment"
import { didYouMean } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { Entities } from "../table-types.ts"
import { nameKey, namesByScript, namesIn } from "./name-key.ts"
import { type NearName, nearOwners } from "./near-names.ts"

/** The years in which an entity was there; either end may be open. */
export interface Existence {
  readonly from?: number
  readonly to?: number
}

/** The names by which a source may call an entity. */
export interface EntityNames {
  /** The entities, in the dictionary's order. */
  readonly entities: ReadonlyArray<string>
  /**
   * The entity that a text names; several if the text is ambiguous, none if it is unknown. A text that is a name as it stands means that; otherwise names that
   * differ from it in nothing but how they are written (`nameKey`); or else what it says in Chinese characters, in digits and in other letters, where each is a name:
   * of one entity, or else the text is ambiguous.
   */
  readonly named: (text: string) => ReadonlyArray<string>
  /** Entities of which a name resembles an unknown text: for a message, never to be taken. */
  readonly near: (text: string) => ReadonlyArray<string>
  /** The same with the name that it resembles. */
  readonly proposals: (text: string) => ReadonlyArray<NearName>
  /** Where an unknown text is the name of one entity in a column of the dictionary that is not among the aliases: that entity, and what to do. These columns are read only here. */
  readonly elsewhere: (text: string) => { readonly entity: string; readonly advice: string } | undefined
  /** Entities of which a name is one of this entity's without its accents and tones: a file that leaves them out may mean either. Shanxi may be Shǎnxī, which is Shaanxi. */
  readonly withoutTones: (entity: string) => ReadonlyArray<string>
  /** When the entities were there, of those of which the dictionary says it; the columns are read only here. */
  readonly existence: () => ReadonlyMap<string, Existence>
}

/** The column of further names, and those of the first and last year. */
export const DICTIONARY_COLUMNS = { variants: "variants", from: "from", to: "to" } as const

const toneless = (key: string): string => key.normalize("NFD").replace(/\p{M}/gu, "")

type Dictionary = Tracked<typeof Entities>

const existenceIn = (table: Dictionary, entities: ReadonlyArray<string>): ReadonlyMap<string, Existence> => {
  const read = (column: string) => (table.has(column) ? table.column(column).values : [])
  const [from, to] = [read(DICTIONARY_COLUMNS.from), read(DICTIONARY_COLUMNS.to)]
  const year = (text: string | null | undefined) => (text && /^\d{1,4}$/.test(text) ? Number(text) : undefined)
  return new Map(
    entities.flatMap((entity, i): ReadonlyArray<readonly [string, Existence]> => {
      const [first, last] = [year(from[i]), year(to[i])]
      return first === undefined && last === undefined
        ? []
        : [[entity, { ...(first === undefined ? {} : { from: first }), ...(last === undefined ? {} : { to: last }) }]]
    })
  )
}

/** Where an unknown text stands in a column that is not among those of names. */
const elsewhereIn = (table: Dictionary, entities: ReadonlyArray<string>, aliases: ReadonlyArray<string>): EntityNames["elsewhere"] => {
  const others = () =>
    table.names.filter((name) => !(name in Entities.columns) && !Object.values<string>(DICTIONARY_COLUMNS).includes(name) && !aliases.includes(name))
  return (text) => {
    if (text === "") return undefined
    // A text that several rows share is no name but a group, a region say.
    const column = others().find((name) => table.column(name).values.filter((value) => value === text).length === 1)
    if (column === undefined) return undefined
    const entity = entities[table.column(column).values.indexOf(text)]!
    return {
      entity,
      advice: `"${text}" is in the dictionary's column ${column}: add aliases: [${[...aliases, column].map((name) => `"${name}"`).join(", ")}]`
    }
  }
}

/** Reads the dictionary: each entity's own name, its variants, and its values in the alias columns. */
export const entityNames = (table: Dictionary, aliases: ReadonlyArray<string>): Effect.Effect<EntityNames, StageFailure> =>
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
    const variants = table.has(DICTIONARY_COLUMNS.variants) ? table.column(DICTIONARY_COLUMNS.variants).values : []
    const further = aliases.map((alias) => table.column(alias).values)
    const written = new Map<string, Set<string>>()
    const keyed = new Map<string, Set<string>>()
    const put = (into: Map<string, Set<string>>, name: string, entity: string) => {
      const known = into.get(name)
      if (known === undefined) into.set(name, new Set([entity]))
      else known.add(entity)
    }
    const columns: ReadonlyArray<(row: number) => ReadonlyArray<string>> = [
      (row) => [entities[row]!],
      ...further.map((column) => (row: number) => (column[row] ? [column[row]] : [])),
      (row) => namesIn(variants[row])
    ]
    const all = entities.map((entity) => ({ entity, names: new Map<string, string>() }))
    for (const namesOf of columns)
      for (const [row, { entity, names }] of all.entries())
        for (const name of namesOf(row)) {
          const key = nameKey(name)
          if (key === "") continue
          put(written, name, entity)
          put(keyed, key, entity)
          if (!names.has(key)) names.set(key, name)
        }
    let near: ReturnType<typeof nearOwners> | undefined
    const proposals: EntityNames["proposals"] = (text) => (near ??= nearOwners(all))(text)
    const owners = (text: string) => written.get(text) ?? keyed.get(nameKey(text))
    /** Of a text in several scripts: the entities that all of its parts name, of which there may be one. */
    const ofParts = (text: string): ReadonlyArray<string> => {
      const parts = namesByScript(text).map(owners)
      return parts.every((part) => part !== undefined) ? [...new Set(parts.flatMap((part) => [...part!]))] : []
    }
    return {
      entities,
      named: (text) => [...(owners(text) ?? ofParts(text))],
      proposals,
      near: (text) => proposals(text).map(({ entity }) => entity),
      elsewhere: elsewhereIn(table, entities, aliases),
      withoutTones: (entity) => {
        const own = all.find((one) => one.entity === entity)?.names ?? new Map<string, string>()
        return all.filter((one) => one.entity !== entity && [...one.names.keys()].some((key) => own.has(toneless(key)))).map((one) => one.entity)
      },
      existence: () => existenceIn(table, entities)
    }
  })
