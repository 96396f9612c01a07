import { availableParallelism } from "node:os"
import { Effect, Layer, Schema } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { EngineEvent, NodeReport } from "../engine/events.ts"
import { Executor } from "../engine/executor.ts"
import { run as runStudies } from "../engine/run.ts"
import type { Installation } from "../engine/study.ts"
import { CliFailure, printDocument, usage } from "./document.ts"
import { findNodes } from "./node-reference.ts"
import { closing, progress } from "./progress.ts"
import { writeResults } from "./results.ts"
import { styleFor } from "./style.ts"
import { openWorkspace, sharedFlags, storeOf } from "./workspace.ts"

const jsonNode = ({ study, node, stage, state, changed, why, artifacts, warnings, faults, blockedBy, ms }: NodeReport) => ({
  study,
  node,
  stage,
  state,
  changed,
  why,
  artifacts,
  warnings,
  ...(faults.length > 0 ? { errors: faults } : {}),
  ...(blockedBy.length > 0 ? { blockedBy } : {}),
  ms: Math.round(ms * 1000) / 1000
})

/** What the nodes that ran warn of, each message once with the nodes that gave it. */
const warningsOf = (nodes: ReadonlyArray<NodeReport>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const byMessage = new Map<string, Array<string>>()
  for (const { node, state, warnings } of nodes)
    if (state === "ran") for (const { message } of warnings) byMessage.set(message, [...(byMessage.get(message) ?? []), node])
  return byMessage
}

/** `sediment run [NODE…]`: brings the named nodes, or all that the studies are for, up to date. */
export const run = (installation: Installation) =>
  Command.make(
    "run",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node; all that the study returns where none is given"), Argument.variadic()),
      jobs: Flag.Int("jobs").pipe(
        Flag.withAlias("j"),
        Flag.withDescription("nodes that run at a time (default: the number of processors)"),
        Flag.withSchema(Schema.Int.check(Schema.isGreaterThan(0))),
        Flag.withDefault(availableParallelism())
      )
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const asked = yield* Effect.forEach(flags.node, (reference) => findNodes(workspace.studies, reference))
      const requests = workspace.studies.flatMap((study) => {
        const named = asked.flat().filter((one) => one.study === study)
        const targets = flags.node.length === 0 ? study.graph.targets : named.map((one) => one.node.name)
        return targets.length === 0 ? [] : [{ study, targets }]
      })
      const shown = progress(workspace.studies.length > 1)
      const events: Array<EngineEvent> = []
      const style = styleFor(process.stderr)
      const program = Effect.gen(function* () {
        const report = yield* runStudies({
          run: workspace.run,
          command: ["sediment", ...process.argv.slice(2)],
          studies: requests,
          listen: (event) => {
            events.push(event)
            if (!flags.json) shown.listen(event)
          }
        }).pipe(
          Effect.mapError((error) => usage("store", error.message)),
          Effect.onInterrupt(() =>
            Effect.sync(() => {
              shown.end()
              workspace.remember()
              const last = events.at(-1)
              if (!flags.json && last?.event === "run-finished")
                process.stderr.write(`interrupted; ${closing(last.report.nodes, last.report.ms)}. What ran is kept.\n`)
            })
          )
        )
        workspace.remember()
        const results = yield* writeResults(workspace.studies, report, "results", workspace.build).pipe(
          Effect.mapError((error) => usage("results", error.message))
        )
        if (flags.json) printDocument({ run: report.run, ok: report.ok, nodes: report.nodes.map(jsonNode) })
        else {
          const warned = report.nodes.filter((node) => node.warnings.length > 0)
          for (const [message, nodes] of warningsOf(report.nodes)) process.stderr.write(`${style("yellow", "!")} ${nodes.join(", ")}: ${message}\n`)
          process.stderr.write(`${style(report.ok ? "green" : "red", closing(report.nodes, report.ms))}\n`)
          const kept = warned.filter((node) => node.state === "fresh").length
          if (kept > 0) process.stderr.write(`${kept} fresh node${kept === 1 ? " has" : "s have"} warnings: sediment status shows them\n`)
          if (results.folders.length > 0) process.stderr.write(`results: ${results.folders.join(", ")}\n`)
        }
        if (!report.ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
      })
      yield* program.pipe(Effect.provide(Layer.mergeAll(storeOf(workspace), Executor.threads(flags.jobs, installation.worker))))
    })
  ).pipe(Command.withDescription("bring the study up to date: what depends on an edit runs, and nothing else"))
