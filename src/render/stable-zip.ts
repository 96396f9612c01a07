import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate"

// The first moment that a zip file can tell.
const then = new Date(1980, 0, 1)

/**
 * An office file (a zip of XML) as the same bytes for the same content: files in order of their names, at a fixed time, the dates within set to 1980 as well.
 */
export const stableZip = (bytes: Uint8Array): Uint8Array => {
  const files = unzipSync(bytes)
  const stable: Zippable = {}
  // [Content_Types].xml first, as readers of office files expect.
  for (const name of Object.keys(files).sort((a, b) => (a < b ? -1 : 1))) {
    const content = files[name]!
    const dated = name === "docProps/core.xml" ? strToU8(strFromU8(content).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "1980-01-01T00:00:00Z")) : content
    stable[name] = [dated, { mtime: then, level: 6 }]
  }
  return zipSync(stable)
}
