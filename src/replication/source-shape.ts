import { Effect, Option, Schema } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import { type SourceContent, SourceReading } from "../engine/source-content.ts"
import { readText } from "../tabular/text/read-text.ts"

/** The rows of data of a CSV file, and what its columns are called. */
export interface TableShape {
  readonly rows: number
  readonly columns: ReadonlyArray<string>
}

/** What a step that reads a file may say of where its table stands, as the stages of ingest do. Without it the first row is the header, and all below are data. */
const Layout = Schema.fromJsonString(
  Schema.Struct({
    header: Schema.optionalKey(Schema.Union([Schema.Int, Schema.NonEmptyArray(Schema.Int)])),
    first: Schema.optionalKey(Schema.Int),
    last: Schema.optionalKey(Schema.Int)
  })
)
const layoutIn = Schema.decodeUnknownOption(Layout)

/** The shape of a CSV file, as far as it can be read, with its header and its rows of data where the nodes that read it say that they stand: what it holds is for the study's stages to judge. */
export const shapeOf = (path: string, content: SourceContent, readBy: ReadonlyArray<Pick<GraphNode, "params">>): Effect.Effect<TableShape | undefined> =>
  Effect.promise(async () => {
    if (!/\.[ct]sv$/i.test(path)) return undefined
    const said = readBy.map(({ params }) => Option.getOrUndefined(layoutIn(params))).find((layout) => layout?.header !== undefined)
    const headers = [said?.header ?? 1].flat()
    const above = Math.max(...headers)
    const { first = above + 1, last = Number.POSITIVE_INFINITY } = said ?? {}
    try {
      const { sheets } = await readText(new SourceReading(path, content).file)
      const names: Array<Array<string>> = []
      let rows = 0
      for (const { cells, row } of sheets[0]!.rows) {
        if (headers.includes(row))
          for (const [column, cell] of cells.entries()) (names[column] ??= []).push(...(cell === null || cell === "" ? [] : [String(cell).trim()]))
        if (row >= first && row <= last) rows++
      }
      return names.length === 0 ? undefined : { rows, columns: names.flatMap((parts) => [...new Set(parts)].join(" / ") || []) }
    } catch {
      return undefined
    }
  })
