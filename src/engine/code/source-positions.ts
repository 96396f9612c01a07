import { SourceMap } from "node:module"
import { relative, resolve, sep } from "node:path"
import type { Comment } from "acorn"
import type { CompiledStudy } from "./compile.ts"
import { FRAMEWORK_PACKAGE } from "./package-folder.ts"

/** Where a piece of the bundle comes from. */
export interface SourcePosition {
  /** Relative to the project's root, or below `@sediment/sediment/`; empty for code that esbuild adds. */
  readonly file: string
  /** Counted from 1; undefined where the code has no counterpart in the file. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** The identifier's name in its source, where esbuild had to rename it. */
  readonly name: string | undefined
}

/** How a file is called in messages and records. */
export const displayName = (file: string, { root, framework }: CompiledStudy): string => {
  const absolute = resolve(root, file)
  return root !== framework && absolute.startsWith(framework + sep) ? `${FRAMEWORK_PACKAGE}/${relative(framework, absolute).replaceAll("\\", "/")}` : file
}

/**
 * Finds the source of an offset in a bundle. The file comes from the comments that esbuild writes before each module (it drops all others between statements);
 * line, column and name from the source map, where that agrees on the file.
 */
export const sourcePositions = (compiled: CompiledStudy, comments: ReadonlyArray<Comment>): ((offset: number) => SourcePosition) => {
  const { code } = compiled
  const files = new Set(compiled.files)
  const sections = comments
    .filter(({ type, start, value }) => type === "Line" && (start === 0 || code[start - 1] === "\n") && files.has(value.trim()))
    .map(({ start, value }) => ({ start, file: value.trim() }))
  const lineStarts = [0]
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) lineStarts.push(at + 1)
  const map = new SourceMap(JSON.parse(compiled.map))

  const lastAtOrBefore = (starts: ReadonlyArray<number>, offset: number): number => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return low - 1
  }
  const sectionStarts = sections.map(({ start }) => start)

  return (offset) => {
    const section = sections[lastAtOrBefore(sectionStarts, offset)]
    if (section === undefined) return { file: "", line: undefined, column: undefined, name: undefined }
    const file = displayName(section.file, compiled)
    const line = lastAtOrBefore(lineStarts, offset)
    const entry = map.findEntry(line, offset - lineStarts[line]!) as Partial<import("node:module").SourceMapping & { name?: string }>
    const agrees = entry.originalSource === section.file && entry.generatedLine === line
    return agrees
      ? { file, line: entry.originalLine! + 1, column: entry.originalColumn! + 1, name: entry.name ?? undefined }
      : { file, line: undefined, column: undefined, name: undefined }
  }
}
