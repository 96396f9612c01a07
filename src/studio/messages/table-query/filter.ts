/**
 * Which rows of a table are shown, as a text that stands in the address: conditions joined by `and`.
 *
 *     gdp in 10..20 and province one of Hebei, "Inner Mongolia" and note contains dam and gdp is filled
 */
import { QueryFault, type Word, wordsOf, written, writtenNumber } from "./words.ts"

/** Both ends count; an end that is open is undefined. `above` and `below` leave the end itself out. */
interface Range {
  readonly column: string
  readonly is: "range"
  readonly from: number | undefined
  readonly to: number | undefined
  readonly above?: true
  readonly below?: true
}
interface Contains {
  readonly column: string
  readonly is: "contains"
  readonly text: string
  readonly not?: true
}
interface OneOf {
  readonly column: string
  readonly is: "one-of"
  readonly values: ReadonlyArray<string>
  readonly not?: true
}
interface Missing {
  readonly column: string
  readonly is: "missing"
  readonly not?: true
}
interface Filled {
  readonly column: string
  readonly is: "filled"
  readonly not?: true
}
/** What a row must meet. A missing cell is in no range, contains nothing, and is none of any values; so it does not meet the opposite either. */
export type Condition = Range | Contains | OneOf | Missing | Filled

const HOW = "write as in: gdp in 10..20, gdp >= 10, province = Hebei, province one of Hebei, Hubei, note contains dam, gdp is missing, gdp is filled"

class Reading {
  readonly #words: ReadonlyArray<Word>
  #next = 0
  constructor(text: string) {
    this.#words = wordsOf(text)
  }
  get atEnd(): boolean {
    return this.#next >= this.#words.length
  }
  peek(): Word | undefined {
    return this.#words[this.#next]
  }
  /** Takes the next word where it is one of these of the language. */
  takes(...texts: ReadonlyArray<string>): string | undefined {
    const word = this.peek()
    if (word === undefined || word.quoted || !texts.includes(word.text.toLowerCase())) return undefined
    this.#next++
    return word.text.toLowerCase()
  }
  value(after: string): string {
    const word = this.peek()
    if (word === undefined) throw new QueryFault(`${after}: a value is missing after it; ${HOW}`)
    if (!word.quoted && /^(?:>=|<=|!=|==|=|>|<|,)$/.test(word.text)) throw new QueryFault(`${after}: "${word.text}" stands where a value should; ${HOW}`)
    this.#next++
    return word.text
  }
  /** A value that may be several words without quotes: all up to `and`, a comma or the end. */
  phrase(after: string): string {
    const parts = [this.value(after)]
    for (let word = this.peek(); word !== undefined && !word.quoted && !/^(?:and|&|,|or|\||>=|<=|!=|==|=|>|<)$/i.test(word.text); word = this.peek()) {
      parts.push(word.text)
      this.#next++
    }
    return parts.join(" ")
  }
}

/** Undefined where a text is no number. */
const numberIn = (text: string): number | undefined => {
  const x = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  return Number.isNaN(x) ? undefined : x
}

const rangeOf = (column: string, text: string): Range => {
  const at = text.indexOf("..")
  const [from, to] = at === -1 ? [text, text] : [text.slice(0, at), text.slice(at + 2)]
  const ends = [from, to].map((end) => (end === "" ? undefined : numberIn(end)))
  if (at === -1 || [from, to].some((end, i) => end !== "" && ends[i] === undefined) || text === "..")
    throw new QueryFault(`${column}: "${text}" is no range: write ${column} in 10..20, ${column} in 10.. or ${column} in ..20`)
  return { column, is: "range", from: ends[0], to: ends[1] }
}

const compared = (column: string, sign: string, text: string): Condition => {
  if (sign === "=" || sign === "==") return { column, is: "one-of", values: [text] }
  if (sign === "!=") return { column, is: "one-of", values: [text], not: true }
  const x = numberIn(text)
  if (x === undefined) throw new QueryFault(`${column} ${sign} ${text}: "${text}" is no number`)
  if (sign === ">=") return { column, is: "range", from: x, to: undefined }
  if (sign === ">") return { column, is: "range", from: x, to: undefined, above: true }
  if (sign === "<=") return { column, is: "range", from: undefined, to: x }
  return { column, is: "range", from: undefined, to: x, below: true }
}

const conditionIn = (reading: Reading): Condition => {
  const column = reading.value("the filter")
  const sign = reading.takes(">=", "<=", "!=", "==", "=", ">", "<")
  if (sign !== undefined) return compared(column, sign, reading.phrase(`${column} ${sign}`))
  if (reading.takes("in") !== undefined) return rangeOf(column, reading.phrase(`${column} in`).replaceAll(" ", ""))
  const is = reading.takes("is") !== undefined
  const not = reading.takes("not") === undefined ? {} : { not: true as const }
  if (is) {
    const what = reading.takes("missing", "present", "filled")
    if (what === undefined) throw new QueryFault(`${column} is …: after "is" stands missing, not missing, filled or not filled`)
    if (what === "filled") return { column, is: what, ...not }
    return (what === "missing") === (not.not === undefined) ? { column, is: "missing" } : { column, is: "missing", not: true }
  }
  if (reading.takes("contains") !== undefined) return { column, is: "contains", text: reading.phrase(`${column} contains`), ...not }
  if (reading.takes("one") !== undefined) {
    if (reading.takes("of") === undefined) throw new QueryFault(`${column} one …: write ${column} one of A, B`)
    const values = [reading.phrase(`${column} one of`)]
    while (reading.takes(",") !== undefined) values.push(reading.phrase(`${column} one of … ,`))
    return { column, is: "one-of", values, ...not }
  }
  throw new QueryFault(`${column}: what of it is asked for is missing; ${HOW}`)
}

/** Reads a filter; throws a QueryFault that says in words what is wrong. */
export const readFilter = (text: string): ReadonlyArray<Condition> => {
  const reading = new Reading(text)
  const conditions: Array<Condition> = []
  while (!reading.atEnd) {
    conditions.push(conditionIn(reading))
    if (reading.atEnd) break
    const word = reading.peek()!.text
    if (reading.takes("and", "&", "&&") === undefined)
      throw new QueryFault(
        /^(?:or|\||\|\|)$/i.test(word)
          ? `conditions are joined by "and" only; for several values of one column write: province one of Hebei, Hubei`
          : `"${word}" stands where "and" should, which joins conditions`
      )
    if (reading.atEnd) throw new QueryFault(`a condition is missing after the last "and"`)
  }
  return conditions
}

const writeCondition = (condition: Condition): string => {
  const name = written(condition.column)
  const not = "not" in condition && condition.not === true ? "not " : ""
  switch (condition.is) {
    case "range": {
      const { above, below, from, to } = condition
      if (above === true) return `${name} > ${writtenNumber(from!)}`
      if (below === true) return `${name} < ${writtenNumber(to!)}`
      return `${name} in ${from === undefined ? "" : writtenNumber(from)}..${to === undefined ? "" : writtenNumber(to)}`
    }
    case "contains":
      return `${name} ${not}contains ${written(condition.text)}`
    case "one-of":
      return condition.values.length === 1
        ? `${name} ${not === "" ? "=" : "!="} ${written(condition.values[0]!)}`
        : `${name} ${not}one of ${condition.values.map(written).join(", ")}`
    case "missing":
    case "filled":
      return `${name} is ${not}${condition.is}`
  }
}

/** A filter as `readFilter` reads it. */
export const writeFilter = (conditions: ReadonlyArray<Condition>): string => conditions.map(writeCondition).join(" and ")

/** The conditions with those of a column put in the place of what they were; in their place, or at the end. */
export const withConditions = (conditions: ReadonlyArray<Condition>, column: string, own: ReadonlyArray<Condition>): ReadonlyArray<Condition> => {
  const at = conditions.findIndex((one) => one.column === column)
  const others = conditions.filter((one) => one.column !== column)
  return at === -1 ? [...others, ...own] : [...others.slice(0, at), ...own, ...others.slice(at)]
}
