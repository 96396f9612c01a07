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
 * stay, since they tell names apart: Shānxī is not Shǎnxī. "" for a text without a letter or a digit.
 */
export const nameKey = (name: string): string => {
  const plain = name
    .normalize("NFKC")
    .trim()
    .replace(/^(\d+)\.0+$/, "$1")
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[\p{White_Space}\p{P}\p{Cf}\p{Cc}]/gu, "")
  return /[\p{L}\p{N}]/u.test(plain) ? plain : ""
}
