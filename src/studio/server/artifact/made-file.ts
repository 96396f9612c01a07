import { resultFile } from "../sql/result-files.ts"

/** A file's name as any system takes it: letters, digits and a few signs. */
export const safeName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._()[\] -]/gu, "_")
    .replace(/^[. ]+/, "_")
    .slice(0, 120)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ""
  }
}

/** A file that was made for a download, by `FILE/NAME` of its address, with the header by which a browser keeps it under its name. */
export const madeFile = (folder: string, address: string) => {
  const [file = "", name = ""] = address.split("/", 2)
  const safe = safeName(decoded(name)) || file
  // A browser that does not read the second form takes the first (RFC 6266).
  const disposition = `attachment; filename="${safe.replace(/[^\x20-\x7e]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(safe).replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`
  return { result: resultFile(folder, file), disposition }
}
