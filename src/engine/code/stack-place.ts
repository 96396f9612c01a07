import { readFileSync } from "node:fs"
import { SourceMap, type SourceMapping } from "node:module"
import { fileURLToPath } from "node:url"

const maps = new Map<string, SourceMap | undefined>()
const readMap = (path: string): SourceMap | undefined => {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, "utf8")))
  } catch {
    // There is none, or it is damaged: what the error says is worth more than its place.
    return undefined
  }
}
/** The source map beside a module, if it has one. */
const mapOf = (url: string): SourceMap | undefined => {
  if (!maps.has(url)) maps.set(url, readMap(`${fileURLToPath(url)}.map`))
  return maps.get(url)
}

/** Where an error arose: file, line and column of the nearest caller in a module that has a source map beside it; without one, the first frame as it stands that is none of Node's own. */
export const stackPlace = (error: Error): string | undefined => {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  for (const frame of frames) {
    const [, url, line, column] = /(file:\/\/\S+):(\d+):(\d+)\)?$/.exec(frame) ?? []
    const entry = url === undefined ? undefined : (mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1) as Partial<SourceMapping> | undefined)
    if (entry?.originalLine !== undefined && entry.originalColumn !== undefined)
      return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  }
  return frames.find((frame) => !frame.includes("node:internal"))?.trim()
}
