/**
 * What reading a data file takes: milliseconds until it is open and until all rows were asked for, and the most memory of the process in MB.
 * Run: npm run bench -- tabular FILE …
 */
import { readFileSync } from "node:fs"
import { extname } from "node:path"
import type { SheetFile } from "../src/tabular/sheet.ts"
import { readStata } from "../src/tabular/stata/read-stata.ts"

type Reader = (file: { readonly path: string; readonly bytes: Uint8Array }) => Promise<SheetFile>
const readers: Readonly<Record<string, Reader>> = { ".dta": (file) => readStata(file) }

for (const path of process.argv.slice(2)) {
  const read = readers[extname(path)]
  if (read === undefined) throw new Error(`${path}: expected a name that ends in ${Object.keys(readers).join(", ")}`)
  const bytes = readFileSync(path)
  const start = performance.now()
  const { sheets } = await read({ path, bytes })
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
    `${path}: ${(bytes.length / 1e6).toFixed(1)} MB, ${rows} rows, ${cells} cells; open ${open.toFixed(0)}, all ${all.toFixed(0)} ms; at most ${most.toFixed(0)} MB`
  )
}
