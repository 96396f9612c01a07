/** Changes of a study's source text: the parameters of a `dag.node(…)` call, and the path of a `dag.data(…)`. Types are blanked out where they stand, so that places in the parsed text are places in the file. */
import { stripTypeScriptTypes } from "node:module"
import { type AnyNode, type CallExpression, type Expression, type ObjectExpression, type Property, parse, type SpreadElement } from "acorn"
import type { ParamEdit } from "../../../dag/param-edits.ts"
import type { Json } from "../../../dag/stage.ts"

/** A piece of text in the place of another. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A value as a literal of JavaScript. */
export const literal = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const parts = Object.entries(value as { readonly [key: string]: Json }).map(([key, inner]) => `${keyText(key)}: ${literal(inner)}`)
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`
}
const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key))

/** The text with its types blanked out. Node says of this function, once, that it may change; a user of the studio can do nothing about that. */
const withoutTypes = (text: string): string => {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(text, { mode: "strip" })
  } finally {
    process.emitWarning = emitWarning
  }
}

/** All calls of a method of this name in a text; undefined where the text has what cannot be parsed so. */
export const callsOf = (text: string, method: string): ReadonlyArray<CallExpression> | undefined => {
  let program: AnyNode
  try {
    program = parse(withoutTypes(text), { ecmaVersion: "latest", sourceType: "module", locations: true })
  } catch {
    return undefined
  }
  const found: Array<CallExpression> = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one)
    else if (typeof value === "object" && value !== null && "type" in value) {
      const node = value as AnyNode
      if (
        node.type === "CallExpression" &&
        node.callee.type === "MemberExpression" &&
        node.callee.property.type === "Identifier" &&
        node.callee.property.name === method
      )
        found.push(node)
      for (const [key, inner] of Object.entries(node)) if (key !== "loc") visit(inner)
    }
  }
  visit(program)
  return found
}

/** Whether an argument can be this text: a literal, or a template whose fixed parts fit. */
export const canBe = (argument: Expression | SpreadElement | undefined, text: string): boolean => {
  if (argument?.type === "Literal") return argument.value === text
  if (argument?.type !== "TemplateLiteral") return false
  const parts = argument.quasis.map(({ value }) => (value.cooked ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text)
}

const nameOf = (property: Property): string | undefined =>
  property.computed
    ? undefined
    : property.key.type === "Identifier"
      ? property.key.name
      : property.key.type === "Literal"
        ? String(property.key.value)
        : undefined

const at = (value: Json | undefined, path: ReadonlyArray<string | number>): Json | undefined =>
  path.reduce<Json | undefined>(
    (inner, step) => (typeof inner === "object" && inner !== null ? (inner as Record<string | number, Json>)[step] : undefined),
    value
  )

/** Gives an object in a text a property; undefined where it cannot be told what to write. `whole` is what all of it is to be. */
const put = (
  text: string,
  object: ObjectExpression,
  path: ReadonlyArray<string | number>,
  whole: Json,
  walked: ReadonlyArray<string | number>
): Splice | undefined => {
  const [step, ...rest] = path
  const key = String(step)
  const here = [...walked, step!]
  const value = at(whole, here)
  const own = object.properties.findLast((one): one is Property => one.type === "Property" && nameOf(one) === key)
  if (own === undefined) {
    if (value === undefined) return undefined
    const last = object.properties.at(-1)
    const added = `${keyText(key)}: ${literal(value)}`
    if (last === undefined) return { start: object.start, end: object.end, text: `{ ${added} }` }
    return { start: last.end, end: last.end, text: `, ${added}` }
  }
  if (value === undefined) {
    const i = object.properties.indexOf(own)
    const [before, after] = [object.properties[i - 1], object.properties[i + 1]]
    return after !== undefined ? { start: own.start, end: after.start, text: "" } : { start: before?.end ?? own.start, end: own.end, text: "" }
  }
  if (own.shorthand) return { start: own.start, end: own.end, text: `${keyText(key)}: ${literal(value)}` }
  if (rest.length > 0 && typeof rest[0] === "string" && own.value.type === "ObjectExpression") return put(text, own.value, rest, whole, here)
  return { start: own.value.start, end: own.value.end, text: literal(value) }
}

/** How the parameters of a node are changed in the call that places it; undefined where it cannot be told what to write. */
export const paramSplices = (text: string, call: CallExpression, edits: ReadonlyArray<ParamEdit>, whole: Json): ReadonlyArray<Splice> | undefined => {
  const given = call.arguments[3]
  if (given?.type === "ObjectExpression" && edits.every(({ path }) => path.length > 0)) {
    const splices = edits.map(({ path }) => put(text, given, path, whole, []))
    const all = splices.filter((one) => one !== undefined)
    const keys = new Set(all.map(({ start }) => start))
    // Two that begin at one place would be put there in either order: each is well-formed by itself.
    return all.length === splices.length && (keys.size === all.length || all.every(({ end, start }) => start === end)) ? all : undefined
  }
  if (call.arguments.length < 3 || edits.some(({ path, value }) => path.length === 0 || value === "")) return undefined
  const names = [...new Set(edits.map(({ path }) => String(path[0])))]
  const parts = names.map((name) => `${keyText(name)}: ${literal(at(whole, [name])!)}`).join(", ")
  const last = call.arguments.at(-1)!
  if (given === undefined) return [{ start: last.end, end: last.end, text: `, { ${parts} }` }]
  return [{ start: given.start, end: given.end, text: `{ ...${text.slice(given.start, given.end)}, ${parts} }` }]
}

/** A text with pieces of it replaced; of those that are put in at one place, the first stands first. */
export const spliced = (text: string, splices: ReadonlyArray<Splice>): string =>
  splices
    .toReversed()
    .sort((a, b) => b.start - a.start)
    .reduce((now, { end, start, text: piece }) => now.slice(0, start) + piece + now.slice(end), text)
