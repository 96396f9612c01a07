import type { Fault } from "@sediment/sediment"
import { listed } from "./shown.ts"

/** Which columns a sheet has, for a fault of one that is missing: told once, where several are. */
export const columnsOf = (
  { file, sheet }: { readonly file: string; readonly sheet?: string },
  names: ReadonlyArray<string>,
  told: ReadonlyArray<Fault>
): string => {
  const line = `the columns are: ${names.length === 0 ? "none" : listed(names)}; `
  const isTold = told.some(({ code, message, where }) => code === "missing-column" && where?.file === file && where.sheet === sheet && message.includes(line))
  return isTold ? "" : line
}
