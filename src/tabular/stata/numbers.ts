import type { Layout } from "./layout.ts"
import type { Storage } from "./types.ts"

/** What a numeric cell holds: a number, or the number of its missing code: 0 for `.`, 1 for `.a`, 26 for `.z`. */
export type NumericCell = { readonly value: number } | { readonly missing: number }

/** How a dataset writes numbers. */
interface Numbering {
  readonly layout: Layout
  readonly little: boolean
}

/** `.`, `.a` … `.z`. */
export const missingName = (code: number): string => (code === 0 ? "." : `.${String.fromCharCode(96 + code)}`)

/** The first missing code of each storage type that is a whole number: `.`; the letters follow it one by one. */
export const FIRST_MISSING = { byte: 101, int: 32_741, long: 2_147_483_621 } as const

/** The only missing code before version 113. */
const ONLY_MISSING = { byte: 127, int: 32_767, long: 2_147_483_647 } as const

/** The missing code of a whole number of a label or a cell; undefined where it is a value. */
export const missingLong = (value: number): number | undefined => (value >= FIRST_MISSING.long ? value - FIRST_MISSING.long : undefined)

const whole = (value: number, first: number): NumericCell => (value >= first ? { missing: value - first } : { value })
/** What lies between two codes counts as the lower one, what lies above `.z`, and what is no number at all, as `.`. */
const between = (steps: number): number => (steps >= 0 && steps < 27 ? Math.floor(steps) : 0)

const float = (view: DataView, at: number, little: boolean): NumericCell => {
  const bits = view.getUint32(at, little)
  if (bits >= 0x7f000000 && bits < 0x80000000) return { missing: between((bits - 0x7f000000) / 0x800) }
  const value = view.getFloat32(at, little)
  return Number.isFinite(value) ? { value } : { missing: 0 }
}
const double = (view: DataView, at: number, little: boolean): NumericCell => {
  const high = view.getUint32(little ? at + 4 : at, little)
  if (high >= 0x7fe00000 && high < 0x80000000) return { missing: between((high - 0x7fe00000) / 0x100) }
  const value = view.getFloat64(at, little)
  return Number.isFinite(value) ? { value } : { missing: 0 }
}

/** Reads a numeric cell of a dataset. Types without numbers are no matter of this function. */
export const readNumber = (storage: Storage, view: DataView, at: number, { layout, little }: Numbering): NumericCell => {
  const first = layout.oneMissing ? ONLY_MISSING : FIRST_MISSING
  switch (storage) {
    case "byte":
      return whole(view.getInt8(at), first.byte)
    case "int":
      return whole(view.getInt16(at, little), first.int)
    case "long":
      return whole(view.getInt32(at, little), first.long)
    case "float":
      return float(view, at, little)
    default:
      return double(view, at, little)
  }
}
