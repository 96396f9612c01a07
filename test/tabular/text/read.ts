import { expect } from "vitest"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { readText, type TextOptions } from "../../../src/tabular/text/read-text.ts"
import { encode } from "./encode.ts"

/** What a text is read as: its rows with their numbers before their cells. */
export const read = async (content: string | Uint8Array, options: TextOptions = {}, path = "x.csv") => {
  const { sheets, understood, warnings } = await readText({ path, bytes: typeof content === "string" ? encode(content, "utf-8") : content }, options)
  expect(sheets).toHaveLength(1)
  expect(warnings).toEqual([])
  return { understood: understood!, rows: [...sheets[0]!.rows].map(({ cells, row }) => [row, ...cells]) }
}

/** What is wrong with a text that cannot be read. */
export const faults = async (content: string | Uint8Array, options: TextOptions = {}, path = "x.csv") => {
  try {
    await read(content, options, path)
  } catch (error) {
    if (error instanceof UnreadableFile) return error.faults
    throw error
  }
  throw new Error("it was read")
}
