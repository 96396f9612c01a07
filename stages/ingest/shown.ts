/** Texts of files as messages show them: a cell may hold a megabyte, and a file thousands of names. */

/** A text in one line, cut off where it is long. */
export const shown = (text: string, length = 120): string => {
  const line = text.slice(0, length + 1).replace(/\p{Cc}/gu, " ")
  return line.length > length ? `${line.slice(0, length)}…` : line
}

/** The first texts of a list, each cut off, and how many more there are. */
export const listed = (texts: ReadonlyArray<string>, most = 40, what = "more"): string => {
  const first = texts.slice(0, most).map((text) => shown(text, 60))
  return texts.length > most ? `${first.join(", ")} and ${texts.length - most} ${what}` : first.join(", ")
}
