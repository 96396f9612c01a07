import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { costInWords } from "../engine/cost-in-words.ts"
import { lastFailure } from "../engine/last-failure.ts"
import { type NodePlan, neededFor, warningsIn } from "../engine/plan.ts"
import { type PlannedRun, plannedRun } from "../engine/planned-run.ts"
import type { Prediction } from "../engine/predict.ts"
import { quietStudies } from "../engine/quiet.ts"
import type { Installation } from "../engine/study.ts"
import { count } from "../engine/wording.ts"
import { refused } from "../workspace/failure.ts"
import { findAllNodes } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { filesOf, known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { failureDocument } from "./failure-document.ts"
import { acceptedOf, type StatusRow, statusLines, warningLines, whyOf } from "./status-lines.ts"

const estimateOf = (predictions: ReadonlyArray<Prediction>) => {
  const sum = (of: (prediction: Prediction) => number) => predictions.reduce((total, one) => total + of(one), 0)
  return {
    ms: sum((one) => one.ms),
    upTo: sum((one) => one.upTo),
    untimed: { stale: sum((one) => one.untimed.stale), unknown: sum((one) => one.untimed.unknown) }
  }
}

/** `sediment status [NODE…]`: what `run` would do, without doing it. */
export const status = (installation: Installation) =>
  Command.make(
    "status",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node"), Argument.variadic()),
      all: Flag.Boolean("all").pipe(Flag.withDescription("name each node by itself, the fresh ones too, and tell each warning"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const asked = yield* findAllNodes(workspace.studies, flags.node)
      // Whoever asks for each node wants each of them looked at.
      const asks = flags.json || flags.all || flags.node.length > 0
      const remembered = asks ? [] : yield* quietStudies(workspace.studies, workspace.fresh).pipe(Effect.provide(filesOf(workspace)), Effect.mapError(refused))
      const quiet = new Map(remembered.map(({ answer, study }) => [study, answer]))
      const planned = workspace.studies.filter((study) => !quiet.has(study))
      const store = planned.length === 0 ? undefined : yield* known.pipe(Effect.provide(storeOf(workspace)))
      const skipped = new Set<string>()
      const hindered = new Map<string, PlannedRun["cannot"]>()
      const predictions = new Map<string, Prediction>()
      const rows = planned.flatMap((study) => {
        const targets = flags.node.length === 0 ? study.graph.targets : asked.flatMap((one) => (one.study === study ? [one.node.name] : []))
        const nodes = neededFor(study, targets)
        const { cannot, plans, prediction, skipped: without } = plannedRun(study, nodes, store!)
        for (const name of without) skipped.add(`${study.graph.study}:${name}`)
        hindered.set(study.graph.study, cannot)
        predictions.set(study.graph.study, prediction)
        return nodes.map((node): StatusRow => {
          const plan = plans.get(node.name)!
          const failure = plan.state === "fresh" ? undefined : lastFailure(store!.history, study.graph.study, node.name)
          return { study: study.graph.study, node, plan, ms: prediction.nodes.get(node.name), failed: failure === undefined ? [] : [failure] }
        })
      })
      workspace.remember()
      if (flags.json)
        return printDocument({
          estimate: estimateOf([...predictions.values()]),
          nodes: rows.map(({ study, failed, node, plan, ms }) => ({
            study,
            node: node.name,
            stage: node.stage,
            state: plan.state,
            why: whyOf(plan),
            warnings: warningsIn(plan),
            // Of a fresh node there is nothing to expect.
            ...(plan.state === "fresh" ? {} : { ms: ms ?? null, mayBeCutOff: plan.state === "unknown" }),
            // What keeps it from running, where something does: a run would not bring it to a good end.
            cannotRun: skipped.has(`${study}:${node.name}`) ? [] : (hindered.get(study)?.get(node.name) ?? []),
            failed: failed.map(failureDocument),
            accepted: acceptedOf(plan)
          }))
        })
      const style = styleFor(process.stdout)
      const whole = flags.all || flags.node.length > 0
      const several = workspace.studies.length > 1
      const summaries = workspace.studies.map((study) => {
        const name = study.graph.study
        const answer = quiet.get(study)
        const own = rows.filter((row) => row.study === name)
        const lines = answer === undefined ? statusLines(own, { whole, all: flags.all, style }) : warningLines(answer.warned, whole, style)
        if (several && lines.length > 0) process.stdout.write(`${style("bold", name)}\n`)
        for (const line of lines) process.stdout.write(`  ${line}\n`)
        const of = (state: NodePlan["state"]) => own.filter((row) => row.plan.state === state).length
        const counts = { fresh: answer?.nodes ?? of("fresh"), stale: of("stale"), unknown: of("unknown") }
        const all = counts.fresh + counts.stale + counts.unknown
        const cannot = new Map([...(hindered.get(name) ?? [])].filter(([node]) => !skipped.has(`${name}:${node}`)))
        const runs = (state: NodePlan["state"]) =>
          own.filter((row) => row.plan.state === state && !skipped.has(`${name}:${row.node.name}`) && !cannot.has(row.node.name)).length
        const cost = costInWords(runs("stale"), runs("unknown"), predictions.get(name))
        const without = own.filter((row) => skipped.has(`${name}:${row.node.name}`)).length
        const faults = [...new Set([...cannot.values()].flat().map(({ message }) => message))]
        const lacking =
          faults.length === 0
            ? ""
            : `  ${count(cannot.size, "node")} cannot run:${faults.length === 1 ? ` ${faults[0]}` : faults.map((fault) => `\n    ${fault}`).join("")}\n`
        return `${style("bold", name)}  ${count(all, "node")}: ${counts.fresh} fresh, ${counts.stale} stale, ${counts.unknown} unknown until their inputs run\n${cost === undefined ? "" : `  ${cost}\n`}${without === 0 ? "" : `  ${count(without, "node")} will be skipped, for lack of a program\n`}${lacking}`
      })
      // Of many lines, the last ones are seen.
      process.stdout.write(summaries.join(""))
    })
  ).pipe(Command.withDescription("tell what run would do, and how much work it is: which nodes are fresh, stale, or unknown until their inputs run"))
