import { availableParallelism } from "node:os"
import { Clock, Effect, Layer } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { countStates, type EngineEvent, isFetched, type NodeReport, type RunReport, type StateCounts } from "../engine/events.ts"
import { quietStudies, recordQuiet } from "../engine/quiet.ts"
import type { QuietStudy } from "../engine/request.ts"
import { run as runStudies } from "../engine/run.ts"
import type { Installation } from "../engine/study.ts"
import { count } from "../engine/wording.ts"
import { compactRuns } from "../store/gc.ts"
import { isBranch } from "../workspace/branches.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { liveListener } from "../workspace/live/live-file.ts"
import { findAllNodes, referenceTo } from "../workspace/node-reference.ts"
import { remoteFlags, remoteOf } from "../workspace/remote.ts"
import { styleFor } from "../workspace/style.ts"
import { filesOf, indexes, openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { blockedLines } from "./blocked-lines.ts"
import { printDocument } from "./document.ts"
import { executorFlag, executorOf } from "./executor.ts"
import { closing, type Label, progress } from "./progress.ts"
import { resultsOf } from "./results.ts"
import { sharedResults } from "./shared-results.ts"
import { skippedLine } from "./skipped-line.ts"
import { warningsOf } from "./warnings.ts"
import { jobsFlag } from "./whole-number.ts"

const jsonNode = ({ study, node, stage, state, from, changed, why, artifacts, warnings, faults, blockedBy, attempts, ms }: NodeReport) => ({
  study,
  node,
  stage,
  state,
  ...(from && { from }),
  changed,
  why,
  artifacts,
  warnings,
  ...(faults.length > 0 ? { errors: faults } : {}),
  ...(blockedBy.length > 0 ? { blockedBy } : {}),
  ...(attempts > 1 ? { attempts } : {}),
  ms: Math.round(ms * 1000) / 1000
})

const withQuiet = (states: StateCounts, quiet: ReadonlyArray<QuietStudy>): StateCounts => ({
  ...states,
  fresh: (states.fresh ?? 0) + quiet.reduce((sum, { answer }) => sum + answer.nodes, 0)
})
const warnedIn = (quiet: ReadonlyArray<QuietStudy>): number => quiet.reduce((sum, { answer }) => sum + answer.warned.length, 0)

// What no stage saw cannot be run again.
const BEFORE_ITS_STAGE = new Set(["missing-file", "input-lost", "missing-program", "unknown-version"])
const isFailedStage = ({ faults, state }: NodeReport): boolean => state === "failed" && !faults.every(({ code }) => BEFORE_ITS_STAGE.has(code))

const isGood = ({ state }: NodeReport): boolean => state === "ran" || state === "fresh"

/** How much of what branches need is the same work, done once for all of them. */
const sharedInWords = (branches: number, { distinct, nodes }: RunReport): string => {
  const good = nodes.filter(isGood).length
  return `${branches} branches need ${count(good, "node")}, ${distinct} of them different: ${good - distinct} shared`
}

/** The flags of run, which watch takes too. */
export const runFlags = {
  ...sharedFlags,
  ...remoteFlags,
  node: Argument.String("node").pipe(Argument.withDescription("[study:]node; all that the study returns where none is given"), Argument.variadic()),
  jobs: jobsFlag.pipe(Flag.withDefault(availableParallelism())),
  keepGoing: Flag.Boolean("keep-going").pipe(
    Flag.withDescription("after a failure run all that does not rest on it (the default); with --no-keep-going nothing new starts after the first failure"),
    Flag.withDefault(true)
  ),
  executor: executorFlag,
  keepFolders: Flag.Boolean("keep-folders").pipe(
    Flag.withDescription("keep the folder of a stage that is a command where it fails, and say where it is"),
    Flag.withDefault(false)
  )
}

/** `sediment run [NODE…]`: brings the named nodes, or all that the studies are for, up to date. */
export const run = (installation: Installation) =>
  Command.make(
    "run",
    runFlags,
    Effect.fn(function* (flags) {
      const remote = yield* remoteOf(flags)
      const workspace = yield* openWorkspace(flags, installation)
      const asked = yield* findAllNodes(workspace.studies, flags.node)
      const requests = workspace.studies.flatMap((study) => {
        const targets = flags.node.length === 0 ? study.graph.targets : asked.flatMap((one) => (one.study === study ? [one.node.name] : []))
        return targets.length === 0 ? [] : [{ study, targets }]
      })
      const named = new Set(asked.map(({ node, study }) => `${study.graph.study}:${node.name}`))
      const results = workspace.studies.map((study) => resultsOf(study, "results", workspace.build))
      const label: Label = (study, node) => referenceTo(workspace.studies, study, node)
      const shown = progress(label)
      const listen = (event: EngineEvent) => {
        if (!flags.json) shown.listen(event)
      }
      const shared = sharedResults(remote, flags.json, (message) => listen({ event: "shared-store", message }))
      let last: RunReport | undefined
      const branched = workspace.studies.filter(({ graph }) => isBranch(graph.study)).length
      const branches = branched > 1 ? branched : 0
      const document = ({ distinct, nodes, ok, run: name }: RunReport, more: object = {}) =>
        printDocument({
          run: name,
          ok,
          nodes: nodes.map(jsonNode),
          ...more,
          ...(branches === 0 ? {} : { branches: { branches, nodes: nodes.filter(isGood).length, distinct, shared: nodes.filter(isGood).length - distinct } })
        })
      const style = styleFor(process.stderr)
      const command = ["sediment", ...process.argv.slice(2)]
      const kept = (nodes: number) => {
        if (nodes > 0) process.stderr.write(`${count(nodes, "fresh node has", "fresh nodes have")} warnings: ${toType("status")} shows them\n`)
      }
      const tellFolders = (written: ReadonlyArray<string>, quiet: ReadonlyArray<QuietStudy>) => {
        const kept = quiet.flatMap(({ answer, study }) => (answer.printed.length === 0 ? [] : [results[workspace.studies.indexOf(study)]!.folder]))
        if (written.length + kept.length > 0) process.stderr.write(`results: ${[...written, ...kept].join(", ")}\n`)
      }
      /** Brings up to date what is not known to be. */
      const bring = Effect.fnUntraced(function* (quiet: ReadonlyArray<QuietStudy>) {
        const tellLive = yield* liveListener(workspace.cache, command)
        const report = yield* runStudies({
          run: workspace.run,
          command,
          quiet,
          memory: workspace.fresh,
          studies: requests.filter(({ study }) => quiet.every((one) => one.study !== study)),
          stopAtFailure: !flags.keepGoing,
          // A node that is asked for by name is looked at, so that what `show` found damaged can be mended.
          willRead: (node) => named.has(`${node.study}:${node.node}`) || results.some((one) => one.isDue(node)),
          listen: (event) => {
            if (event.event === "run-finished") last = event.report
            tellLive(event)
            listen(event)
          }
        }).pipe(
          Effect.mapError(refused),
          Effect.onInterrupt(() =>
            Effect.sync(() => {
              shown.end()
              workspace.remember()
              const onwards = `${toType("run", ...flags.node)} goes on`
              if (flags.json) {
                if (last !== undefined) document(last)
              } else if (last === undefined) process.stderr.write(`interrupted before anything ran; ${onwards}\n`)
              else process.stderr.write(`interrupted; ${closing(countStates(last.nodes), last.ms)}. What ran is kept: ${onwards}\n`)
            })
          )
        )
        workspace.remember()
        const folders = yield* Effect.forEach(results, (one) => one.write(report)).pipe(
          Effect.mapError((error) => (error instanceof CliFailure ? error : usage("results", error.message)))
        )
        if (flags.json) document(report, yield* shared.kept(report))
        else {
          const told = warningsOf(
            report.nodes.filter(({ state }) => state === "ran").map(({ node, study, warnings }) => ({ name: label(study, node), warnings }))
          )
          for (const [message, nodes] of told) process.stderr.write(`${style("yellow", "!")} ${nodes.join(", ")}: ${message}\n`)
          process.stderr.write(
            `${style(report.ok ? "green" : "red", closing(withQuiet(countStates(report.nodes), quiet), report.ms, report.nodes.filter(isFetched).length))}\n`
          )
          if (branches > 0) process.stderr.write(`${sharedInWords(branches, report)}\n`)
          for (const line of blockedLines(report.nodes, label)) process.stderr.write(`${line}\n`)
          const skipped = skippedLine(report.nodes, label)
          if (skipped !== undefined) process.stderr.write(`${style("yellow", "!")} ${skipped}\n`)
          const failed = report.nodes.filter(isFailedStage)
          if (failed[0] !== undefined) {
            const one = toType("debug", label(failed[0].study, failed[0].node))
            process.stderr.write(`to run ${failed.length === 1 ? "it" : "one of them"} alone, under a debugger: ${one}\n`)
          }
          kept(report.nodes.filter((node) => node.state === "fresh" && node.warnings.length > 0).length + warnedIn(quiet))
          const written = folders.filter((folder) => folder !== undefined)
          tellFolders(
            written.map((one) => one.folder),
            quiet
          )
          for (const { folder, outdated } of written)
            if (outdated.length > 0) process.stderr.write(`not up to date in ${folder}, left from an earlier run: ${outdated.join(", ")}\n`)
        }
        if (!flags.json) yield* shared.kept(report)
        // What was asked for is done: a history that cannot be written to stays as it is.
        yield* Effect.ignore(compactRuns(workspace.cache, Date.now()))
        if (!report.ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
      }, Effect.scoped)
      const program = Effect.gen(function* () {
        // Whoever asks for the whole document, for a node by name, or what branches share wants each of them looked at.
        const asks = flags.json || flags.node.length > 0 || branches > 0
        const began = yield* Clock.currentTimeMillis
        const remembered = asks ? [] : yield* quietStudies(workspace.studies, workspace.fresh).pipe(Effect.mapError(refused))
        const quiet = remembered.filter(({ answer, study }) => results[workspace.studies.indexOf(study)]!.isCurrent(answer.printed))
        if (quiet.length < workspace.studies.length)
          return yield* bring(quiet).pipe(
            Effect.provide(
              Layer.merge(
                indexes,
                (yield* executorOf({ ...flags, cache: workspace.cache, remote, tell: shown.tell, installation })).pipe(Layer.provideMerge(shared.layer))
              )
            )
          )
        const ms = (yield* Clock.currentTimeMillis) - began
        // A cache that cannot be written to is read all the same.
        yield* Effect.ignore(recordQuiet({ run: workspace.run, at: began, command, ms }, quiet))
        workspace.remember()
        process.stderr.write(`${style("green", closing(withQuiet({}, quiet), ms))}\n`)
        kept(warnedIn(quiet))
        shared.nothingSent()
        tellFolders([], quiet)
      })
      yield* program.pipe(Effect.provide(filesOf(workspace)))
    })
  ).pipe(Command.withDescription("bring the study up to date: what depends on an edit runs, and nothing else"))
