import type { StoredTable } from "../artifact/column.ts"

/**
 * A report before it is written: what it says and in which order, and nothing of how it looks. HTML and Markdown are written from the same document, so that they say
 * the same. Every text is plain: what would be markup in either is written as the characters that it is.
 */
export interface Document {
  readonly title: string
  /** Under the title: what the study is. */
  readonly lead: ReadonlyArray<Text>
  readonly opening: ReadonlyArray<Block>
  /** Before the contents: what a reader wants first. */
  readonly first: ReadonlyArray<Section>
  readonly sections: ReadonlyArray<Section>
  /** The last line. */
  readonly closing: Text
}

/** A part with a heading and an anchor; one without blocks and parts is left out. */
export interface Section {
  /** Unique in the document; letters, digits, - and _. */
  readonly id: string
  readonly title: string
  readonly blocks: ReadonlyArray<Block>
  readonly parts?: ReadonlyArray<Section>
}

/** A piece of a text: words, code as it is typed, words that matter, a link to a section, or the end of a line. */
export type Piece =
  | string
  | { readonly line: "end" }
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly to: string; readonly words: string }
export type Text = string | ReadonlyArray<Piece>

export type Block =
  | { readonly block: "paragraph"; readonly text: Text }
  /** In smaller type: where what stands above it comes from. */
  | { readonly block: "source"; readonly text: Text }
  /** What must not be overlooked; `ok`: that there is nothing. */
  | { readonly block: "banner"; readonly tone: "synthetic" | "stale" | "failed" | "ok"; readonly title: string; readonly lines: ReadonlyArray<Text> }
  | { readonly block: "list"; readonly items: ReadonlyArray<Text> }
  /** Terms and what there is to say of them. */
  | { readonly block: "facts"; readonly facts: ReadonlyArray<readonly [term: string, text: Text]> }
  | Grid
  /** A printed table of the study, with its own title and notes. */
  | { readonly block: "printed"; readonly table: StoredTable }
  /** A picture with its caption (empty where the heading and the picture itself say what it is) and what is to be said under it. `name` is a file name without its ending, unique in the document. */
  | {
      readonly block: "picture"
      readonly name: string
      readonly svg: string
      /** The same for a phone, whose letters would else be too small. */
      readonly narrow?: string
      readonly alt: string
      readonly caption: string
      readonly notes: ReadonlyArray<string>
      /** It is as wide as it is, and scrolls: of a DAG, whose names would be too small to read. */
      readonly wide?: true
    }
  /** What need not be read at first. */
  | { readonly block: "folded"; readonly summary: string; readonly blocks: ReadonlyArray<Block> }

/** A plain table: the first column names its rows. */
export interface Grid {
  readonly block: "grid"
  readonly caption: string
  /** `whole`: its lines are not broken. */
  readonly columns: ReadonlyArray<{ readonly label: string; readonly align: "left" | "right"; readonly whole: boolean }>
  readonly rows: ReadonlyArray<ReadonlyArray<Text>>
}

const wordsOf = (one: Piece): string => {
  if (typeof one === "string") return one
  if ("line" in one) return "\n"
  if ("code" in one) return one.code
  return "strong" in one ? one.strong : one.words
}
/** A text without what sets its pieces apart. */
export const plainText = (text: Text): string => (typeof text === "string" ? text : text.map(wordsOf).join(""))

/** Lines under one another. */
export const onLines = (lines: ReadonlyArray<string>): Text => lines.flatMap((line, i): ReadonlyArray<Piece> => (i === 0 ? [line] : [{ line: "end" }, line]))

export const paragraph = (text: Text): Block => ({ block: "paragraph", text })
export const folded = (summary: string, ...blocks: ReadonlyArray<Block>): Block => ({ block: "folded", summary, blocks })

/** A table, or nothing where it has no rows. `>` before a column's name sets it to the right, `|` keeps its lines whole, as numbers to the right are. */
export const grid = (caption: string, columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<Text>>): ReadonlyArray<Grid> =>
  rows.length === 0
    ? []
    : [
        {
          block: "grid",
          caption,
          columns: columns.map((name) => ({
            label: name.replace(/^[>|]/, ""),
            align: name.startsWith(">") ? "right" : "left",
            whole: name.startsWith("|")
          })),
          rows
        }
      ]
