import { readdirSync, readFileSync } from "node:fs"
import { readParquet } from "../../../src/tabular/parquet/read-parquet.ts"

const folder = new URL("files/", import.meta.url)

/** The files that test/oracle/parquet-files.mjs made. */
export const names: ReadonlyArray<string> = readdirSync(folder).map((file) => file.replace(/\.parquet$/, ""))
export const bytesOf = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(`${name}.parquet`, folder)))

export const read = async (name: string, bytes = bytesOf(name)) => {
  const { sheets, warnings } = await readParquet({ path: `${name}.parquet`, bytes })
  const [head, ...rows] = [...sheets[0].rows]
  return { sheet: sheets[0], warnings, names: head!.cells, rows }
}
