/** A text of the file as a message may hold it: in one line, cut off where it is long. */
export const shorten = (text: string, length = 60): string => {
  const line = text.slice(0, length + 1).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
  return line.length > length ? `${line.slice(0, length)}…` : line
}

/** The first names of a list, and how many there are where that is more: `B2, B3 and 5 more`. */
export const listed = (names: ReadonlyArray<string>, count = names.length): string =>
  count > names.length
    ? `${names.join(", ")} and ${count - names.length} more`
    : names.length < 2
      ? names.join("")
      : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`
