/** Printed tables and figures written as one document or as a file each: what `-o` of `export` and `compare` does. */
import { existsSync, statSync } from "node:fs"
import { basename, extname, join } from "node:path"
import { Effect } from "effect"
import { readArrow } from "../artifact/read.ts"
import { fileName } from "../engine/file-name.ts"
import type { DocumentExtension } from "../render/document.ts"
import type { Part } from "../render/part.ts"
import { renderedFormats } from "../render/render.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { findArtifact } from "./artifact.ts"
import { countLine } from "./count-line.ts"
import { figureOptions } from "./figure-options.ts"
import { writeOutput } from "./output-file.ts"
import { writePart } from "./part-file.ts"
import { noFont, tableOptions } from "./table-options.ts"

const documents: ReadonlySet<string> = new Set<DocumentExtension>([".html", ".md", ".tex", ".docx", ".xlsx"])
const isDocument = (extension: string): extension is DocumentExtension => documents.has(extension)
/** What the names of documents end in. */
export const documentEndings: ReadonlyArray<string> = [...documents]
/** The formats of files in a folder. */
export const fileFormats: ReadonlyArray<string> = [...new Set(Object.values(renderedFormats).flatMap((of) => Object.keys(of)))].map((extension) =>
  extension.slice(1)
)

/** Whether `-o` names a folder: it ends as one, is one, or has no ending that a document has. */
export const isFolder = (output: string) => /[/\\]$/.test(output) || (existsSync(output) && statSync(output).isDirectory()) || extname(output) === ""

/** What is to be written, named as `show` names it. */
export interface ExportedOutput {
  readonly reference: string
  readonly study: string
  readonly name: string
  readonly type: string
}

export interface ExportFlags {
  readonly output: string
  readonly format: string
  readonly width: "page" | "column"
  readonly theme: "light" | "dark"
  readonly published: "yes" | "no"
  readonly beside: string
  readonly align: "dcolumn" | "siunitx"
  readonly run: string
}

interface Exported extends Part {
  /** Why the node would be made anew. */
  readonly stale: string | undefined
}

/** Where it goes: a folder with a file each in the wanted formats, or one document. */
export interface ExportTarget {
  readonly folder: boolean
  readonly extension: string
  readonly wanted: ReadonlyArray<string>
}

/** Reads `-o` and what goes with it, before anything else is done; the files of a folder may have one of `formats`. */
export const exportTarget = (
  flags: Pick<ExportFlags, "output" | "format" | "width" | "theme">,
  { formats, unlessGiven }: { readonly formats: ReadonlyArray<string>; readonly unlessGiven: string } = { formats: fileFormats, unlessGiven: "tex,svg" }
): Effect.Effect<ExportTarget, CliFailure> =>
  Effect.gen(function* () {
    const folder = isFolder(flags.output)
    const extension = extname(flags.output).toLowerCase()
    const wanted = (flags.format === "" ? unlessGiven : flags.format).split(",").map((one) => one.trim().replace(/^\./, "").toLowerCase())
    const unknown = wanted.filter((one) => !formats.includes(one))
    if (folder && unknown.length > 0) return yield* usage("format", `there is no format ${unknown.join(", ")}; the formats are ${formats.join(", ")}`)
    if (!folder && !isDocument(extension))
      return yield* usage(
        "format",
        `cannot export to ${flags.output}: the name of a document ends in ${[...documents].join(", ")}; for a file each, name a folder, with a / at its end`
      )
    if (!folder && flags.format !== "") return yield* usage("format", `--format is for a folder; ${flags.output} says what it is by its name`)
    if (!folder && (flags.width !== "page" || flags.theme !== "light"))
      return yield* usage("format", "--width and --theme are for pictures in a folder: figures are as wide as a document's text")
    return { folder, extension, wanted }
  })

/** Writes them, and tells what a reader should know of it; gives the files, and the names of what is in them. */
export const writeExport = (workspace: Workspace, references: ReadonlyArray<ExportedOutput>, { extension, folder, wanted }: ExportTarget, flags: ExportFlags) =>
  Effect.gen(function* () {
    if (extension === ".xlsx" && !folder && references.every(({ type }) => type === "Figure"))
      return yield* usage("format", `a workbook has no figures, and no table is asked for: write ${flags.output} as .docx, .html, .tex or .md`)
    const parts: Array<Exported> = []
    const missing: Array<CliFailure["errors"][number]> = []
    const alone: Array<string> = []
    const several = new Set(references.map(({ study }) => study)).size > 1
    for (const { name, reference, study, type } of references) {
      const found = yield* Effect.result(findArtifact(workspace, reference, flags.run))
      if (found._tag === "Failure") {
        missing.push(...found.failure.errors)
        continue
      }
      const asked = type === "PrintedTable" ? yield* Effect.result(tableOptions(workspace, reference, flags)) : undefined
      // A table that is new since the run beside it stands alone.
      const isNew = asked?._tag === "Failure" && asked.failure.errors.every(({ code }) => code === "no-node-then")
      if (isNew) alone.push(name)
      else if (asked?._tag === "Failure") return yield* asked.failure
      const options = asked?._tag === "Success" ? asked.success : { align: flags.align, published: false }
      parts.push({
        type,
        table: readArrow(found.success.bytes),
        name: several ? `${fileName(study)}-${name}` : name,
        options: { ...options, ...figureOptions(flags) },
        stale: found.success.stale
      })
    }
    if (missing.length > 0) return yield* new CliFailure({ exitCode: 1, errors: missing })
    const stale = parts.filter((part) => part.stale !== undefined)
    const written = new Set<string>()
    const blank = new Set<string>()
    const progress = countLine("tables and figures")
    let begun = 0
    const began = () => progress.show(begun++, parts.length)
    const write = (file: string, content: string | Uint8Array) => Effect.tap(writeOutput(file, content), () => Effect.sync(() => written.add(file)))
    if (folder) {
      for (const part of parts) {
        began()
        for (const one of wanted) {
          if (renderedFormats[part.type]?.[`.${one}`] === undefined) continue
          const made = yield* writePart(part, join(flags.output, `${part.name}.${one}`))
          for (const name of made.blank) blank.add(name)
          for (const file of made.written) written.add(file)
        }
      }
      if (written.size === 0)
        return yield* usage(
          "format",
          `none of these ${parts.length} is drawn as ${wanted.join(", ")}: figures are drawn as ${Object.keys(renderedFormats.Figure!).join(", ")}`
        )
    } else if (isDocument(extension)) {
      const { documentOf } = yield* Effect.promise(() => import("../render/document.ts"))
      const pictures = `${basename(flags.output, extname(flags.output))}-pictures`
      const made = yield* Effect.promise(() => documentOf(parts, extension, workspace.studies.map((study) => study.graph.study).join(", "), pictures, began))
      for (const name of made.blank) blank.add(name)
      const beside = join(flags.output, "..", pictures)
      for (const [file, content] of made.pictures) yield* write(join(beside, file), content)
      yield* write(flags.output, made.content)
    }
    progress.end()
    if (blank.size > 0) process.stderr.write(`sediment: ${noFont([...blank])}\n`)
    if (alone.length > 0) process.stderr.write(`sediment: not in run ${flags.beside}, and shown alone: ${alone.join(", ")}\n`)
    if (stale.length > 0) process.stderr.write(staleLine(stale.map(({ name }) => name)))
    const left = extension === ".xlsx" ? parts.filter(({ type }) => type === "Figure").map(({ name }) => name) : []
    const shown = parts.filter(({ name }) => !left.includes(name))
    const counts = ["PrintedTable", "Figure"].map((type) => shown.filter((part) => part.type === type).length)
    const where = folder || written.size > 1 ? `${flags.output} (${some(written.size, "file")})` : flags.output
    return {
      written: [...written],
      exported: shown.map(({ name }) => name),
      stale: stale.map(({ name }) => name),
      left,
      sentence: `${some(counts[0]!, "table")} and ${some(counts[1]!, "figure")}: ${where}`
    }
  })

export const some = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`

export const staleLine = (names: ReadonlyArray<string>): string =>
  `sediment: not up to date, and exported as it was before: ${names.join(", ")}; ${toType("run")} makes it anew\n`
