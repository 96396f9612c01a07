import type { XmlRoot } from "./read-xml.ts"

const spreadsheet = ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"]

/** The root of a part of the vocabulary of spreadsheets, in its transitional (what programs write) and its strict namespace (ECMA-376 part 1, 18). */
export const spreadsheetRoot = (name: string): XmlRoot => ({ name, namespaces: spreadsheet })

export const relationshipsRoot: XmlRoot = { name: "Relationships", namespaces: ["http://schemas.openxmlformats.org/package/2006/relationships"] }

/** The last word of a type of relationship, which both vocabularies share: `worksheet`, `styles`. */
export const lastWord = (uri: string): string => uri.slice(uri.lastIndexOf("/") + 1)

/** Truths as XML Schema and Excel write them. */
export const isTrue = (text: string | undefined): boolean => text === "1" || text === "true" || text === "on"

/** A text with the characters that XML cannot hold as `_xHHHH_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring), among them `_x005F_` for an underscore. */
export const unescaped = (text: string): string =>
  text.includes("_x") ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text
