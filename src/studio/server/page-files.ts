import { readdirSync, readFileSync } from "node:fs"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2"
}

export interface PageFile {
  readonly type: string
  readonly content: Uint8Array
}

/** The files of the page, all of them, by their path in an address. Nothing else is ever served as one: no path that is asked for is looked up in a file system. */
export const pageFiles = (folder: URL): ReadonlyMap<string, PageFile> => {
  const path = fileURLToPath(folder)
  return new Map(
    readdirSync(path, { recursive: true, encoding: "utf8" }).flatMap((name): ReadonlyArray<readonly [string, PageFile]> => {
      const type = TYPES[extname(name)]
      if (type === undefined) return []
      const address = name === "index.html" ? "/" : `/${name.replaceAll("\\", "/")}`
      return [[address, { type, content: readFileSync(new URL(name.replaceAll("\\", "/"), folder)) }]]
    })
  )
}
