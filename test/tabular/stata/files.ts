import { readdirSync, readFileSync } from "node:fs"
import { readStata, type StataOptions } from "../../../src/tabular/stata/read-stata.ts"

const folder = new URL("files/", import.meta.url)

/** The datasets that test/oracle/stata-files.py and stata-files.R made. */
export const names: ReadonlyArray<string> = readdirSync(folder).map((file) => file.replace(/\.dta$/, ""))
export const bytesOf = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(`${name}.dta`, folder)))

export const read = async (name: string, options: StataOptions = {}, bytes = bytesOf(name)) => {
  const { sheets, warnings } = await readStata({ path: `${name}.dta`, bytes }, options)
  const [head, ...rows] = [...sheets[0].rows]
  return { sheet: sheets[0], warnings, names: head!.cells, rows }
}
