import { Effect, Schema } from "effect"

const StarLevel = Schema.Struct({
  /** A p value below this has the symbol. */
  below: Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1)),
  symbol: Schema.String.check(
    Schema.makeFilter((symbol) =>
      /^[^\s\d.,()[\]{}|<>-]{1,4}$/u.test(symbol)
        ? undefined
        : `"${symbol}" is not a symbol of one to four characters without digits, spaces, points and brackets`
    )
  )
})
export type StarLevel = typeof StarLevel.Type

const OwnLevels = Schema.NonEmptyArray(StarLevel).check(
  Schema.makeFilter((levels) =>
    levels.flatMap(({ below, symbol }, i) => [
      ...(levels.findIndex((other) => other.below === below) < i ? [{ path: [i, "below"], issue: `${below} is the level of another symbol already` }] : []),
      ...(levels.findIndex((other) => other.symbol === symbol) < i
        ? [{ path: [i, "symbol"], issue: `"${symbol}" is the symbol of another level already` }]
        : [])
    ])
  )
)

export const starsParam = {
  /** true: * 10%, ** 5%, *** 1%; false: none; or levels with their symbols. */
  stars: Schema.Union([Schema.Boolean, OwnLevels]).pipe(Schema.withDecodingDefaultKey(Effect.succeed(true)))
}
export type Stars = boolean | ReadonlyArray<StarLevel>

const usual: ReadonlyArray<StarLevel> = [
  { below: 0.1, symbol: "*" },
  { below: 0.05, symbol: "**" },
  { below: 0.01, symbol: "***" }
]

/** From the weakest to the strongest. */
const levelsOf = (stars: Stars): ReadonlyArray<StarLevel> => (typeof stars === "boolean" ? (stars ? usual : []) : [...stars].sort((a, b) => b.below - a.below))

/** The symbol of a p value: that of the strictest level which it is below; a missing p has none. */
export const starsOf = (p: number, stars: Stars): string => levelsOf(stars).findLast(({ below }) => p < below)?.symbol ?? ""

const listed = (parts: ReadonlyArray<string>): string => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`)

/** What the symbols mean, as notes: "*, ** and ***: significant at the 10%, 5% and 1% level."; nothing without stars. `side` follows the level. */
export const starsNote = (stars: Stars, side = ""): ReadonlyArray<string> => {
  const levels = levelsOf(stars)
  if (levels.length === 0) return []
  const percent = levels.map(({ below }) => `${Number((below * 100).toPrecision(12))}%`)
  return [`${listed(levels.map(({ symbol }) => symbol))}: significant at the ${listed(percent)} level${side === "" ? "" : `, ${side}`}.`]
}
