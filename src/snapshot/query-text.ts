/** What a snapshot has to know of an SQL text, without a database: its statements, what orders its rows, where a place in it is. */

/** A piece of SQL that means something: comments and spaces left out. */
interface Token {
  readonly text: string
  readonly at: number
  /** How many brackets are open around it. */
  readonly depth: number
  readonly kind: "word" | "quoted" | "string" | "sign"
}

// Comments (those of PostgreSQL nest, which few use), texts, dollar-quoted texts, quoted names, words, numbers, then any sign.
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<string>[eEnNbBxX]?'(?:[^']|'')*(?:'|$)|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<quoted>"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*\])|(?<word>[\p{L}_][\p{L}\p{N}_$]*|\d[\w.]*)|(?<sign>[^\s])/gu

const tokensOf = (sql: string): ReadonlyArray<Token> => {
  const tokens: Array<Token> = []
  let depth = 0
  for (const { groups, index } of sql.matchAll(TOKEN)) {
    const kind = (["string", "quoted", "word", "sign"] as const).find((one) => groups?.[one] !== undefined)
    if (kind === undefined) continue
    const text = groups![kind]!
    if (text === ")") depth = Math.max(0, depth - 1)
    tokens.push({ text, at: index, depth, kind })
    if (text === "(") depth++
  }
  return tokens
}

const isWord = (token: Token | undefined, ...words: ReadonlyArray<string>): boolean => token?.kind === "word" && words.includes(token.text.toLowerCase())
const nameOf = ({ kind, text }: Token): string => (kind === "quoted" ? text.slice(1, -1).replaceAll('""', '"') : text)

/** How the rows of a query are ordered. */
export interface QueryOrder {
  /** The columns of the result by which rows are ordered, as far as each is a plain name or position; undefined where one is an expression. */
  readonly columns: ReadonlyArray<string> | undefined
}

export interface QueryText {
  /** The one statement, without the semicolon after it. */
  readonly statement: string
  /** How many statements there are. */
  readonly count: number
  /** Its first word, in small letters. */
  readonly verb: string
  readonly order: QueryOrder | undefined
}

/** The plain name or position that an item of ORDER BY is: `t."gdp" DESC NULLS LAST` is by gdp. */
const orderedBy = (item: ReadonlyArray<Token>): string | undefined => {
  const end = item.findIndex((token) => isWord(token, "asc", "desc", "nulls", "collate", "using"))
  const [first, dot, second, ...more] = end === -1 ? item : item.slice(0, end)
  if (first === undefined || more.length > 0 || first.kind === "sign" || first.kind === "string") return undefined
  if (dot === undefined) return nameOf(first)
  return dot.text === "." && second !== undefined && second.kind !== "sign" ? nameOf(second) : undefined
}

const orderOf = (tokens: ReadonlyArray<Token>): QueryOrder | undefined => {
  const at = tokens.findLastIndex((token, i) => token.depth === 0 && isWord(token, "order") && isWord(tokens[i + 1], "by"))
  if (at === -1) return undefined
  const after = tokens.slice(at + 2)
  const end = after.findIndex((token) => token.depth === 0 && isWord(token, "limit", "offset", "fetch", "for"))
  const items: Array<Array<Token>> = [[]]
  for (const token of end === -1 ? after : after.slice(0, end))
    if (token.depth === 0 && token.text === ",") items.push([])
    else items.at(-1)!.push(token)
  const columns = items.map(orderedBy)
  return { columns: columns.every((column) => column !== undefined) ? columns : undefined }
}

/** Takes an SQL text apart, as far as a snapshot needs it. */
export const readQuery = (sql: string): QueryText => {
  const tokens = tokensOf(sql.replace(/^\uFEFF/, " "))
  const ends = tokens.flatMap((token, i) => (token.depth === 0 && token.text === ";" && token.kind === "sign" ? [i] : []))
  const groups = [-1, ...ends].map((from, i) => tokens.slice(from + 1, ends[i] ?? tokens.length)).filter((group) => group.length > 0)
  const own = groups[0] ?? []
  const last = own.at(-1)
  const from = own[0]?.at ?? 0
  return {
    // What stands before it stays, so that places in it are places in the file.
    statement: last === undefined ? "" : `${sql.slice(0, from).replace(/[^\n]/gu, " ")}${sql.slice(from, last.at + last.text.length)}`,
    count: groups.length,
    verb: own[0]?.text.toLowerCase() ?? "",
    order: orderOf(own)
  }
}

/** Line and column, from 1, of a place in a text. */
export const placeOf = (text: string, at: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, at).split("\n")
  return { line: before.length, column: Array.from(before.at(-1)!).length + 1 }
}
