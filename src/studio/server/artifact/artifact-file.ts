import { randomBytes } from "node:crypto"
import { closeSync, openSync, writeSync } from "node:fs"
import { extname, join } from "node:path"
import { Effect } from "effect"
import type { StoredColumn, StoredTable } from "../../../artifact/column.ts"
import { readArrow } from "../../../artifact/read.ts"
import { writeArrow } from "../../../artifact/write.ts"
import { dataFiles } from "../../../render/artifact/data-file.ts"
import { usage } from "../../../workspace/failure.ts"
import type { artifactQuestions } from "../../messages/artifact.ts"
import { breathe } from "../breathe.ts"
import { forgetOldResults } from "../sql/result-files.ts"
import { Studies } from "../studies.ts"
import { safeName } from "./made-file.ts"
import { selectedRows } from "./selected-rows.ts"
import { tableOf } from "./table-of.ts"

const pickedColumn = (column: StoredColumn, rows: Uint32Array): StoredColumn => {
  const { description, kind, name, unit, valid, values } = column
  const own = {
    number: () => Float64Array.from(rows, (row) => (values as Float64Array)[row]!),
    integer: () => Int32Array.from(rows, (row) => (values as Int32Array)[row]!),
    flag: () => Uint8Array.from(rows, (row) => (values as Uint8Array)[row]!),
    text: () => Array.from(rows, (row) => (values as ReadonlyArray<string>)[row]!),
    category: () => Array.from(rows, (row) => (values as ReadonlyArray<string>)[row]!)
  }
  return { name, kind, unit, description, values: own[kind](), valid: valid === undefined ? undefined : Uint8Array.from(rows, (row) => valid[row]!) }
}

/** Some rows of a table, in this order. */
const pickedTable = ({ columns, notes }: StoredTable, rows: Uint32Array): StoredTable => ({
  rows: rows.length,
  columns: columns.map((column) => pickedColumn(column, rows)),
  notes
})

const write = (path: string, content: string | Uint8Array | Iterable<string | Uint8Array>) =>
  Effect.gen(function* () {
    const handle = openSync(path, "wx", 0o600)
    let bytes = 0
    const put = (piece: string | Uint8Array) => {
      const own = typeof piece === "string" ? Buffer.from(piece) : piece
      for (let at = 0; at < own.length; ) at += writeSync(handle, own, at)
      bytes += own.length
    }
    yield* Effect.gen(function* () {
      if (typeof content === "string" || content instanceof Uint8Array) return put(content)
      for (const piece of content) {
        put(piece)
        yield* breathe
      }
    }).pipe(Effect.ensuring(Effect.sync(() => closeSync(handle))))
    return bytes
  })

type Asked = (typeof artifactQuestions)["artifact-file"]["asks"]["Type"]

/** Makes a file of an artifact, as `show -o` writes it; of the rows that meet a filter, in an order, where there is one. */
export const artifactFile = ({ artifact, filter, format, name, sort }: Asked) =>
  Effect.gen(function* () {
    const { results } = yield* Studies
    forgetOldResults(results)
    const opened = yield* tableOf(artifact)
    const whole = filter === "" && sort === ""
    const picked = whole ? readArrow(opened.bytes) : pickedTable(readArrow(opened.bytes), yield* selectedRows(opened, filter, sort))
    const bytes = whole || format !== "arrow" ? opened.bytes : writeArrow(picked)
    const shown = `${safeName(name)}.${format}`
    const made = yield* Effect.promise(async () => dataFiles(picked, bytes, shown))
    if (made === undefined || "why" in made) return yield* usage("format", `${shown} cannot be made: ${made?.why ?? "there is no such format"}`)
    const [table, metadata] = yield* Effect.forEach(made.files, ([name, content]) =>
      Effect.gen(function* () {
        const file = `${randomBytes(16).toString("hex")}${extname(name)}`
        return { file, name, bytes: yield* write(join(results, file), content) }
      })
    )
    return { table: table!, ...(metadata === undefined ? {} : { metadata }), told: made.told }
  })
