/** The words of a filter or an order as they stand in an address: names and values, in quotes where they need them. */

export interface Word {
  readonly text: string
  /** It stood in quotes: a name or a value, never a word of the language. */
  readonly quoted: boolean
  /** Where it begins, from 0. */
  readonly at: number
}

/** Something is not as it is written in a filter or an order. */
export class QueryFault extends Error {}

const SIGNS = /^(?:>=|<=|!=|==|=|>|<|,)/
/** Ends a word that has no quotes. */
const END = /[\s,=<>!"]/

const quotedAt = (text: string, from: number): { readonly word: Word; readonly end: number } => {
  let value = ""
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== '"') value += text[i]
    else if (text[i + 1] === '"') {
      value += '"'
      i++
    } else return { word: { text: value, quoted: true, at: from }, end: i + 1 }
  }
  throw new QueryFault(`the quote that begins with ${text.slice(from, from + 20)} is not closed: write a second "`)
}

/** Cuts a text into words and signs. A quote inside of quotes is written twice. */
export const wordsOf = (text: string): ReadonlyArray<Word> => {
  const words: Array<Word> = []
  for (let i = 0; i < text.length; ) {
    if (/\s/.test(text[i]!)) {
      i++
      continue
    }
    if (text[i] === '"') {
      const { end, word } = quotedAt(text, i)
      words.push(word)
      i = end
      continue
    }
    const sign = SIGNS.exec(text.slice(i, i + 2))?.[0]
    if (sign !== undefined) {
      words.push({ text: sign, quoted: false, at: i })
      i += sign.length
      continue
    }
    let end = i + 1
    while (end < text.length && !END.test(text[end]!)) end++
    words.push({ text: text.slice(i, end), quoted: false, at: i })
    i = end
  }
  return words
}

const RESERVED = new Set(["and", "or", "not", "is", "in", "one", "of", "contains", "missing", "present", "filled", "descending", "&"])

/** A name or a value as it is written: in quotes where it would be read as something else without. */
export const written = (text: string): string =>
  text === "" || END.test(text) || text.includes("..") || RESERVED.has(text.toLowerCase()) || text.startsWith("-") || text.startsWith("&")
    ? `"${text.replaceAll('"', '""')}"`
    : text

/** A number as it is written: never in quotes. */
export const writtenNumber = (x: number): string => String(x)
