/** A file of a yearbook around a cell, whatever its format, and only where the study declares it. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { GraphNode } from "../../../src/dag/dag.ts"
import type { Study } from "../../../src/engine/study.ts"
import { Studies } from "../../../src/studio/server/studies.ts"
import { sourceCell } from "../../../src/studio/server/time/source-cell.ts"
import { CliFailure } from "../../../src/workspace/failure.ts"
import { sheetXml, workbookBytes } from "../../tabular/xlsx/workbook-file.ts"

const rowXml = (row: number, cells: ReadonlyArray<string | number>) =>
  `<row r="${row}">${cells.map((cell) => (typeof cell === "number" ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${cell}</t></is></c>`)).join("")}</row>`
/** A sheet of thirty provinces under two rows of heads. */
const sheet = (of: string) =>
  sheetXml(
    [
      rowXml(1, [of]),
      rowXml(2, ["地区", "year", "a", "b", "c", "d", "e"]),
      ...Array.from({ length: 30 }, (_, i) => rowXml(i + 3, [`province ${i}`, 2010, i, 10 * i, 100 * i, 1000 * i, 10000 * i]))
    ].join("")
  )
const book = workbookBytes({ sheets: { "4-3": sheet("wages"), "4-4": sheet("hours") } })
// 河北 in GB 18030.
const text = Uint8Array.of(...Buffer.from("name;value\n"), 0xba, 0xd3, 0xb1, 0xb1, ...Buffer.from(";18734\n"))

const files: Readonly<Record<string, Uint8Array>> = { "books/2010.xlsx": book, "data/wages.txt": text, "secret.csv": Buffer.from("a,b\n1,2\n") }
const node = (name: string, inputs: GraphNode["inputs"], params = "{}"): GraphNode => ({ name, stage: "ingest", inputs, params, outputs: { output: "Panel" } })
const study = {
  graph: {
    study: "yearbooks",
    nodes: [
      node("raw", { source: { files: [{ source: "books/2009.xlsx" }, { source: "books/2010.xlsx" }], folder: { path: "books", match: "*.xlsx" } } }),
      node("wages", { source: { source: "data/wages.txt" } }, JSON.stringify({ encoding: "gb18030", delimiter: ";" }))
    ]
  },
  readSource: (path: string) => Effect.succeed(files[path] && { content: { bytes: files[path] }, sha256: "", note: undefined })
} as unknown as Study

const ask = (file: string, sheetName: string, cell: string) =>
  Effect.runPromise(
    sourceCell({ study: "yearbooks", file, sheet: sheetName, cell }).pipe(
      Effect.provideService(Studies, { study: () => Effect.succeed(study) } as unknown as Studies["Service"])
    )
  )
const refusal = async (...asked: Parameters<typeof ask>) => {
  try {
    await ask(...asked)
  } catch (error) {
    if (error instanceof CliFailure) return error.errors.map(({ code, message }) => `${code}: ${message}`)
    throw error
  }
  throw new Error("it was answered")
}

describe("a file around a cell", () => {
  it("of a workbook: the sheet that was read, with its heads, the columns that tell what a row is of, and the cell", async () => {
    const found = await ask("books/2010.xlsx", "4-4", "F23")
    expect(found).toMatchObject({ format: "workbook", sheet: "4-4", row: 23, column: "F", text: "20000" })
    expect(found.columns).toEqual(["A", "B", "D", "E", "F", "G"])
    expect(found.rows.map(({ head, row }) => [row, head])).toEqual([[1, true], [2, true], ...Array.from({ length: 11 }, (_, i) => [18 + i, false])])
    expect(found.rows.find(({ row }) => row === 23)!.cells).toEqual(["province 20", "2010", "200", "2000", "20000", "200000"])
    expect(found.rows[0]!.cells[0]).toBe("hours")
  })

  it("of a text: in the encoding and with the delimiter that the study declares", async () => {
    expect(await ask("data/wages.txt", "", "B2")).toMatchObject({ format: "text", encoding: "gb18030", text: "18734", columns: ["A", "B"] })
    expect((await ask("data/wages.txt", "", "A2")).text).toBe("河北")
  })

  it("that is gone, or another than it was: in words", async () => {
    expect(await refusal("books/2009.xlsx", "4-3", "A1")).toEqual(["missing-file: books/2009.xlsx is no longer there, or cannot be read"])
    expect(await refusal("books/2010.xlsx", "5-1", "A1")).toEqual([expect.stringContaining("5-1")])
    expect(await ask("data/wages.txt", "", "B9")).toMatchObject({ text: "", note: "B9 is past the end of the file, which is another than it was" })
  })

  it("that the study does not declare is not read, whatever it is called", async () => {
    for (const file of ["secret.csv", "./data/wages.txt", "books", "books/../secret.csv", "/etc/passwd"])
      expect(await refusal(file, "", "A1")).toEqual([`unknown-source: yearbooks declares no source "${file}"`])
  })
})
