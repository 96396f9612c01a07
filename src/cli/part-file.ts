import { dirname, extname, join } from "node:path"
import { Effect } from "effect"
import type { Part } from "../render/part.ts"
import { renderFile } from "../render/render.ts"
import { writeOutput } from "./output-file.ts"

/**
 * Writes a printed table or a figure to a file of one of its formats; a figure's Markdown has its picture beside it. Gives the files, and the names of what has letters that
 * no font here has.
 */
export const writePart = (part: Part, file: string) =>
  Effect.gen(function* () {
    const extension = extname(file).toLowerCase()
    const { blank, content } = yield* Effect.promise(() => renderFile(part, extension))
    const picture = part.type === "Figure" && extension === ".md" ? join(dirname(file), `${part.name}.svg`) : undefined
    if (picture !== undefined) yield* writeOutput(picture, (yield* Effect.promise(() => renderFile(part, ".svg"))).content)
    yield* writeOutput(file, content)
    return { blank, written: picture === undefined ? [file] : [file, picture] }
  })
