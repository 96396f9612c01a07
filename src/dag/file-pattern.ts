/**
 * Patterns of files in a folder: `*` is any text within a name, `?` one character, `{a,b}` either text, and a whole name `**` any number of folders, none
 * included. Whether letters are capitals does not count, since it does not on every system, nor how an accented one is composed: a study has the same files everywhere.
 */

/** What is wrong with a pattern, in words; undefined if nothing is. */
export const patternFault = (pattern: string): string | undefined => {
  if (pattern === "" || pattern.endsWith("/")) return "a pattern names files, such as *.xlsx"
  if (pattern.startsWith("/") || pattern.includes("\\")) return "a pattern counts from the folder, with / between names"
  if (pattern.split("/").some((name) => name === "" || name === "." || name === "..")) return "a pattern has no empty name, no . and no .. in it"
  if (/\{[^{}/]*$|\{[^{}]*[{/]|^[^{]*\}|\}[^{]*\}/.test(pattern)) return "each { of a pattern has its } in the same name, and none stands inside of another"
  return undefined
}

const TOKEN = /\{([^{}]*)\}|\*+|\?|[\s\S]/gu
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")

const nameExpression = (name: string): string =>
  name.replace(TOKEN, (token, either: string | undefined) => {
    if (either !== undefined) return `(?:${either.split(",").map(nameExpression).join("|")})`
    return token.startsWith("*") ? "[^/]*" : token === "?" ? "[^/]" : literal(token)
  })

/** Whether a path below the folder, with / between its names, fits a pattern that has no fault. */
export const fitsPattern = (pattern: string): ((path: string) => boolean) => {
  const names = pattern.normalize("NFC").split("/")
  const parts = names.map((name, i) =>
    name === "**" ? (i === names.length - 1 ? "(?:[^/]+/)*[^/]+" : "(?:[^/]+/)*") : `${nameExpression(name)}${i === names.length - 1 ? "" : "/"}`
  )
  const expression = new RegExp(`^${parts.join("")}$`, "iu")
  return (path) => expression.test(path.normalize("NFC"))
}

/** How many folders deep the files may lie that a pattern is of. */
export const patternDepth = (pattern: string): number => {
  const names = pattern.split("/")
  return names.includes("**") ? Number.POSITIVE_INFINITY : names.length - 1
}
