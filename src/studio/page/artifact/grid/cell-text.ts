import type { ArtifactColumn, CellValue } from "../../../messages/artifact.ts"

/** A cell as it is written in the table, and what kind of thing that is. */
export interface CellText {
  readonly text: string
  readonly shown: "number" | "text" | "flag" | "missing" | "empty" | "odd"
}

const numberText = (x: number, decimals: number | undefined): string => {
  if (x === 0) return decimals === undefined ? "0" : (0).toFixed(decimals)
  const size = Math.abs(x)
  if (decimals === undefined || size >= 1e15) return x.toExponential(4)
  // A number that would be written as zero, or whole, and is not.
  if (size < 10 ** -decimals / 2) return x.toExponential(2)
  if (decimals === 0 && !Number.isInteger(x)) return String(Number(x.toPrecision(8)))
  return x.toFixed(decimals)
}

/** All that is missing is a dash, an empty text two quotes; a number has its column's decimals. */
export const cellText = (value: CellValue, { decimals, kind }: Pick<ArtifactColumn, "kind" | "decimals">): CellText => {
  if (value === null) return { text: "—", shown: "missing" }
  if (typeof value === "boolean") return { text: value ? "true" : "false", shown: "flag" }
  if (typeof value === "number") return { text: numberText(value, decimals), shown: "number" }
  if (typeof value !== "string") return { text: `${value.begins.replaceAll("\n", "⏎")}…`, shown: "text" }
  if (kind === "number" || kind === "integer") return { text: value, shown: "odd" }
  return value === "" ? { text: '""', shown: "empty" } : { text: value.replaceAll("\n", "⏎"), shown: "text" }
}

/** A cell as it is copied: all digits of a number, nothing where it is missing. */
export const copiedText = (value: CellValue): string => {
  if (value === null) return ""
  const text = typeof value === "object" ? value.begins : String(value)
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
