import type { Cell } from "./cells.ts"
import { difference, exactly, type Interval, negated, product, quotient, square, squareRoot, sum } from "./interval.ts"
import { findCell } from "./reference.ts"

export interface Value {
  readonly interval: Interval
  readonly cells: ReadonlyArray<Cell>
}

/** Formulas that have a name. */
export type Named = ReadonlyArray<{ readonly name: string; readonly is: string }>

const REFERENCE = /\[([^\]]+)\]/g
/** What stands in square brackets in a formula, trimmed. */
export const referencesIn = (text: string): ReadonlyArray<string> => [...text.matchAll(REFERENCE)].map((match) => match[1]!.trim())

const TOKEN = /\s*(?:(\d+\.?\d*|\.\d+)|\[([^\]]+)\]|(sqrt|square)\b|([-+*/()]))/y

type Token = { readonly number: number } | { readonly reference: string } | { readonly sign: string }

const tokensOf = (text: string): ReadonlyArray<Token> | string => {
  const tokens: Array<Token> = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null)
      return `"${text.slice(at).trim()}" is not understood; a formula has numbers, cells such as [4.1 income], + - * / ( ), sqrt( ) and square( )`
    const [, number, reference, name, sign] = match
    tokens.push(number !== undefined ? { number: Number(number) } : reference !== undefined ? { reference } : { sign: (name ?? sign)! })
  }
  return tokens
}

class Wrong {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

/**
 * The values that a formula over printed numbers can have, each number anywhere in its rounding interval; or what is wrong with the formula. A name stands for a formula
 * of `named`, which has no names in it.
 */
export const evaluate = (text: string, printed: ReadonlyArray<Cell>, named: Named = []): Value | string => {
  const tokens = tokensOf(text)
  if (typeof tokens === "string") return tokens
  const used: Array<Cell> = []
  let next = 0
  const isNext = (...signs: ReadonlyArray<string>): string | undefined => {
    const token = tokens[next]
    if (token === undefined || !("sign" in token) || !signs.includes(token.sign)) return undefined
    next++
    return token.sign
  }
  const inBrackets = (): Interval => {
    const value = additive()
    if (isNext(")") === undefined) throw new Wrong(`a bracket opens in "${text}" and does not close`)
    return value
  }
  const factor = (): Interval => {
    if (isNext("-") !== undefined) return negated(factor())
    if (isNext("(") !== undefined) return inBrackets()
    const name = isNext("sqrt", "square")
    if (name !== undefined) {
      if (isNext("(") === undefined) throw new Wrong(`after ${name} stands a bracket, as in ${name}([4.1 income])`)
      const value = inBrackets()
      if (name === "sqrt" && value.high < 0) throw new Wrong(`"${text}" takes the square root of a negative number`)
      return name === "sqrt" ? squareRoot(value) : square(value)
    }
    const token = tokens[next++]
    if (token === undefined) throw new Wrong(`"${text}" ends where a number or a cell is expected`)
    if ("number" in token) return exactly(token.number)
    if ("sign" in token) throw new Wrong(`"${token.sign}" stands in "${text}" where a number or a cell is expected`)
    const formula = named.find(({ name }) => name === token.reference.trim())
    if (formula !== undefined) {
      const value = evaluate(formula.is, printed)
      if (typeof value === "string") throw new Wrong(value)
      used.push(...value.cells)
      return value.interval
    }
    const cell = findCell(printed, token.reference)
    if (typeof cell === "string") throw new Wrong(cell)
    used.push(cell)
    return cell.interval
  }
  const multiplicative = (): Interval => {
    let value = factor()
    for (let sign = isNext("*", "/"); sign !== undefined; sign = isNext("*", "/")) value = sign === "*" ? product(value, factor()) : quotient(value, factor())
    return value
  }
  const additive = (): Interval => {
    let value = multiplicative()
    for (let sign = isNext("+", "-"); sign !== undefined; sign = isNext("+", "-"))
      value = sign === "+" ? sum(value, multiplicative()) : difference(value, multiplicative())
    return value
  }
  try {
    const interval = additive()
    if (next < tokens.length) throw new Wrong(`"${text}" goes on after it is complete; an operator is missing`)
    return { interval, cells: used }
  } catch (error) {
    if (error instanceof Wrong) return error.why
    throw error
  }
}

/** A formula with the printed numbers in the place of the cells. */
export const inNumbers = (text: string, printed: ReadonlyArray<Cell>): string =>
  text.replace(REFERENCE, (_, reference: string) => {
    const cell = findCell(printed, reference)
    return typeof cell === "string" ? reference : cell.printed
  })

/** The values of a formula that was found right when the files were read. */
export const intervalOf = (text: string, printed: ReadonlyArray<Cell>, named: Named = []): Value => {
  const value = evaluate(text, printed, named)
  if (typeof value === "string") throw new Error(value)
  return value
}
