import { Effect, Schema } from "effect"
import { decimals, significant } from "../../src/render/numbers.ts"

export const Decimals = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 12 }))
export const Significant = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 12 }))

/** How a row writes its numbers where it is not as the table does. */
export const rowNumbers = { decimals: Schema.optionalKey(Decimals), significant: Schema.optionalKey(Significant) }

/** How a table writes its numbers. */
export const numberParams = (places: number) => ({
  decimals: Decimals.pipe(Schema.withDecodingDefaultKey(Effect.succeed(places))),
  /** Significant digits, in place of decimals. */
  significant: Schema.optionalKey(Significant),
  /** What a number that rounds to zero and is not is written as: with two significant digits, or as zero ("0.00", as the paper prints it). */
  nearZero: Schema.Literals(["digits", "zero"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("digits" as const))),
  /** What separates thousands; nothing by default. */
  thousands: Schema.Literals(["", ",", " ", "'"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("" as const)))
})

export interface NumberStyle {
  readonly decimals: number
  readonly significant?: number
  readonly thousands?: string
  readonly nearZero?: "digits" | "zero"
}

/** The table's style with what a row sets for itself: its decimals outdo the table's significant digits. */
export const styleOf = (table: NumberStyle, row: { readonly decimals?: number; readonly significant?: number }): NumberStyle => ({
  decimals: row.decimals ?? table.decimals,
  ...(row.significant !== undefined
    ? { significant: row.significant }
    : row.decimals === undefined && table.significant !== undefined
      ? { significant: table.significant }
      : {}),
  thousands: table.thousands ?? "",
  nearZero: table.nearZero ?? "digits"
})

const grouped = (text: string, separator: string): string =>
  separator === "" ? text : text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, separator))

/** A number of a table; missing is "". */
export const written = (x: number, { decimals: places, nearZero, significant: digits, thousands = "" }: NumberStyle): string => {
  if (digits !== undefined) return grouped(significant(x, digits), thousands)
  return grouped(decimals(nearZero === "zero" && Number(x.toFixed(places)) === 0 ? 0 : x, places), thousands)
}

/** A count: no decimals. */
export const count = (x: number, { thousands = "" }: Pick<NumberStyle, "thousands">): string => grouped(decimals(x, 0), thousands)
