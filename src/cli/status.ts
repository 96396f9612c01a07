import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { type NodePlan, neededFor, planStudy } from "../engine/plan.ts"
import { inBrief } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { printDocument } from "./document.ts"
import { findAllNodes } from "./node-reference.ts"
import { count, styleFor } from "./style.ts"
import { warningsOf } from "./warnings.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "./workspace.ts"

const why = (plan: NodePlan) => (plan.state === "fresh" ? [] : plan.why)
const warnings = (plan: NodePlan) => (plan.state === "fresh" ? plan.trace.warnings : [])

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
      const store = yield* known.pipe(Effect.provide(storeOf(workspace)))
      const rows = workspace.studies.flatMap((study) => {
        const targets = flags.node.length === 0 ? study.graph.targets : asked.flatMap((one) => (one.study === study ? [one.node.name] : []))
        const nodes = neededFor(study, targets)
        const plans = planStudy(study, nodes, store)
        return nodes.map((node) => ({ study: study.graph.study, node, plan: plans.get(node.name)! }))
      })
      workspace.remember()
      if (flags.json)
        return printDocument({
          nodes: rows.map(({ study, node, plan }) => ({
            study,
            node: node.name,
            stage: node.stage,
            state: plan.state,
            why: why(plan),
            warnings: warnings(plan)
          }))
        })
      const style = styleFor(process.stdout)
      const colour = { fresh: "green", stale: "yellow", unknown: "dim" } as const
      for (const { study } of workspace.studies.map((one) => ({ study: one.graph.study }))) {
        const own = rows.filter((row) => row.study === study)
        const of = (state: NodePlan["state"]) => own.filter((row) => row.plan.state === state).length
        process.stdout.write(
          `${style("bold", study)}  ${count(own.length, "node")}: ${of("fresh")} fresh, ${of("stale")} stale, ${of("unknown")} unknown until their inputs run\n`
        )
        for (const { node, plan } of own) {
          if (plan.state !== "fresh" || flags.all)
            process.stdout.write(
              `  ${style(colour[plan.state], plan.state.padEnd(7))}  ${node.name}${plan.state === "fresh" ? "" : `  ${style("dim", inBrief(why(plan)))}`}\n`
            )
        }
        const told = warningsOf(own.map(({ node, plan }) => ({ name: node.name, warnings: warnings(plan) })))
        for (const [message, nodes] of told) process.stdout.write(`  ${style("yellow", "warning")}  ${nodes.join(", ")}: ${message}\n`)
      }
    })
  ).pipe(Command.withDescription("tell what run would do: which nodes are fresh, stale, or unknown until their inputs run"))
