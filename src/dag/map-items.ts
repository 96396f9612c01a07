import { createHash } from "node:crypto"
import { canonicalJson } from "./canonical-json.ts"
import type { Json } from "./stage.ts"

/** What a map is made over: a list, whose items are named by what they are, or items by the key that names them. */
export type MapItems = ReadonlyArray<Json> | { readonly [key: string]: unknown }

export interface MapItem {
  /** What stands in the brackets of the nodes' names. */
  readonly key: string
  /** As a message calls it: `item 2 ("mi")`. */
  readonly title: string
  readonly item: unknown
}

/** An item's key is its content: a text, number or the like as it is written; a short hash of anything larger. */
const contentKey = (item: Json): string => {
  if (typeof item === "string") return item
  const text = canonicalJson(item)
  return typeof item === "object" && item !== null ? createHash("sha256").update(text).digest("hex").slice(0, 12) : text
}

const brief = (item: Json): string => {
  const text = canonicalJson(item)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const listed = (item: Json, i: number): MapItem => {
  try {
    return { key: contentKey(item), title: `item ${i + 1} (${brief(item)})`, item }
  } catch {
    throw new TypeError(`item ${i + 1} of a map's list is no JSON, so that nodes cannot be named by it: give the items as a record, { key: item }`)
  }
}

/** The items of a map with their keys, in the order given. */
export const mapItems = (items: MapItems): ReadonlyArray<MapItem> =>
  Array.isArray(items) ? items.map(listed) : Object.entries(items).map(([key, item]) => ({ key, title: `item "${key}"`, item }))

const NAME = /^([^[\]]*)(?:\[([^[\]]*)\])?$/

/** The name of a node inside of maps: their keys, outermost first, and then a key that the name has itself, stand in its brackets. */
export const nameInMaps = (keys: ReadonlyArray<string>, name: string): string => {
  const parts = NAME.exec(name)
  if (keys.length === 0 || parts === null) return name
  const [, base, own] = parts
  return `${base}[${[...keys, ...(own === undefined ? [] : [own])].join(" ")}]`
}
