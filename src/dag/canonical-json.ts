import canonicalize from "canonicalize"
import type { Json } from "./stage.ts"

/** The one text of a JSON value (RFC 8785): key order and number format are fixed. */
export const canonicalJson = (value: Json): string => {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError("not a JSON value")
  return text
}
