import type { ParamEdit } from "../../../dag/param-edits.ts"
import type { Json } from "../../../dag/stage.ts"

const isRecord = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value)
const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A value as `--set` is given it: a text that could be nothing else as it is. */
const asGiven = (value: Json): string => {
  const json = JSON.stringify(value)
  if (typeof value !== "string") return json
  const plain = /^[\p{L}_][\p{L}\p{N}_.,~ -]*$/u.test(value) && !["true", "false", "null"].includes(value)
  return plain ? value : json
}

/** The fewest `--set NODE.path=VALUE` that make one node's parameters (canonical, with defaults) of another's. */
export const paramDifferences = (node: string, before: Json, after: Json, path: ReadonlyArray<string | number> = []): ReadonlyArray<ParamEdit> => {
  if (same(before, after)) return []
  const whole = [{ node, path, value: asGiven(after) }]
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((one, i) => isRecord(one) || isRecord(after[i]!))
      ? before.flatMap((one, i) => paramDifferences(node, one, after[i]!, [...path, i]))
      : whole
  if (!isRecord(before) || !isRecord(after)) return whole
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  // Inside, what has other parts may be another kind of thing: it is given whole.
  if (path.length > 0 && keys.some((key) => !(key in before) || !(key in after))) return whole
  return keys.flatMap((key) => {
    const [was, is] = [before[key], after[key]]
    if (is === undefined) return [{ node, path: [...path, key], value: "" }]
    return was === undefined ? [{ node, path: [...path, key], value: asGiven(is) }] : paramDifferences(node, was, is, [...path, key])
  })
}
