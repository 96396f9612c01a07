import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { fileName } from "../engine/file-name.ts"
import { neededFor } from "../engine/plan.ts"
import { inResultOrder } from "../engine/result-order.ts"
import type { Installation } from "../engine/study.ts"
import { dataExtensions } from "../render/artifact/data-file.ts"
import { laidOut } from "../render/render.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { findAllNodes, referenceTo } from "../workspace/node-reference.ts"
import { openWorkspace, sharedFlags, type Workspace } from "../workspace/workspace.ts"
import { runFlag } from "./artifact.ts"
import { printDocument } from "./document.ts"
import { exportData } from "./export-data.ts"
import { documentEndings, type ExportedOutput, exportTarget, fileFormats, isFolder, some, staleLine, writeExport } from "./export-files.ts"
import { figureFlags } from "./figure-options.ts"
import { tableFlags } from "./table-options.ts"

const dataFormats = dataExtensions.map((extension) => extension.slice(1))

/** What is to be exported: the nodes that are named, or all, in the order of the study; of these what prints a table or a figure, or as data everything. */
const referencesOf = (workspace: Workspace, named: ReadonlyArray<string>, data: boolean) =>
  Effect.gen(function* () {
    const chosen =
      named.length > 0
        ? yield* findAllNodes(workspace.studies, named)
        : workspace.studies.flatMap((study) =>
            // What the study does not return, a comparison for one, is exported where it is named.
            inResultOrder(study.graph.targets, neededFor(study, study.graph.targets), ({ name }) => name).map((node) => ({ study, node, output: undefined }))
          )
    const references = chosen.flatMap(
      ({ node, output, study }): ReadonlyArray<ExportedOutput> =>
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
        Flag.withDescription(`one document of all (${documentEndings.join(", ")}), or a folder for a file each`)
      ),
      format: Flag.String("format").pipe(
        Flag.withMetavar("FORMATS"),
        Flag.withDescription(
          `of the files in a folder, with commas between: ${fileFormats.join(", ")} (default: tex,svg); with --data ${dataFormats.join(", ")} (default: csv)`
        ),
        Flag.withDefault("")
      ),
      data: Flag.Boolean("data").pipe(
        Flag.withDescription("write artifacts as the data that they are, a file each in a folder: of the nodes that are named, or of all"),
        Flag.withDefault(false)
      )
    },
    Effect.fn(function* (flags) {
      if (flags.data && !isFolder(flags.output))
        return yield* usage("format", `with --data, name a folder, with a / at its end; one artifact is written by: ${toType("show")} NODE -o ${flags.output}`)
      if (flags.data && flags.beside !== "") return yield* usage("format", "--beside is for printed tables; --data writes the data that they are")
      const target = yield* exportTarget(flags, flags.data ? { formats: dataFormats, unlessGiven: "csv" } : undefined)
      const workspace = yield* openWorkspace(flags, installation)
      const references = yield* referencesOf(workspace, flags.nodes, flags.data)
      if (references.length === 0) return yield* usage("nothing", "the study makes no printed table and no figure")
      if (flags.data) {
        const several = new Set(references.map(({ study }) => study)).size > 1
        const all = references.map((one) => (several ? { ...one, name: `${fileName(one.study)}-${one.name}` } : one))
        const { stale, told, written } = yield* exportData(workspace, all, { folder: flags.output, formats: target.wanted, run: flags.run })
        for (const line of told) process.stderr.write(`sediment: ${line}\n`)
        if (stale.length > 0) process.stderr.write(staleLine(stale))
        if (flags.json) return printDocument({ written, exported: all.map(({ name }) => name), stale })
        process.stdout.write(`${some(all.length, "artifact")}: ${flags.output} (${some(written.length, "file")})\n`)
        return
      }
      const { exported, left, sentence, stale, written } = yield* writeExport(workspace, references, target, flags)
      if (flags.json) return printDocument({ written, exported, stale })
      process.stdout.write(`${sentence}\n`)
      if (left.length > 0) process.stderr.write(`sediment: a workbook has no figures: ${left.join(", ")} left out\n`)
    })
  ).pipe(
    Command.withDescription(
      "write printed tables and figures as one document (Word, LaTeX, HTML, Markdown, Excel) or as a file each; with --data, artifacts as data files"
    )
  )
