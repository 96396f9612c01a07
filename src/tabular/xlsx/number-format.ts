/**
 * What a number format makes of a number, as far as its reader must know: `date`, `year` and `time` stand for a day, its year alone and an hour, `elapsed` for a duration in days,
 * `percent` shows a hundred times the number, `scaled` a thousandth or a millionth of it. `plain` is the number itself.
 */
export type FormatKind = "plain" | "date" | "year" | "time" | "elapsed" | "percent" | "scaled"

export interface NumberFormat {
  readonly kind: FormatKind
  /** As the workbook has it: `0.0%`; "" where it only names one that every program knows. */
  readonly code: string
}

const known = (kind: FormatKind): NumberFormat => ({ kind, code: "" })
export const plainFormat = known("plain")
const date = known("date")
const time = known("time")
const elapsed = known("elapsed")
const percent = known("percent")

/**
 * The formats that a workbook names by number without saying what they are (ECMA-376 part 1, 18.8.30). From 27 on they differ by the language of the program:
 * in Chinese, Japanese and Korean ones all from 27 to 36 and from 50 to 58 are dates or times; others do not use these numbers.
 */
export const builtInFormat = (id: number): NumberFormat => {
  if (id === 9 || id === 10) return percent
  if (id === 46) return elapsed
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || (id >= 32 && id <= 35) || id === 55 || id === 56) return time
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? date : plainFormat
}

/** The characters of a code that a spreadsheet program takes at the most. */
const LONGEST = 255

/** A code without what is written as it stands, and without colours, conditions and languages. */
const bareOf = (text: string): string =>
  text
    .replace(/"[^"]*"?/g, "")
    .replace(/[\\!]./gsu, "")
    .replace(/[_*]./gsu, "") // a space as wide as the next character, or it repeated
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]?/gi, "") // but not [h], which is a duration

const kindOf = (section: string): FormatKind => {
  if (/general|standard|G\/通用格式/i.test(section)) return "plain"
  if (/\[[hms]+\]/i.test(section)) return "elapsed"
  const bare = section.replace(/s+[.,]0+/gi, "s") // parts of a second are digits too
  if (!/[0#?]/.test(bare)) {
    // e, g and b are years: of an era in Japanese and Chinese formats, of Buddha
    if (/[yegb]/i.test(bare) && !/[mdhs]/i.test(bare)) return "year"
    if (/[ydegb]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare))) return "date"
    return /[hs]|AM\/PM|A\/P/i.test(bare) ? "time" : "plain"
  }
  if (bare.includes("%")) return "percent"
  // a comma behind the last digit before the point divides by a thousand
  return /[0#?],+(?:[^0#?,]*$|\.)/.test(bare) ? "scaled" : "plain"
}

/** What a format's code (ECMA-376 part 1, 18.8.31) makes of a number: after its first section that shows one. */
export const numberFormat = (code: string): NumberFormat => {
  const sections = bareOf(code.slice(0, LONGEST)).split(";")
  return { kind: kindOf(sections.find((section) => section.trim() !== "") ?? ""), code }
}
