import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate"

// The first moment that a zip file can tell.
const then = new Date(1980, 0, 1)

/**
 * An office file (a zip of XML) as the same bytes for the same content: files in order of their names, at a fixed time, the dates within set to 1980 as well. `edited` gives
 * the files by name that are to have another text.
 */
export const stableZip = (bytes: Uint8Array, edited: (name: string, text: () => string) => string | undefined = () => undefined): Uint8Array => {
  const files = unzipSync(bytes)
  const stable: Zippable = {}
  // [Content_Types].xml first, as readers of office files expect.
  for (const name of Object.keys(files).sort((a, b) => (a < b ? -1 : 1))) {
    const content = files[name]!
    const text = () => strFromU8(content)
    const other = name === "docProps/core.xml" ? text().replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "1980-01-01T00:00:00Z") : edited(name, text)
    stable[name] = [other === undefined ? content : strToU8(other), { mtime: then, level: 6 }]
  }
  return zipSync(stable)
}
