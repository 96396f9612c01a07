/** What parts of a query are, for its colours: no more of SQL is understood here than where a word, a text or a comment ends. */
export interface Token {
  readonly text: string
  readonly is: "keyword" | "name" | "text" | "number" | "comment" | "other"
  /** Where it begins. */
  readonly at: number
}

const KEYWORDS = new Set(
  `all and any as asc asof between by case cast create cross cube current_date desc describe distinct else end except exclude exists explain false filter first following for from full
  group grouping having ilike in inner intersect interval into is join last lateral left like limit natural not null nulls offset on or order outer over partition pivot positional preceding
  qualify range recursive replace right rollup rows sample select semi anti sets similar summarize table tablesample then to true unbounded union unpivot using values when where window
  with within`.split(/\s+/)
)

const PART =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>'(?:[^']|'')*'?)|(?<name>"(?:[^"]|"")*"?)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<other>\s+|.)/gsu

export const tokens = (query: string): ReadonlyArray<Token> =>
  [...query.matchAll(PART)].map(({ 0: text, groups = {}, index: at }) => {
    const { comment, name, number, text: quoted, word } = groups
    const is =
      comment !== undefined
        ? "comment"
        : quoted !== undefined
          ? "text"
          : name !== undefined
            ? "name"
            : number !== undefined
              ? "number"
              : word !== undefined && KEYWORDS.has(word.toLowerCase())
                ? "keyword"
                : "other"
    return { text, is, at }
  })

/** Words that name nothing unless they are quoted. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc describe distinct do else end except false fetch for
  foreign from group having in initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references
  returning select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with`.split(/\s+/)
)

const identifier = (name: string): string => (/^[a-z_][a-z0-9_]*$/i.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `"${name.replaceAll('"', '""')}"`)

/** A column as a query names it. */
export const columnInSql = identifier
/** A table as a query names it: `node`, or `node.output`. */
export const tableInSql = ({ name, node, output }: { readonly name: string; readonly node: string; readonly output: string }): string =>
  name === node ? identifier(node) : `${identifier(node)}.${identifier(output)}`
