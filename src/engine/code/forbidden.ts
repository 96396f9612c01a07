import { isBuiltin } from "node:module"
import type { AnyNode } from "acorn"
import { didYouMean } from "../../dag/near-matches.ts"
import type { CanonicalForm, Use } from "./canonical-form.ts"
import { isPackage, type TopLevel } from "./declarations.ts"
import { memberName } from "./stage-declarations.ts"

/** Something that makes a stage's result depend on more than its inputs, its parameters and its seed. */
export interface ForbiddenUse {
  /** As the code writes it: `Math.random`. */
  readonly name: string
  readonly start: number
  /** What it would bring in; a name that is declared nowhere brings in nothing. */
  readonly brings: string | undefined
  /** Of such a name, what may have been meant: `did you mean "x"? `, or nothing. */
  readonly meant?: string
}

const words = (text: string): ReadonlyArray<string> => text.split(" ")

// Names of the language (ECMA-262), and of the web's encodings, whose results depend on their arguments alone.
const DETERMINISTIC = new Set(
  words(
    "undefined NaN Infinity isNaN isFinite parseInt parseFloat encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape " +
      "Object Array String Number Boolean Symbol BigInt Math JSON RegExp Map Set WeakMap WeakSet Promise Proxy Reflect Iterator " +
      "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError DisposableStack AsyncDisposableStack " +
      "ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array " +
      "Float16Array Float32Array Float64Array BigInt64Array BigUint64Array TextEncoder TextDecoder structuredClone atob btoa URL URLSearchParams"
  )
)

const KINDS: ReadonlyArray<readonly [brings: string, names: string]> = [
  ["the clock", "Date performance Temporal setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask"],
  ["chance: use the stage's seed", "crypto"],
  ["the network", "fetch WebSocket XMLHttpRequest EventSource Request Response Headers"],
  ["the environment", "process navigator global globalThis window self require module exports __dirname __filename import.meta Buffer"],
  ["code that is not in the source", "eval Function"],
  ["output outside the artifact: use Stage.warn", "console"],
  ["the machine's locale", "Intl"],
  ["the garbage collector", "WeakRef FinalizationRegistry"]
]
const KIND_OF = new Map(KINDS.flatMap(([brings, names]) => words(names).map((name) => [name, brings] as const)))

const LOCALE_MEMBER = /^(?:localeCompare|toLocale\w*)$/
const LOCALE = "the machine's locale"

// What of Effect asks the host: by export, and by member of an export.
const EFFECT_EXPORTS = new Map<string, string>([
  ["Clock", "the clock"],
  ["Random", "chance: use the stage's seed"],
  ["Config", "the environment"],
  ["ConfigProvider", "the environment"],
  ["FileSystem", "files that are no input"],
  ["Terminal", "the environment"],
  ["Stdio", "the environment"],
  ["Console", "output outside the artifact: use Stage.warn"]
])
const EFFECT_MEMBERS = new Map<string, string>([
  ...words("clockWith timed timeout timeoutOption timeoutOrElse race raceFirst raceAll raceAllFirst").map((name) => [`Effect.${name}`, "the clock"] as const),
  ...words("now nowAsDate nowUnsafe nowInCurrentZone isPast isPastUnsafe isFuture isFutureUnsafe").map((name) => [`DateTime.${name}`, "the clock"] as const),
  ...words("zoneMakeLocal setZoneCurrent withCurrentZoneLocal layerCurrentZoneLocal formatLocal formatIntl format").map(
    (name) => [`DateTime.${name}`, LOCALE] as const
  )
])

/** Names of `Math` that a use of it reaches; undefined where they cannot be told. */
const mathMembers = ({ around, node }: Use): ReadonlyArray<string> | undefined => {
  const parent: AnyNode | undefined = around[0]
  const member = parent?.type === "MemberExpression" && parent.object === node ? memberName(parent) : undefined
  if (member !== undefined) return [member]
  if (parent?.type !== "VariableDeclarator" || parent.init !== node || parent.id.type !== "ObjectPattern") return undefined
  const names: Array<string> = []
  for (const property of parent.id.properties) {
    if (property.type === "RestElement" || property.computed || property.key.type !== "Identifier") return undefined
    names.push(property.key.name)
  }
  return names
}

type Found = Pick<ForbiddenUse, "name" | "brings">

const ofGlobal = (use: Use): Found | undefined => {
  if (use.name === "Math") {
    const members = mathMembers(use)
    if (members === undefined) return { name: "Math", brings: "chance, as Math.random can be reached from it: write Math.sqrt and the like" }
    return members.includes("random") ? { name: "Math.random", brings: "chance: use the stage's seed" } : undefined
  }
  if (DETERMINISTIC.has(use.name)) return undefined
  return { name: use.name, brings: KIND_OF.get(use.name) }
}

const ofPackage = (use: Use, specifier: string, imported: string): Found | undefined => {
  if (isBuiltin(specifier)) return { name: specifier, brings: "files, processes or the network, which are no input" }
  if (specifier !== "effect") return undefined
  const path = [...(imported === "*" ? [] : [imported])]
  for (const node of use.around) {
    const name = memberName(node)
    if (name === undefined) break
    path.push(name)
  }
  const [module = "", member = ""] = path
  const asModule = EFFECT_EXPORTS.get(module)
  if (asModule !== undefined) return { name: module, brings: asModule }
  const asMember = EFFECT_MEMBERS.get(`${module}.${member}`)
  return asMember === undefined ? undefined : { name: `${module}.${member}`, brings: asMember }
}

/** The forbidden things that one declaration uses itself. */
export const forbiddenUses = (form: CanonicalForm, top: TopLevel, specifierOf: (specifier: string) => string): ReadonlyArray<ForbiddenUse> => {
  const found: Array<ForbiddenUse> = []
  for (const use of form.uses) {
    const bound = top.bound.get(use.name)
    if (bound !== undefined && !isPackage(bound)) continue
    const fault = bound === undefined ? ofGlobal(use) : ofPackage(use, specifierOf(bound.specifier), bound.imported)
    if (fault === undefined) continue
    const start = use.node.start
    if (fault.brings !== undefined) found.push({ ...fault, start })
    else found.push({ ...fault, start, meant: didYouMean(use.name, [...use.scopes.flatMap((scope) => [...scope.keys()]), ...top.bound.keys()]) })
  }
  for (const { name, start } of form.members) if (LOCALE_MEMBER.test(name)) found.push({ name: `.${name}`, start, brings: LOCALE })
  for (const { specifier, start } of form.dynamicImports) {
    if (specifier === undefined) found.push({ name: "import() of a computed name", start, brings: "code that is not in the bundle" })
    else if (isBuiltin(specifier)) found.push({ name: specifier, start, brings: "files, processes or the network, which are no input" })
  }
  // One report a name and declaration: the first place.
  return [...Map.groupBy(found, ({ name }) => name).values()].map((uses) => uses.reduce((a, b) => (a.start <= b.start ? a : b)))
}
