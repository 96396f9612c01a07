import { existsSync, statSync } from "node:fs"
import { basename, extname, join } from "node:path"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { readArrow } from "../artifact/read.ts"
import { fileName } from "../engine/file-name.ts"
import { inResultOrder } from "../engine/result-order.ts"
import type { Installation } from "../engine/study.ts"
import { dataExtensions } from "../render/artifact/data-file.ts"
import type { DocumentExtension } from "../render/document.ts"
import type { Part } from "../render/part.ts"
import { laidOut, renderedFormats } from "../render/render.ts"
import { findArtifact, runFlag } from "./artifact.ts"
import { toType } from "./command-to-type.ts"
import { countLine } from "./count-line.ts"
import { printDocument } from "./document.ts"
import { exportData } from "./export-data.ts"
import { CliFailure, usage } from "./failure.ts"
import { figureFlags, figureOptions } from "./figure-options.ts"
import { findAllNodes, referenceTo } from "./node-reference.ts"
import { writeOutput } from "./output-file.ts"
import { writePart } from "./part-file.ts"
import { noFont, tableFlags, tableOptions } from "./table-options.ts"
import { openWorkspace, sharedFlags, type Workspace } from "./workspace.ts"

const documents: ReadonlySet<string> = new Set<DocumentExtension>([".html", ".md", ".tex", ".docx", ".xlsx"])
const isDocument = (extension: string): extension is DocumentExtension => documents.has(extension)
const dataFormats = dataExtensions.map((extension) => extension.slice(1))
const formats = [...new Set(Object.values(renderedFormats).flatMap((of) => Object.keys(of)))].map((extension) => extension.slice(1))

/** Whether `-o` names a folder: it ends as one, is one, or has no ending that a document has. */
const isFolder = (output: string) => /[/\\]$/.test(output) || (existsSync(output) && statSync(output).isDirectory()) || extname(output) === ""

/** What is to be exported: the nodes that are named, or all, in the order of the study; of these what prints a table or a figure, or as data everything. */
const referencesOf = (workspace: Workspace, named: ReadonlyArray<string>, data: boolean) =>
  Effect.gen(function* () {
    const chosen =
      named.length > 0
        ? yield* findAllNodes(workspace.studies, named)
        : workspace.studies.flatMap((study) =>
            inResultOrder(study.graph.targets, study.graph.nodes, ({ name }) => name).map((node) => ({ study, node, output: undefined }))
          )
    const references = chosen.flatMap(({ node, output, study }) =>
      Object.entries(node.outputs).flatMap(([name, type]) =>
        (data || laidOut.has(type)) && (output === undefined || output === name)
          ? [
              {
                reference: `${referenceTo(workspace.studies, study.graph.study, node.name)}${name === "output" ? "" : `.${name}`}`,
                study: study.graph.study,
                name: fileName(name === "output" ? node.name : `${node.name}.${name}`),
                type
              }
            ]
          : []
      )
    )
    const without = named.length === 0 || data ? [] : chosen.filter(({ node }) => !Object.values(node.outputs).some((type) => laidOut.has(type)))
    if (without.length > 0)
      return yield* new CliFailure({
        exitCode: 2,
        errors: without.map(({ node }) => ({
          code: "not-printed",
          message: `${node.name} makes no printed table and no figure; to write its data: ${toType("show", node.name)} -o FILE`
        }))
      })
    return references
  })

const some = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`

const staleLine = (names: ReadonlyArray<string>) =>
  `sediment: not up to date, and exported as it was before: ${names.join(", ")}; ${toType("run")} makes it anew\n`

interface Exported extends Part {
  /** Why the node would be made anew. */
  readonly stale: string | undefined
}

/** `sediment export [NODE…] -o FILE|FOLDER`: the study's printed tables and figures as one document, or as a file each. */
export const exportCommand = (installation: Installation) =>
  Command.make(
    "export",
    {
      ...sharedFlags,
      run: runFlag,
      ...tableFlags,
      ...figureFlags,
      nodes: Argument.String("node").pipe(Argument.withDescription("[study:]node[.output] (default: all printed tables and figures)"), Argument.atLeast(0)),
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FILE|FOLDER"),
        Flag.withDescription(`one document of all (${[...documents].join(", ")}), or a folder for a file each`)
      ),
      format: Flag.String("format").pipe(
        Flag.withMetavar("FORMATS"),
        Flag.withDescription(
          `of the files in a folder, with commas between: ${formats.join(", ")} (default: tex,svg); with --data ${dataFormats.join(", ")} (default: csv)`
        ),
        Flag.withDefault("")
      ),
      data: Flag.Boolean("data").pipe(
        Flag.withDescription("write artifacts as the data that they are, a file each in a folder: of the nodes that are named, or of all"),
        Flag.withDefault(false)
      )
    },
    Effect.fn(function* (flags) {
      const folder = isFolder(flags.output)
      const extension = extname(flags.output).toLowerCase()
      const known = flags.data ? dataFormats : formats
      const wanted = (flags.format === "" ? (flags.data ? "csv" : "tex,svg") : flags.format)
        .split(",")
        .map((one) => one.trim().replace(/^\./, "").toLowerCase())
      const unknown = wanted.filter((one) => !known.includes(one))
      if (folder && unknown.length > 0) return yield* usage("format", `there is no format ${unknown.join(", ")}; the formats are ${known.join(", ")}`)
      if (flags.data && !folder)
        return yield* usage("format", `with --data, name a folder, with a / at its end; one artifact is written by: ${toType("show")} NODE -o ${flags.output}`)
      if (flags.data && flags.beside !== "") return yield* usage("format", "--beside is for printed tables; --data writes the data that they are")
      if (!folder && !isDocument(extension))
        return yield* usage(
          "format",
          `cannot export to ${flags.output}: the name of a document ends in ${[...documents].join(", ")}; for a file each, name a folder, with a / at its end`
        )
      if (!folder && flags.format !== "") return yield* usage("format", `--format is for a folder; ${flags.output} says what it is by its name`)
      if (!folder && (flags.width !== "page" || flags.theme !== "light"))
        return yield* usage("format", "--width and --theme are for pictures in a folder: figures are as wide as a document's text")
      const workspace = yield* openWorkspace(flags, installation)
      const references = yield* referencesOf(workspace, flags.nodes, flags.data)
      if (references.length === 0) return yield* usage("nothing", "the study makes no printed table and no figure")
      if (extension === ".xlsx" && !folder && references.every(({ type }) => type === "Figure"))
        return yield* usage("format", `a workbook has no figures, and no table is asked for: write ${flags.output} as .docx, .html, .tex or .md`)
      const several = new Set(references.map(({ study }) => study)).size > 1
      const nameIn = ({ name, study }: { readonly name: string; readonly study: string }) => (several ? `${fileName(study)}-${name}` : name)
      if (flags.data) {
        const all = references.map((one) => ({ ...one, name: nameIn(one) }))
        const { stale, told, written } = yield* exportData(workspace, all, { folder: flags.output, formats: wanted, run: flags.run })
        for (const line of told) process.stderr.write(`sediment: ${line}\n`)
        if (stale.length > 0) process.stderr.write(staleLine(stale))
        if (flags.json) return printDocument({ written, exported: all.map(({ name }) => name), stale })
        process.stdout.write(`${some(all.length, "artifact")}: ${flags.output} (${some(written.length, "file")})\n`)
        return
      }
      const parts: Array<Exported> = []
      const missing: Array<CliFailure["errors"][number]> = []
      const alone: Array<string> = []
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
          name: nameIn({ name, study }),
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
      if (flags.json)
        return printDocument({
          written: [...written],
          exported: parts.map(({ name }) => name).filter((name) => !left.includes(name)),
          stale: stale.map(({ name }) => name)
        })
      const counts = ["PrintedTable", "Figure"].map((type) => parts.filter((part) => part.type === type && !left.includes(part.name)).length)
      process.stdout.write(
        `${some(counts[0]!, "table")} and ${some(counts[1]!, "figure")}: ${folder || written.size > 1 ? `${flags.output} (${some(written.size, "file")})` : flags.output}\n`
      )
      if (left.length > 0) process.stderr.write(`sediment: a workbook has no figures: ${left.join(", ")} left out\n`)
    })
  ).pipe(
    Command.withDescription(
      "write printed tables and figures as one document (Word, LaTeX, HTML, Markdown, Excel) or as a file each; with --data, artifacts as data files"
    )
  )
