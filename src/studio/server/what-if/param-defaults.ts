import { Schema } from "effect"
import { decode } from "../../../dag/decode.ts"
import type { Json } from "../../../dag/stage.ts"

/** What each parameter of a stage is where it is left out, found by leaving it out; those that may not be left out have none. */
export const defaultsOf = (codec: Schema.Codec<unknown, Json>, params: Json): { readonly [name: string]: Json } => {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return {}
  const { fields = {} } = codec as { readonly fields?: object }
  const names = new Set([...Object.keys(params), ...Object.keys(fields)])
  const found = [...names].flatMap((name): ReadonlyArray<readonly [string, Json]> => {
    const { [name]: _, ...others } = params as { readonly [name: string]: Json }
    const { value } = decode(codec, others)
    if (value === undefined) return []
    const whole = Schema.encodeUnknownSync(codec)(value) as { readonly [name: string]: Json }
    return whole[name] === undefined ? [] : [[name, whole[name]]]
  })
  return Object.fromEntries(found)
}
