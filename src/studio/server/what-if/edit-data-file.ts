import { type Document, isCollection, isScalar, parseDocument, stringify } from "yaml"
import type { Json } from "../../../dag/stage.ts"

type Path = ReadonlyArray<string | number>
const isRecord = (value: unknown): value is Record<string, Json> => typeof value === "object" && value !== null && !Array.isArray(value)
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** By what an element of a list is the same one before and after: its name, or all that it is. */
const keyOf = (value: Json): string => (isRecord(value) && typeof value["name"] === "string" ? value["name"] : JSON.stringify(value))

/** By what elements are told apart, before and after; undefined where they are not, or stand in another order. */
const keysOf = (before: ReadonlyArray<Json>, after: ReadonlyArray<Json>) => {
  const [was, is] = [before.map(keyOf), after.map(keyOf)]
  if (new Set(was).size < was.length || new Set(is).size < is.length) return undefined
  // In a list as long as before, what has another name at its place is the same element.
  const renamed = was.length === is.length && was.every((key, i) => key === is[i] || !(is.includes(key) || was.includes(is[i]!)))
  if (renamed) return { was, is: was }
  const stay = (keys: ReadonlyArray<string>, others: ReadonlyArray<string>) => keys.filter((key) => others.includes(key))
  return same(stay(was, is), stay(is, was)) ? { was, is } : undefined
}

/** Makes of what stands in a document at a path what it is to be, and leaves all else as it is written: comments, quotes, order. */
const bring = (document: Document, path: Path, before: Json | undefined, after: Json): void => {
  if (same(before, after)) return
  if (isRecord(before) && isRecord(after)) {
    for (const key of Object.keys(before)) if (!(key in after)) document.deleteIn([...path, key])
    for (const [key, value] of Object.entries(after)) bring(document, [...path, key], before[key], value)
    return
  }
  const list = document.getIn(path)
  const keys = Array.isArray(before) && Array.isArray(after) && isCollection(list) ? keysOf(before, after) : undefined
  if (keys !== undefined && isCollection(list)) {
    const [old, now] = [before as ReadonlyArray<Json>, after as ReadonlyArray<Json>]
    for (let i = old.length - 1; i >= 0; i--) if (!keys.is.includes(keys.was[i]!)) list.delete(i)
    for (const [i, key] of keys.is.entries()) {
      const at = keys.was.indexOf(key)
      if (at === -1) (list.items as Array<unknown>).splice(i, 0, document.createNode(now[i]!, { flow: isRecord(now[i]!) }))
      else bring(document, [...path, i], old[at]!, now[i]!)
    }
    return
  }
  const there = document.getIn(path, true)
  // A value in the place of another keeps the other's comment.
  if (isScalar(there) && !isCollection(after) && typeof after !== "object") there.value = after
  else document.setIn(path, document.createNode(after, { flow: Array.isArray(after) }))
}

/** The text of a data file that is to hold a value: as it is written, where the value is what it was. */
export const editDataFile = (file: string, text: string, value: Json): string => {
  if (/\.json$/i.test(file)) return same(JSON.parse(text), value) ? text : `${JSON.stringify(value, null, 2)}\n`
  const document = parseDocument(text)
  const before = document.toJS() as Json
  if (same(before, value)) return text
  bring(document, [], before, value)
  const edited = document.toString({ lineWidth: 0 })
  // Anchors and merged keys are not followed: then it is written anew.
  return same(parseDocument(edited).toJS(), value) ? edited : stringify(value, { lineWidth: 0 })
}
