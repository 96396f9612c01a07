import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { type NodePlan, neededFor, planStudy } from "../engine/plan.ts"
import { type Prediction, predict } from "../engine/predict.ts"
import { quietStudies } from "../engine/quiet.ts"
import { acceptanceSentence, inBrief } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { count, duration } from "../engine/wording.ts"
import { printDocument } from "./document.ts"
import { refused } from "./failure.ts"
import { findAllNodes } from "./node-reference.ts"
import { styleFor } from "./style.ts"
import { warningsOf } from "./warnings.ts"
import { filesOf, known, openWorkspace, sharedFlags, storeOf } from "./workspace.ts"

const why = (plan: NodePlan) => (plan.state === "fresh" ? [] : plan.why)
const accepted = (plan: NodePlan) => (plan.state === "fresh" && plan.trace.accepted) || []
const warnings = (plan: NodePlan) => (plan.state === "fresh" ? plan.trace.warnings : [])

const estimateOf = (predictions: ReadonlyArray<Prediction>) => {
  const sum = (of: (prediction: Prediction) => number) => predictions.reduce((total, one) => total + of(one), 0)
  return {
    ms: sum((one) => one.ms),
    upTo: sum((one) => one.upTo),
    untimed: { stale: sum((one) => one.untimed.stale), unknown: sum((one) => one.untimed.unknown) }
  }
}

/** "1 node will run, about 0.4 s of work; up to 12 more may follow, about 3 s: …"; nothing where all is fresh. */
const costInWords = (stale: number, unknown: number, { ms, untimed, upTo }: Prediction): string | undefined => {
  const about = (nodes: number, without: number, time: number): string => {
    if (nodes === without) return "for how long is not known, since nothing like it has run"
    return `about ${duration(time)} of work${without === 0 ? "" : ` and ${count(without, "node")} of which nothing like it has run`}`
  }
  if (stale + unknown === 0) return undefined
  const runs = stale === 0 ? "" : `${count(stale, "node")} will run, ${about(stale, untimed.stale, ms)}`
  const follows =
    unknown === 0
      ? ""
      : `${stale === 0 ? "up to" : "; up to"} ${unknown} more may follow, ${about(unknown, untimed.unknown, upTo - ms)}: any of them is cut off if what it reads comes out the same`
  return `${runs}${follows}`
}

/** `sediment status [NODE…]`: what `run` would do, without doing it. */
export const status = (installation: Installation) =>
  Command.make(
    "status",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node"), Argument.variadic()),
      all: Flag.Boolean("all").pipe(Flag.withDescription("name the fresh nodes too"), Flag.withDefault(false))
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
      const predictions = new Map<string, Prediction>()
      const rows = planned.flatMap((study) => {
        const targets = flags.node.length === 0 ? study.graph.targets : asked.flatMap((one) => (one.study === study ? [one.node.name] : []))
        const nodes = neededFor(study, targets)
        const plans = planStudy(study, nodes, store!)
        const prediction = predict(study, plans, store!.history)
        predictions.set(study.graph.study, prediction)
        return nodes.map((node) => ({ study: study.graph.study, node, plan: plans.get(node.name)!, ms: prediction.nodes.get(node.name) }))
      })
      workspace.remember()
      if (flags.json)
        return printDocument({
          estimate: estimateOf([...predictions.values()]),
          nodes: rows.map(({ study, node, plan, ms }) => ({
            study,
            node: node.name,
            stage: node.stage,
            state: plan.state,
            why: why(plan),
            warnings: warnings(plan),
            // Of a fresh node there is nothing to expect.
            ...(plan.state === "fresh" ? {} : { ms: ms ?? null, mayBeCutOff: plan.state === "unknown" }),
            ...(accepted(plan).length > 0 ? { accepted: accepted(plan) } : {})
          }))
        })
      const style = styleFor(process.stdout)
      const colour = { fresh: "green", stale: "yellow", unknown: "dim" } as const
      for (const study of workspace.studies) {
        const name = study.graph.study
        const answer = quiet.get(study)
        const own = rows.filter((row) => row.study === name)
        const of = (state: NodePlan["state"]) => own.filter((row) => row.plan.state === state).length
        const all = answer?.nodes ?? own.length
        process.stdout.write(
          `${style("bold", name)}  ${count(all, "node")}: ${answer?.nodes ?? of("fresh")} fresh, ${of("stale")} stale, ${of("unknown")} unknown until their inputs run\n`
        )
        const prediction = predictions.get(name)
        const cost = prediction && costInWords(of("stale"), of("unknown"), prediction)
        if (cost !== undefined) process.stdout.write(`  ${cost}\n`)
        for (const { node, plan } of own) {
          if (plan.state !== "fresh" || flags.all)
            process.stdout.write(
              `  ${style(colour[plan.state], plan.state.padEnd(7))}  ${node.name}${plan.state === "fresh" ? "" : `  ${style("dim", inBrief(why(plan)))}`}\n`
            )
        }
        const byWord = Map.groupBy(
          own.filter(({ plan }) => accepted(plan).length > 0),
          ({ plan }) => acceptanceSentence(accepted(plan).at(-1)!)
        )
        for (const [sentence, rows] of byWord)
          process.stdout.write(`  ${style("cyan", "accepted")} ${rows.map(({ node }) => node.name).join(", ")}: ${sentence}\n`)
        const told = warningsOf(
          answer?.warned.map(({ node, warnings: all }) => ({ name: node, warnings: all })) ??
            own.map(({ node, plan }) => ({ name: node.name, warnings: warnings(plan) }))
        )
        for (const [message, nodes] of told) process.stdout.write(`  ${style("yellow", "warning")}  ${nodes.join(", ")}: ${message}\n`)
      }
    })
  ).pipe(Command.withDescription("tell what run would do, and how much work it is: which nodes are fresh, stale, or unknown until their inputs run"))
