/** Reads the table of a file piece by piece and prints how many rows and cells it has, and the most memory of the process in MB. */
import { fileChunks } from "../../../src/engine/file-chunks.ts"
import { readText } from "../../../src/tabular/text/read-text.ts"

const path = process.argv[2]!
const file = {
  path,
  get bytes(): Uint8Array {
    throw new Error("the bytes of a file that has pieces were asked for")
  },
  chunks: () => fileChunks(path)
}
let [rows, cells] = [0, 0]
const { sheets, understood } = await readText(file)
for (const row of sheets[0]!.rows) {
  rows++
  cells += row.cells.length
}
console.log(JSON.stringify({ understood, rows, cells, megabytes: process.resourceUsage().maxRSS / 1024 }))
