/** Names in a file to entities of the dictionary. */
import type { Fault } from "@sediment/sediment"
import type { EntityNames } from "./entity-names.ts"
import { squeezed } from "./heads.ts"
import { faultAt, type SheetOf } from "./sheet-place.ts"

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
  /** The entities that a text which names none, or several, was probably meant for. */
  readonly meant: (text: string) => ReadonlyArray<number>
  readonly passedOver: () => number
  /** One fault for each text that is not the name of one entity, at the first place that has it. */
  readonly faults: () => ReadonlyArray<Fault>
}

const nameFault = (text: string, { column, head, of, places, row }: Unnamed, names: EntityNames): Fault => {
  const owners = names.named(text)
  const elsewhere = owners.length === 0 ? names.elsewhere(text) : undefined
  const near = names.near(text)
  const times = places.size > 1 ? ` (and ${places.size - 1} more ${places.size === 2 ? "row" : "rows"})` : ""
  const expected = "the name of an entity of the dictionary"
  const advice =
    owners.length > 1
      ? `it names ${owners.map((name) => `"${name}"`).join(" and ")}: write the entity's own name`
      : text === ""
        ? "write the name, or say fillDown: true where an empty cell means the one above it"
        : elsewhere !== undefined
          ? elsewhere.advice
          : near.length > 0
            ? `did you mean ${near.map((name) => `"${name}"`).join(" or ")}? correct it, or add the name to the dictionary and its column to aliases`
            : "correct it, or add it to the dictionary; if it is no entity but a total or a note, add it to passOver or footnotes"
  return faultAt(of, owners.length > 1 ? "ambiguous-entity" : "unknown-entity", { row, column, head }, text, expected, advice, times)
}

export const entityLookup = (names: EntityNames, passOver: ReadonlyArray<string>): EntityLookup => {
  const over = new Set(passOver.map(squeezed))
  const indexOf = new Map(names.entities.map((name, i) => [name, i]))
  const known = new Map<string, number | "over" | undefined>()
  const unnamed = new Map<string, Unnamed>()
  const guesses = new Map<string, ReadonlyArray<number>>()
  let passed = 0
  const look = (text: string): number | "over" | undefined => {
    const owners = names.named(text)
    if (owners.length === 1) return indexOf.get(owners[0]!)
    return over.has(squeezed(text)) ? "over" : undefined
  }
  return {
    find: (text, place) => {
      if (!known.has(text)) known.set(text, look(text))
      const found = known.get(text)
      if (found === "over") passed++
      else if (found === undefined) {
        const one = unnamed.get(text) ?? { ...place, places: new Set<string>() }
        unnamed.set(text, one)
        one.places.add(`${place.of.sheet} ${place.row}`)
      }
      return found
    },
    meant: (text) => {
      const before = guesses.get(text)
      if (before !== undefined) return before
      const owners = names.named(text)
      const elsewhere = names.elsewhere(text)
      const guessed = owners.length > 1 ? owners : elsewhere === undefined ? names.near(text) : [elsewhere.entity]
      const found = guessed.map((name) => indexOf.get(name)!)
      guesses.set(text, found)
      return found
    },
    passedOver: () => passed,
    faults: () => [...unnamed].map(([text, one]) => nameFault(text, one, names))
  }
}
