/** Names in a sentence: the first eight, and how many others there are. */
export const several = (names: ReadonlyArray<string>): string =>
  names.length <= 8 ? names.join(", ") : `${names.slice(0, 8).join(", ")} and ${names.length === 9 ? "1 other" : `${names.length - 8} others`}`
