import { availableParallelism } from "node:os"
import { Effect, Layer, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { readArrow } from "../artifact/read.ts"
import { countStates, type EngineEvent, isFetched, type NodeReport, type RunReport } from "../engine/events.ts"
import { fileName } from "../engine/file-name.ts"
import { run as runStudies } from "../engine/run.ts"
import type { Installation, Study } from "../engine/study.ts"
import { count } from "../engine/wording.ts"
import { renderArtifact } from "../render/render.ts"
import { ObjectStore } from "../store/objects.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { liveListener } from "../workspace/live/live-file.ts"
import { remoteFlags, remoteOf } from "../workspace/remote.ts"
import { styleFor } from "../workspace/style.ts"
import { filesOf, indexes, openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { blockedLines } from "./blocked-lines.ts"
import { comparisonNodes, noComparison, type SharedNodes, sharedNodes } from "./compare/comparison-nodes.ts"
import { digest, movesMost, type Outcome, rowsOf } from "./compare/comparison-outcome.ts"
import { printDocument } from "./document.ts"
import { executorFlag, executorOf } from "./executor.ts"
import { exportTarget, fileFormats, writeExport } from "./export-files.ts"
import { figureFlags } from "./figure-options.ts"
import { closing, progress } from "./progress.ts"
import { resultsOf } from "./results.ts"
import { sharedResults } from "./shared-results.ts"
import { tableFlags } from "./table-options.ts"
import { warningsOf } from "./warnings.ts"
import { jobsFlag } from "./whole-number.ts"

/** Printed without `--all`: the rest is in the folder of results. */
const TOLD: ReadonlySet<string> = new Set(["comparison-table-ranks", "comparison-table-curve", "comparison-table-inference", "comparison-table-choices"])

const isGood = ({ state }: NodeReport): boolean => state === "ran" || state === "fresh"

/** The artifacts of the nodes that are data, by node and output. */
const readOutcome = (report: RunReport, nodes: ReadonlySet<string>) =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const outcome = new Map<string, ReturnType<typeof rowsOf>>()
    for (const { artifacts, node } of report.nodes)
      if (nodes.has(node))
        for (const [output, artifact] of Object.entries(artifacts))
          outcome.set(output === "output" ? node : `${node}.${output}`, rowsOf(readArrow(yield* objects.get(artifact))))
    return outcome as Outcome
  }).pipe(Effect.mapError((error) => (error._tag === "StoreFailure" ? refused(error) : usage("object", error.message))))

/** Of each set's index, what its Monte Carlo came to. */
const uncertaintyIn = (outcome: Outcome) => {
  const found = [...outcome].flatMap(([name, rows]) => {
    const [, set, output] = /^comparison-uncertainty\[(.*)\]\.(\w+)$/.exec(name) ?? []
    return set === undefined ? [] : [{ set, output: output!, rows }]
  })
  return Object.fromEntries(
    [...Map.groupBy(found, ({ set }) => set)].map(([set, own]) => [set, Object.fromEntries(own.map(({ output, rows }) => [output, rows]))])
  )
}

const documentOf = (study: Study, report: RunReport, outcome: Outcome, shared: SharedNodes, written: ReadonlyArray<string>) => {
  const of = (name: string) => outcome.get(name) ?? []
  return {
    run: report.run,
    ok: report.ok,
    study: study.graph.study,
    ranks: { entities: of("comparison-ranks.entities"), agreement: of("comparison-ranks.agreement"), choices: of("comparison-ranks.choices") },
    curve: {
      estimates: of("comparison-curve.estimates"),
      summary: of("comparison-curve.summary"),
      tests: of("comparison-inference"),
      choices: of("comparison-curve.choices"),
      options: of("comparison-curve.options")
    },
    uncertainty: uncertaintyIn(outcome),
    movesMost: { ranks: movesMost(of("comparison-ranks.choices")) ?? null, coefficient: movesMost(of("comparison-curve.choices")) ?? null },
    shared,
    states: countStates(report.nodes),
    ...(report.ok ? {} : { errors: report.nodes.flatMap(({ faults, node }) => faults.map((fault) => ({ ...fault, where: { ...fault.where, node } }))) }),
    written
  }
}

/** `sediment compare [FILE]`: every way to measure and to specify that a comparison names, and how much rests on which. */
export const compare = (installation: Installation) =>
  Command.make(
    "compare",
    {
      ...sharedFlags,
      ...tableFlags,
      ...figureFlags,
      ...remoteFlags,
      file: Argument.String("file").pipe(
        Argument.withDescription("the comparison, a YAML or JSON file (default: the study's own); short for --with comparison=FILE"),
        Argument.optional
      ),
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FILE|FOLDER"),
        Flag.withDescription("write its tables and its figure: one document (.html, .md, .tex, .docx, .xlsx), or a folder for a file each"),
        Flag.withDefault("")
      ),
      format: Flag.String("format").pipe(
        Flag.withMetavar("FORMATS"),
        Flag.withDescription(`of the files in a folder, with commas between: ${fileFormats.join(", ")} (default: tex,svg)`),
        Flag.withDefault("")
      ),
      all: Flag.Boolean("all").pipe(Flag.withDescription("print all of its tables"), Flag.withDefault(false)),
      executor: executorFlag,
      jobs: jobsFlag.pipe(Flag.withDefault(availableParallelism()))
    },
    Effect.fn(function* (flags) {
      const remote = yield* remoteOf(flags)
      const target = flags.output === "" ? undefined : yield* exportTarget(flags)
      const file = Option.getOrUndefined(flags.file)
      const workspace = yield* openWorkspace({ ...flags, with: [...flags.with, ...(file === undefined ? [] : [`comparison=${file}`])] }, installation).pipe(
        // The study has no such data file to put another in the place of.
        Effect.mapError((failure) =>
          file !== undefined && failure.errors.some(({ code, message }) => code === "with" && message.includes("--with comparison="))
            ? noComparison(flags.study[0] ?? "dag.ts")
            : failure
        )
      )
      const [study] = workspace.studies
      if (study === undefined || workspace.studies.length > 1)
        return yield* usage(
          "study",
          "a comparison is of one study: give one --study, one comparison, and one file for each name; indicator sets to compare stand in the comparison"
        )
      const { models, printed, results } = yield* comparisonNodes(study)
      const names = new Set(results.map(({ name }) => name))
      const folder = resultsOf(study, "results", workspace.build)
      const shown = progress((_, node) => node)
      const style = styleFor(process.stderr)
      const say = (text: string) => process.stderr.write(`${text}\n`)
      const listen = (event: EngineEvent) => {
        if (!flags.json) shown.listen(event)
      }
      const fromOthers = sharedResults(remote, flags.json, (message) => listen({ event: "shared-store", message }))
      yield* Effect.gen(function* () {
        const command = ["sediment", ...process.argv.slice(2)]
        const tellLive = yield* liveListener(workspace.cache, command)
        const report = yield* runStudies({
          run: workspace.run,
          command,
          quiet: [],
          memory: workspace.fresh,
          studies: [{ study, targets: [...names] }],
          // What is printed is read: a damaged artifact is made again.
          willRead: ({ node }) => names.has(node),
          listen: (event) => {
            tellLive(event)
            listen(event)
          }
        }).pipe(
          Effect.mapError(refused),
          Effect.onInterrupt(() =>
            Effect.sync(() => {
              shown.end()
              workspace.remember()
              if (!flags.json) say(`interrupted. What ran is kept: ${toType("compare", ...(file === undefined ? [] : [file]))} goes on`)
            })
          )
        )
        workspace.remember()
        const { folder: written } = (yield* folder
          .write(report)
          .pipe(Effect.mapError((error) => (error instanceof CliFailure ? error : usage("results", error.message))))) ?? { folder: folder.folder }
        const shared = sharedNodes(study, models, report.nodes)
        const outcome = yield* readOutcome(report, new Set(results.filter((node) => !printed.includes(node)).map(({ name }) => name)))
        if (!flags.json) {
          const told = warningsOf(report.nodes.filter((one) => isGood(one) && names.has(one.node)).map(({ node, warnings }) => ({ name: node, warnings })))
          for (const [message, nodes] of told) say(`${style("yellow", "!")} ${nodes.join(", ")}: ${message}`)
          for (const line of blockedLines(report.nodes, (_, node) => node)) say(line)
        }
        const exported =
          target === undefined || !report.ok
            ? undefined
            : yield* writeExport(
                workspace,
                printed.map(({ name, outputs }) => ({ reference: name, study: study.graph.study, name: fileName(name), type: Object.values(outputs)[0]! })),
                target,
                { ...flags, run: "" }
              )
        if (flags.json) printDocument({ ...documentOf(study, report, outcome, shared, exported?.written ?? []), ...(yield* fromOthers.kept(report)) })
        else {
          if (report.ok) yield* printResults(report, printed, outcome, flags.all)
          say(style(report.ok ? "green" : "red", closing(countStates(report.nodes), report.ms, report.nodes.filter(isFetched).length)))
          say(inWords(shared))
          if (report.ok) say(`results: ${written} (${count(printed.length, "table or figure", "tables and figures")} of the comparison)`)
          if (exported !== undefined) say(exported.sentence)
          yield* fromOthers.kept(report)
        }
        if (!report.ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
      }).pipe(
        Effect.scoped,
        Effect.provide(
          Layer.merge(
            indexes,
            (yield* executorOf({ ...flags, cache: workspace.cache, remote, tell: shown.tell, installation })).pipe(Layer.provideMerge(fromOthers.layer))
          ).pipe(Layer.provideMerge(filesOf(workspace)))
        )
      )
    })
  ).pipe(
    Command.withDescription(
      "run what a comparison names (indicator sets, weightings, aggregations, specifications, samples) and tell how ranks and the coefficient hold, and what moves them most"
    )
  )

const inWords = ({ distinct, fresh, needed, ran, specifications }: SharedNodes): string =>
  `${count(specifications, "specification")}, each with what it rests on, are ${count(needed, "node")}; ${distinct} of them different (${ran} ran, ${fresh} fresh): ${needed - distinct} shared`

/** The digest, then the tables that are told. */
const printResults = (report: RunReport, printed: ReadonlyArray<{ readonly name: string }>, outcome: Outcome, all: boolean) =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const style = styleFor(process.stdout)
    process.stdout.write(`${digest(outcome).join("\n")}\n`)
    for (const { name } of printed) {
      const artifact = report.nodes.find(({ node }) => node === name)?.artifacts["output"]
      if (artifact === undefined || !(TOLD.has(name) || (all && name.startsWith("comparison-table")))) continue
      const table = readArrow(yield* objects.get(artifact).pipe(Effect.mapError((error) => usage("object", error.message))))
      const colour = style("red", "x") !== "x"
      process.stdout.write(
        `\n${yield* Effect.promise(() => renderArtifact("PrintedTable", table, "text", name, { width: process.stdout.columns || 100, colour }))}`
      )
    }
  })
