import { basename, extname } from "node:path"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { readArrow } from "../artifact/read.ts"
import { acceptanceSentence } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { dataExtensions, dataFiles } from "../render/artifact/data-file.ts"
import { tableDocument } from "../render/artifact/table-document.ts"
import { renderArtifact, renderedFormats } from "../render/render.ts"
import { usage } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { ageOf, findArtifact, runFlag } from "./artifact.ts"
import { printDocument } from "./document.ts"
import { figureFlags, figureOptions } from "./figure-options.ts"
import { mapFlags, writeOnMap } from "./map-output.ts"
import { tellWritten, writeOutput } from "./output-file.ts"
import { writePart } from "./part-file.ts"
import { noFont, tableFlags, tableOptions } from "./table-options.ts"
import { wholeNumber } from "./whole-number.ts"

/** `sediment show NODE`: an artifact as a person wants it, as JSON, or written to a file. */
export const show = (installation: Installation) =>
  Command.make(
    "show",
    {
      ...sharedFlags,
      run: runFlag,
      ...tableFlags,
      ...figureFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node[.output]")),
      head: wholeNumber("head").pipe(Flag.withMetavar("N"), Flag.withDescription("rows to show (default: 10; with --json: all)"), Flag.optional),
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FILE"),
        Flag.withDescription(
          `write to a file: ${dataExtensions.join(", ")}; printed tables and figures as they are read to ${Object.keys(renderedFormats.PrintedTable!).join(", ")} (with --data, .csv has the data); with --map to .geojson; spatial weights to .gal, .gwt and .matrix.csv too`
        ),
        Flag.withDefault("")
      ),
      ...mapFlags,
      data: Flag.Boolean("data").pipe(Flag.withDescription("show a printed table or a figure as the data that it is"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const found = yield* findArtifact(workspace, flags.node, flags.run)
      const { node, output, study } = found
      const table = readArrow(found.bytes)
      const onMap = yield* writeOnMap(table, flags)
      const beside = found.type === "PrintedTable" && !flags.data ? yield* tableOptions(workspace, flags.node, flags) : {}
      const extension = extname(flags.output).toLowerCase()
      const drawn = !flags.data && renderedFormats[found.type]?.[extension] !== undefined
      if (flags.output !== "" && drawn) {
        const part = { type: found.type, table, name: basename(flags.output, extname(flags.output)), options: { ...beside, ...figureOptions(flags) } }
        const { blank, written } = yield* writePart(part, flags.output)
        if (!flags.json) tellWritten(written)
        if (blank.length > 0) process.stderr.write(`sediment: ${noFont(blank)}\n`)
      } else if (flags.output !== "" && !onMap) {
        const weights = found.type === "SpatialWeights" ? yield* Effect.promise(() => import("../render/artifact/weights-file.ts")) : undefined
        const asWeights = weights?.weightsFile(table, flags.output)
        const asData = asWeights === undefined ? dataFiles(table, found.bytes, flags.output) : undefined
        const made = asData === undefined ? asWeights : yield* Effect.promise(() => asData)
        if (made === undefined)
          return yield* usage(
            "format",
            `cannot write ${flags.output}: its name must end in ${[...new Set([...dataExtensions, ...Object.keys(renderedFormats[found.type] ?? {}), ...(weights?.weightsExtensions ?? [])])].join(", ")}`
          )
        if ("why" in made) return yield* usage("format", `cannot write ${flags.output}: ${made.why}`)
        const files = "text" in made ? new Map([[flags.output, made.text]]) : made.files
        for (const [file, content] of files) yield* writeOutput(file, content)
        if (!flags.json) tellWritten(files.keys())
        if ("told" in made) for (const line of made.told) process.stderr.write(`sediment: ${flags.output}: ${line}\n`)
      }
      if (found.stale !== undefined) process.stderr.write(`sediment: ${node} is not up to date: ${found.stale}; this is its artifact of before\n`)
      const head = Option.getOrUndefined(flags.head)
      if (flags.json)
        return printDocument({
          study,
          node,
          output,
          artifact: found.artifact,
          stale: found.stale !== undefined,
          ...found.past,
          ...tableDocument(table, head),
          ...(found.type === "SpatialWeights"
            ? { summary: (yield* Effect.promise(() => import("../render/artifact/weights-text.ts"))).summaryOfLinks(table) }
            : {}),
          warnings: found.warnings,
          accepted: found.accepted
        })
      if (flags.output !== "") return
      const type = flags.data ? "" : found.type
      const text = yield* Effect.promise(() =>
        renderArtifact(type, table, "text", node, {
          width: process.stdout.columns || 100,
          colour: styleFor(process.stdout)("red", "x") !== "x",
          ...beside,
          ...(head === undefined ? {} : { head })
        })
      )
      if (found.past !== undefined) process.stdout.write(`${ageOf(found)}\n\n`)
      process.stdout.write(text)
      for (const warning of found.warnings) process.stdout.write(`warning: ${warning.message}\n`)
      for (const one of found.accepted) process.stdout.write(`${acceptanceSentence(one)}\n`)
    })
  ).pipe(Command.withDescription("show a node's artifact: columns, units, first rows, summary, missing and filled cells; -o FILE writes it out"))
