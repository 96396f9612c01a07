/** `--set NODE.path=VALUE`: parameters that nodes are given in the place of what dag.ts says. */
import type { Schema } from "effect"
import { type DecodeFault, decode, pathText } from "./decode.ts"
import type { AnyStage, Json } from "./stage.ts"

/** One parameter of one node, or of all `node[…]`, as it is to be. */
export interface ParamEdit {
  /** A node's name, or that of a map's nodes before the bracket. */
  readonly node: string
  /** Where in the parameters; empty: all of them. */
  readonly path: ReadonlyArray<string | number>
  /** What it is to be, as JSON or as plain text; "" takes away what dag.ts says, so that the stage's default counts. */
  readonly value: string
}

const NODE = String.raw`[A-Za-z][\w-]*(?:\[[^[\]]+\])?`
/** A text as JSON writes it, and nothing else. */
const QUOTED = String.raw`"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`
const STEP = String.raw`\.[^.[=\s]+|\[\d+\]|\[${QUOTED}\]`
const EDIT = new RegExp(`^(${NODE})((?:${STEP})*)=(.*)$`, "s")

/** Reads `NODE.path=VALUE`; undefined where it is something else. */
export const parseParamEdit = (text: string): ParamEdit | undefined => {
  const [, node, path, value] = EDIT.exec(text) ?? []
  if (node === undefined) return undefined
  const steps = [...path!.matchAll(new RegExp(STEP, "g"))].map(([step]): string | number => (step.startsWith(".") ? step.slice(1) : JSON.parse(step)[0]))
  return { node, path: steps, value: value! }
}

const written = (step: string | number): string =>
  typeof step === "number" ? `[${step}]` : /^[^.[=\s]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`

/** An edit as it is typed. */
export const writeParamEdit = ({ node, path, value }: ParamEdit): string => `${node}${path.map(written).join("")}=${value}`

type Container = Array<Json> | Record<string, Json>
const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null

/** The same parameters but for one. Where the path leads into what has no parts, a fault. */
const put = (
  value: Json | undefined,
  path: ReadonlyArray<string | number>,
  given: Json | undefined,
  walked: ReadonlyArray<string | number>
): Json | DecodeFault => {
  const [step, ...rest] = path
  if (step === undefined) return given === undefined ? {} : given
  const here = pathText([...walked, step])
  if (value !== undefined && !isContainer(value))
    return faultAt({
      path: here,
      message: `${walked.length === 0 ? "the parameters are" : `${pathText(walked)} is`} ${JSON.stringify(value)}, which has no parts`
    })
  if (Array.isArray(value)) {
    if (typeof step !== "number" || step > value.length)
      return faultAt({
        path: here,
        message: `${pathText(walked)} is a list of ${value.length}: name one as [0] to [${value.length - 1}], or [${value.length}] to add one`
      })
    if (rest.length === 0 && given === undefined) return value.filter((_, i) => i !== step)
    const inner = put(value[step], rest, given, [...walked, step])
    return isFault(inner) ? inner : [...value.slice(0, step), inner, ...value.slice(step + 1)]
  }
  const { [step]: own, ...others } = (value ?? {}) as Record<string, Json>
  if (rest.length === 0 && given === undefined) return others
  const inner = put(own, rest, given, [...walked, step])
  return isFault(inner) ? inner : { ...(value as Record<string, Json> | undefined), [step]: inner }
}
const FAULT = Symbol("fault")
const faultAt = (fault: DecodeFault) => Object.assign(fault, { [FAULT]: true })
const isFault = (value: unknown): value is DecodeFault => isContainer(value) && FAULT in value

const jsonIn = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** What a value may be meant as, the likelier first: JSON, or the text itself. */
const readings = (text: string): ReadonlyArray<Json | undefined> => {
  if (text === "") return [undefined]
  const json = jsonIn(text)
  return json === undefined ? [text] : typeof json === "string" || isContainer(json) ? [json] : [json, text]
}

const isWithin = (inner: string, outer: string): boolean => outer === "" || inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)

/** A node's parameters, encoded, as some edits make them; each is read as that which its stage takes. Or all that is wrong. */
export const editParams = (
  stage: AnyStage,
  params: Json,
  edits: ReadonlyArray<ParamEdit>
): { readonly params: Json; readonly faults: ReadonlyArray<DecodeFault> } => {
  const schema = stage.params as Schema.Codec<unknown, Json>
  let now = params
  const faults: Array<DecodeFault> = []
  for (const { path, value } of edits) {
    const made = readings(value).map((reading) => put(now, path, reading, []))
    const wrong = made.find(isFault)
    if (wrong !== undefined) faults.push({ path: wrong.path, message: wrong.message })
    else {
      const fits = (made as ReadonlyArray<Json>).find((one) => decode(schema, one).faults.every((fault) => !isWithin(fault.path, pathText(path))))
      now = fits ?? (made[0] as Json)
    }
  }
  const decoded = decode(schema, now)
  return { params: now, faults: [...faults, ...decoded.faults] }
}
