/** Names in a file to entities of the dictionary. */
import type { Fault } from "@sediment/sediment"
import type { EntityNames } from "./entity-names.ts"
import { withoutMarks } from "./marks.ts"
import { nameKey, namesByScript } from "./name-key.ts"
import { KIND_IN_WORDS, type NoEntityKind, noEntityKind } from "./no-entities.ts"
import { faultAt, type SheetOf } from "./sheet-place.ts"
import { shown } from "./shown.ts"
import type { Name } from "./source-params.ts"

/** Where a name stands: a cell, with its header if it has one. */
interface NamePlace {
  readonly of: SheetOf
  readonly row: number
  readonly column: number
  readonly head: string
}

interface Unnamed extends NamePlace {
  readonly places: Set<string>
}

export interface EntityLookup {
  /** The entity's place in the dictionary; "over" for a name to be passed over; undefined, to be told in `faults`, for a text that names none or several. */
  readonly find: (text: string, place: NamePlace) => number | "over" | undefined
  /** Whether the text is a name of an entity, or one that is passed over. */
  readonly isName: (text: string) => boolean
  readonly isEntity: (text: string) => boolean
  /** The entities that a text which names none, or several, was probably meant for. */
  readonly meant: (text: string) => ReadonlyArray<number>
  /** What an entity that stands twice may have been meant for in one of its rows: its place in a sentence, or nothing. */
  readonly mistaken: (entity: number) => string
  /** How many texts were no names. */
  readonly unknown: () => number
  /** The names that were passed over, with the number of rows of each. */
  readonly passedOver: () => ReadonlyMap<string, number>
  /** One fault for each text that is not the name of one entity, at the first place that has it. */
  readonly faults: () => ReadonlyArray<Fault>
}

/** Longer texts are no names. */
const LONGEST_NAME = 200
/** Of so many unknown texts it is looked which name was meant. */
const MOST_GUESSED = 200

/** A proposal: the entity, and the name of it that was found where that is another. */
const inWords = ({ entity, name }: ReturnType<EntityNames["proposals"]>[number]): string => (name === entity ? `"${entity}"` : `"${entity}" (${name})`)

const nameFault = (text: string, { column, head, of, places, row }: Unnamed, names: EntityNames, guess: boolean): Fault => {
  const owners = guess ? names.named(text) : []
  const elsewhere = guess && owners.length === 0 ? names.elsewhere(text) : undefined
  const kind = noEntityKind(text)
  const near = guess && kind === undefined ? names.proposals(text) : []
  const times = places.size > 1 ? ` (and ${places.size - 1} more ${places.size === 2 ? "row" : "rows"})` : ""
  const expected = "the name of an entity of the dictionary"
  const advice =
    owners.length > 1
      ? `it names ${owners.map((name) => `"${name}"`).join(" and ")}: write the entity's own name`
      : text === ""
        ? "write the name, or say fillDown: true where an empty cell means the one above it"
        : elsewhere !== undefined
          ? elsewhere.advice
          : kind !== undefined
            ? `it looks like ${KIND_IN_WORDS[kind]}: leave such rows out with passOver: ["${text}"], or all of their kind with passOver: { kinds: ["${kind}"] }`
            : near.length > 0
              ? `did you mean ${near.map(inWords).join(" or ")}? write that in the cell, put it right with names: [{ found: "${shown(text)}", is: …, reason: … }], or add it to the dictionary's variants of the one that is meant`
              : `correct it, or add it to the dictionary; if it is no entity but a total or a note, leave it out with passOver: ["${shown(text, 60)}"] or footnotes`
  return faultAt(of, owners.length > 1 ? "ambiguous-entity" : "unknown-entity", { row, column, head }, text, expected, advice, times)
}

/** Which names are no entities of the study: the names themselves, or kinds of which the usual names are known (`no-entities.ts`). */
export type PassOver = ReadonlyArray<string> | { readonly kinds: ReadonlyArray<NoEntityKind>; readonly names: ReadonlyArray<string> }

/** What is wrong with a correction of a name: that it is of an entity's own, or leads to none. */
const correctionFaults = (corrected: ReadonlyArray<Name>, names: EntityNames): ReadonlyArray<Fault> =>
  corrected.flatMap(({ found, is }, i): ReadonlyArray<Fault> => {
    const where = { parameter: `names[${i}]`, value: found }
    const owners = names.named(is)
    if (owners.length !== 1) {
      const near = names.near(is).map((name) => `"${name}"`)
      return [
        {
          code: "unknown-entity",
          message: `names[${i}]: "${is}" is not the name of one entity${near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`}`,
          where: { ...where, value: is }
        }
      ]
    }
    const own = names.named(found)
    if (own.length !== 1 || own[0] === owners[0]) return []
    return [
      {
        code: "renames-entity",
        message: `names[${i}]: "${found}" is the name of ${own[0]}, which cannot be ${owners[0]}: correct the cells of the file`,
        where
      }
    ]
  })

/** `marks`: signs of footnotes, which may stand behind a name that is none with them. `corrected`: names that the file has wrong. */
export const entityLookup = (names: EntityNames, passOver: PassOver, marks: ReadonlyArray<string> = [], corrected: ReadonlyArray<Name> = []): EntityLookup => {
  const rightName = new Map(corrected.map(({ found, is }) => [nameKey(found), is]))
  const given = "kinds" in passOver ? passOver : { kinds: [], names: passOver }
  const over = new Set(given.names.map(nameKey))
  const kinds = new Set<NoEntityKind | undefined>(given.kinds)
  const entityAmong = given.names.flatMap((text): ReadonlyArray<Fault> => {
    const owners = names.named(text)
    if (owners.length !== 1) return []
    const message = `passOver: "${text}" is a name of ${owners[0]}: take it out, or take the entity out of the dictionary`
    return [{ code: "passes-over-entity", message, where: { parameter: "passOver", value: text, entity: owners[0]! } }]
  })
  const indexOf = new Map(names.entities.map((name, i) => [name, i]))
  const known = new Map<string, number | "over" | undefined>()
  const unnamed = new Map<string, Unnamed>()
  const guesses = new Map<string, ReadonlyArray<number>>()
  const passed = new Map<string, number>()
  /** A text that could be a name, and to which one that was meant is worth looking for: not each of a file that is of something else altogether. */
  const isWorth = (text: string): boolean => text.length <= LONGEST_NAME && (unnamed.size <= MOST_GUESSED || guesses.has(text))
  const look = (written: string): number | "over" | undefined => {
    if (written.length > LONGEST_NAME) return undefined
    const owned = names.named(written).length
    const text = owned === 1 ? written : (rightName.get(nameKey(written)) ?? (owned > 0 ? written : withoutMarks(written, marks)))
    const owners = names.named(text)
    if (owners.length === 1) return indexOf.get(owners[0]!)
    if (over.has(nameKey(text)) || (owners.length === 0 && namesByScript(text).some((part) => over.has(nameKey(part))))) return "over"
    return owners.length === 0 && kinds.has(noEntityKind(text)) ? "over" : undefined
  }
  const lookOnce = (text: string) => {
    if (!known.has(text)) known.set(text, look(text))
    return known.get(text)
  }
  return {
    find: (text, place) => {
      const found = lookOnce(text)
      if (found === "over") passed.set(text, (passed.get(text) ?? 0) + 1)
      else if (found === undefined) {
        const one = unnamed.get(text) ?? { ...place, places: new Set<string>() }
        unnamed.set(text, one)
        one.places.add(`${place.of.sheet} ${place.row}`)
      }
      return found
    },
    isName: (text) => lookOnce(text) !== undefined,
    isEntity: (text) => typeof lookOnce(text) === "number",
    meant: (text) => {
      const before = guesses.get(text)
      if (before !== undefined) return before
      if (!isWorth(text)) return []
      const owners = names.named(text)
      const elsewhere = names.elsewhere(text)
      const guessed = owners.length > 1 ? owners : elsewhere !== undefined ? [elsewhere.entity] : noEntityKind(text) === undefined ? names.near(text) : []
      const found = guessed.map((name) => indexOf.get(name)!)
      guesses.set(text, found)
      return found
    },
    mistaken: (entity) => {
      const others = names.withoutTones(names.entities[entity]!)
      return others.length === 0 ? "" : `; if one is of ${others.join(" or ")}, which is written the same without tones, write that there`
    },
    passedOver: () => passed,
    unknown: () => unnamed.size,
    faults: () => [
      ...entityAmong,
      ...correctionFaults(corrected, names),
      ...[...unnamed].map(([text, one], i) => nameFault(text, one, names, i < MOST_GUESSED && text.length <= LONGEST_NAME))
    ]
  }
}
