/**
 * What reading a data file takes: milliseconds until it is open and until all rows were asked for, and the most memory of the process in MB.
 * Run: npm run bench -- tabular FILE …
 */
import { readFileSync, statSync } from "node:fs"
import { extname } from "node:path"
import { fileChunks } from "../src/engine/file-chunks.ts"
import { readArrowFile } from "../src/tabular/arrow/read-arrow-file.ts"
import type { FileContent } from "../src/tabular/file-content.ts"
import { readParquet } from "../src/tabular/parquet/read-parquet.ts"
import type { SheetFile } from "../src/tabular/sheet.ts"
import { readStata } from "../src/tabular/stata/read-stata.ts"
import { readText } from "../src/tabular/text/read-text.ts"

type Reader = (file: FileContent) => Promise<SheetFile>
const text: Reader = (file) => readText(file)
const readers: Readonly<Record<string, Reader>> = {
  ".dta": (file) => readStata(file),
  ".parquet": readParquet,
  ".arrow": readArrowFile,
  ".csv": text,
  ".tsv": text,
  ".txt": text
}

/** A file that is read when it is looked at. */
const fileAt = (path: string): FileContent => ({
  path,
  get bytes() {
    return readFileSync(path)
  },
  chunks: () => fileChunks(path)
})

for (const path of process.argv.slice(2)) {
  const read = readers[extname(path)]
  if (read === undefined) throw new Error(`${path}: expected a name that ends in ${Object.keys(readers).join(", ")}`)
  const start = performance.now()
  const { sheets } = await read(fileAt(path))
  const open = performance.now() - start
  let rows = 0
  let cells = 0
  for (const sheet of sheets)
    for (const row of sheet.rows) {
      rows++
      cells += row.cells.length
    }
  const all = performance.now() - start
  const most = process.resourceUsage().maxRSS / 1024
  console.log(
    `${path}: ${(statSync(path).size / 1e6).toFixed(1)} MB, ${rows} rows, ${cells} cells; open ${open.toFixed(0)}, all ${all.toFixed(0)} ms; at most ${most.toFixed(0)} MB`
  )
}
