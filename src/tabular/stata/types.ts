import type { Layout } from "./layout.ts"

/** How the values of a variable are stored. */
export type Storage = "byte" | "int" | "long" | "float" | "double" | "str" | "strL"

export interface VariableType {
  readonly storage: Storage
  /** Bytes of a cell. */
  readonly width: number
  /** As Stata calls it: `str20`. */
  readonly name: string
}

const plain = (storage: Storage, width: number): VariableType => ({ storage, width, name: storage })
const byte = plain("byte", 1)
const int = plain("int", 2)
const long = plain("long", 4)
const float = plain("float", 4)
const double = plain("double", 8)

const OLD: ReadonlyMap<number, VariableType> = new Map([
  [251, byte],
  [252, int],
  [253, long],
  [254, float],
  [255, double]
])
/** Codes of a tagged file; those up to `LONGEST_STR` are texts of so many bytes. */
export const TYPE_CODE = { strL: 32_768, double: 65_526, float: 65_527, long: 65_528, int: 65_529, byte: 65_530 } as const
const TAGGED: ReadonlyMap<number, VariableType> = new Map([
  [TYPE_CODE.byte, byte],
  [TYPE_CODE.int, int],
  [TYPE_CODE.long, long],
  [TYPE_CODE.float, float],
  [TYPE_CODE.double, double],
  [TYPE_CODE.strL, plain("strL", 8)]
])
/** The most bytes of a `str#` since version 117; before, 244. */
export const LONGEST_STR = 2045

/** Codes before version 111, which are letters. */
const LETTERS: ReadonlyMap<number, VariableType> = new Map(
  (
    [
      ["b", byte],
      ["i", int],
      ["l", long],
      ["f", float],
      ["d", double]
    ] as const
  ).map(([letter, type]) => [letter.charCodeAt(0), type])
)

const text = (width: number): VariableType => ({ storage: "str", width, name: `str${width}` })

/** The type behind a code; undefined where the version has no such code. */
export const typeOf = (code: number, { lettered, tagged }: Layout): VariableType | undefined => {
  if (lettered) return code > 127 && code <= 127 + 80 ? text(code - 127) : LETTERS.get(code)
  return code >= 1 && code <= (tagged ? LONGEST_STR : 244) ? text(code) : (tagged ? TAGGED : OLD).get(code)
}
