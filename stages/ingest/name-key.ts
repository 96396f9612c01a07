/** Names of entities as they are compared: how they are written does not count, what they say does. */

/** What may stand in a dictionary's cell with several names: "北京|京|Peking". */
export const NAME_SEPARATOR = "|"

/** The names in such a cell, each once. */
export const namesIn = (cell: string | null | undefined): ReadonlyArray<string> => [
  ...new Set(
    (cell ?? "")
      .split(NAME_SEPARATOR)
      .map((name) => name.trim())
      .filter((name) => name !== "")
  )
]

/**
 * A name without what differs between files and not between entities: full-width and compatibility characters (NFKC), capitals, spaces of any kind and width,
 * invisible characters, hyphens, points, apostrophes, brackets and other punctuation; a code that went through a spreadsheet (110000.0) is the code. Accents and tones
 * stay, since they tell names apart: Shānxī is not Shǎnxī. Signs stay where there is no letter: 1.5 and -15 are no code; and in codes such as CN.HE, which is not CN-HE. "" for a text without a letter or a digit.
 */
export const nameKey = (name: string): string => {
  const plain = name
    .normalize("NFKC")
    .trim()
    .replace(/^(\d+)\.0+$/, "$1")
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[\p{White_Space}\p{Cf}\p{Cc}]/gu, "")
  if (!/\p{L}/u.test(plain)) return /\p{N}/u.test(plain) ? plain : ""
  return isDottedCode(plain) ? plain : plain.replace(/\p{P}/gu, "")
}

/** A hierarchical administrative subdivision code, in small letters: cn.he is Henan, where CN-HE of ISO 3166-2 is Hebei. */
export const isDottedCode = (key: string): boolean => /^[a-z]{2}(\.[a-z]{2}){1,2}$/.test(key)

const SCRIPTS = [/[\p{Script=Han}]+/gu, /\d+(?:\.0+)?/gu, /[\p{L}\p{M}](?:[\p{L}\p{M}\p{P}\s]*[\p{L}\p{M}.])?/gu] as const

/**
 * What a text says in Chinese characters, in digits and in other letters, where it has more than one of these: 北京 and Beijing of "北  京 Beijing", as yearbooks
 * have both in a cell, with or without the code. Empty where the text is in one of them.
 */
export const namesByScript = (text: string): ReadonlyArray<string> => {
  const plain = text.normalize("NFKC")
  const [chinese, digits, others] = SCRIPTS.map(
    (script, i) => (i === 2 ? plain.replace(/\p{Script=Han}+|\d+(?:\.0+)?/gu, " ") : plain).match(script)?.join(i === 2 ? " " : "") ?? ""
  )
  const parts = [chinese!, digits!, others!].filter((part) => nameKey(part) !== "")
  return parts.length > 1 ? parts : []
}
