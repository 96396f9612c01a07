/** The dictionary of entities that a preview knows names by. */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { entities } from "../../stages/entities.ts"
import { DICTIONARY_COLUMNS, type EntityNames, entityNames } from "../../stages/ingest/entity-names.ts"
import { toStoredTable } from "../artifact/output.ts"
import { track } from "../artifact/tracked.ts"
import type { StageFailure } from "../dag/stage.ts"
import type { NameColumn } from "./propose.ts"

export interface Dictionary {
  readonly path: string
  readonly nameColumn: NameColumn
  /** The names under the aliases that a description says. */
  readonly namesBy: (aliases: ReadonlyArray<string>) => Effect.Effect<EntityNames, StageFailure>
}

/** Reads a dictionary as the stage `entities` does; its own names stand in the column `entity`, or in `name`. */
export const readDictionary = (path: string, shown: string): Effect.Effect<Dictionary, StageFailure> =>
  Effect.gen(function* () {
    const bytes = new Uint8Array(readFileSync(path))
    const source = { path: shown, bytes, chunks: () => [bytes] }
    const read = (entity: string) => entities.run({ source }, { entity, keep: "all", codes: {} })
    const out = yield* read("entity").pipe(Effect.catch((failure: StageFailure) => read("name").pipe(Effect.mapError(() => failure))))
    const stored = toStoredTable(entities.output, out as never, [])
    const table = track(stored, () => {}) as Parameters<typeof entityNames>[0]
    const texts = stored.columns.filter(
      ({ kind, name }) => kind === "category" && name !== "entity" && !Object.values<string>(DICTIONARY_COLUMNS).includes(name)
    )
    // A column of which rows share values names groups, not entities.
    const naming = texts.filter(({ values }) => {
      const given = Array.from(values as ReadonlyArray<string>).filter((text) => text !== "")
      return given.length > 0 && new Set(given).size === given.length
    })
    const own = yield* entityNames(table, [])
    const others = yield* Effect.forEach(naming, ({ name }) => Effect.map(entityNames(table, [name]), (names) => [name, names] as const))
    return {
      path: shown,
      nameColumn: (text) => (own.named(text).length === 1 ? "" : others.find(([, names]) => names.named(text).length === 1)?.[0]),
      namesBy: (aliases) => entityNames(table, aliases)
    }
  })

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The CSV file of a dictionary that knows these names, and nothing else of their entities. */
export const dictionaryText = (names: ReadonlyArray<string>): string => ["entity", ...names].map((name) => `${field(name)}\n`).join("")

/** Where there is no dictionary: each text of the entities' column is taken as a name. */
export const withoutDictionary = (texts: ReadonlyArray<string>): EntityNames => ({
  entities: texts,
  named: (text) => (texts.includes(text) ? [text] : []),
  near: () => [],
  proposals: () => [],
  elsewhere: () => undefined,
  withoutTones: () => [],
  existence: () => new Map()
})
