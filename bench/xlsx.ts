/**
 * What reading a workbook costs whose sheet is 100 MB of XML (or so many as an argument says): a third of the cells texts, the others numbers of 16 digits. Time of opening, which
 * reads and checks it once, of going through its rows, and the most memory that the process had; beside it the file's own size. Run: npm run bench -- xlsx [MEGABYTES]
 */
import { strToU8, Zip, ZipDeflate } from "fflate"
import { readXlsx } from "../src/tabular/xlsx/read-xlsx.ts"

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
const TEXTS = 10_000

const size = Number(process.argv[2] ?? 100) * 1e6

/** The parts of the workbook, a piece at a time. */
function* parts(): Generator<readonly [name: string, piece: string, last: boolean]> {
  yield [
    "_rels/.rels",
    `<Relationships xmlns="${PACKAGE}"><Relationship Id="a" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    true
  ]
  yield ["xl/workbook.xml", `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`, true]
  const related = ["worksheet", "sharedStrings"].map((type, i) => `<Relationship Id="${"ab"[i]}" Type="${OFFICE}/${type}" Target="${type}.xml"/>`)
  yield ["xl/_rels/workbook.xml.rels", `<Relationships xmlns="${PACKAGE}">${related.join("")}</Relationships>`, true]
  yield ["xl/sharedStrings.xml", `<sst xmlns="${MAIN}">${Array.from({ length: TEXTS }, (_, i) => `<si><t>地区 ${i}</t></si>`).join("")}</sst>`, true]
  yield ["xl/worksheet.xml", `<worksheet xmlns="${MAIN}"><sheetData>`, false]
  let row = 0
  for (let written = 0; written < size; ) {
    let piece = ""
    while (piece.length < 1e5) {
      row++
      const cells = Array.from("ABCDEFGHIJKL", (letter, i) =>
        i % 3 === 0
          ? `<c r="${letter}${row}" t="s"><v>${(row * 7 + i) % TEXTS}</v></c>`
          : `<c r="${letter}${row}" s="1"><v>${Math.abs(Math.sin(row * 12 + i)) * 1000}</v></c>`
      )
      piece += `<row r="${row}" spans="1:12">${cells.join("")}</row>`
    }
    written += piece.length
    yield ["xl/worksheet.xml", piece, false]
  }
  yield ["xl/worksheet.xml", "</sheetData></worksheet>", true]
}

const made = (): Uint8Array => {
  const pieces: Array<Uint8Array> = []
  const zip = new Zip((_, piece) => pieces.push(piece))
  let open: ZipDeflate | undefined
  for (const [name, piece, last] of parts()) {
    if (open === undefined) zip.add((open = new ZipDeflate(name, { level: 6 })))
    open.push(strToU8(piece), last)
    if (last) open = undefined
  }
  zip.end()
  return Buffer.concat(pieces)
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
const bytes = made()
const before = process.memoryUsage().rss
let most = before
const look = () => {
  most = Math.max(most, process.memoryUsage().rss)
}

const start = performance.now()
const { sheets } = await readXlsx({ path: "bench.xlsx", bytes })
look()
const opened = performance.now()
let rows = 0
let cells = 0
for (const row of sheets[0]!.rows) {
  rows++
  cells += row.cells.length
  if (rows % 1000 === 0) look()
}
const read = performance.now()
console.log(`${megabytes(size)} of XML in ${megabytes(bytes.length)} of .xlsx: ${rows} rows, ${cells} cells`)
console.log(`opened and checked in ${((opened - start) / 1000).toFixed(1)} s, rows in ${((read - opened) / 1000).toFixed(1)} s`)
console.log(
  `memory ${megabytes(before)} before, ${megabytes(most)} at the most (the process's peak, making the file included, ${megabytes(process.resourceUsage().maxRSS * 1024)})`
)
