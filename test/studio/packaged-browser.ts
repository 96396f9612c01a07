import { mkdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

/** Where the unpacked browser is, with the libraries and fonts for a machine that lacks them. */
export interface PackagedBrowser {
  readonly path: string
  readonly libraries: string
  readonly fonts: string
}

/** Unpacks the browser that npm brings; undefined on systems for which it brings none. */
export const unpackBrowser = async (): Promise<PackagedBrowser | undefined> => {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined
  const entry = pathToFileURL(createRequire(import.meta.url).resolve("@sparticuz/chromium"))
  const { version } = JSON.parse(readFileSync(new URL("../package.json", entry), "utf8"))
  const folder = join(tmpdir(), `sediment-browser-${version}-${userInfo().uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // It unpacks into the system's temporary folder, whatever is there: one of its own has this version and this user's only.
  const before = process.env["TMPDIR"]
  process.env["TMPDIR"] = folder
  try {
    const { default: packaged, inflate } = await import("@sparticuz/chromium")
    const path = await packaged.executablePath()
    await inflate(new URL("../bin/al2023.tar.br", entry).pathname)
    return { path, libraries: join(folder, "al2023", "lib"), fonts: join(folder, "fonts") }
  } finally {
    if (before === undefined) delete process.env["TMPDIR"]
    else process.env["TMPDIR"] = before
  }
}
