import { faultOf } from "../fault-of.ts"
import { UnreadableFile } from "../sheet.ts"
import { Cursor } from "./cursor.ts"
import type { RawDataset } from "./dataset.ts"
import { LAYOUTS } from "./layout.ts"
import { readFixed } from "./read-fixed.ts"
import { readTagged } from "./read-tagged.ts"

const NEW = "<stata_dta><header><release>"

/** Reads version and byte order, and then all of the file but the observations. */
export const openDataset = (path: string, bytes: Uint8Array): RawDataset => {
  const refuse = (code: string, message: string): never => {
    throw new UnreadableFile([faultOf(path, code, message)])
  }
  const begin = new Cursor(path, bytes, true, 0)
  if (bytes.length === 0) return refuse("truncated-file", "found an empty file, expected a Stata dataset; get it again")
  const tagged = begin.skip(NEW)
  const version = tagged ? Number(String.fromCharCode(...begin.take(3, "the version"))) : bytes[0]!
  const layout = LAYOUTS.get(version)
  if (layout === undefined || layout.tagged !== tagged) {
    if (!tagged && version >= 102 && version <= 109)
      return refuse(
        "old-stata",
        `found a dataset of Stata 5 or older (version ${version}), expected version 108 or later; save it again with a later Stata, or with haven::read_dta and write_dta in R`
      )
    if (tagged && version >= 120)
      return refuse(
        "new-stata",
        `found a dataset of version ${version}, which may hold alias variables, expected a version up to 119; drop these (or make them plain variables) and save it again`
      )
    const first = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")
    return refuse("not-stata", `found a file that begins with the bytes ${first}, expected a Stata dataset (.dta); save it with Stata's save or saveold`)
  }
  if (!tagged) {
    const order = begin.bytes[1] ?? begin.damaged("it ends behind its first byte")
    if (order !== 1 && order !== 2) begin.damaged(`byte 1: found byte order ${order}, expected 1 or 2`)
    return readFixed(new Cursor(path, bytes, order === 2, 2), layout)
  }
  begin.expect("</release>")
  begin.expect("<byteorder>")
  const little = begin.skip("LSF")
  if (!little) begin.expect("MSF")
  begin.expect("</byteorder>")
  return readTagged(new Cursor(path, bytes, little, begin.at), layout)
}
