import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { accept as acceptNodes } from "../engine/accept.ts"
import type { Installation, Study } from "../engine/study.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { allOf, findNodes, type NodeReference, referenceTo } from "../workspace/node-reference.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"

const STAGE = /^stage:(.+)$/s

/** The nodes of `[study:]node`, or, for `stage:NAME`, those of the stage. */
const nodesOf = (studies: ReadonlyArray<Study>, reference: string): Effect.Effect<ReadonlyArray<Pick<NodeReference, "study" | "node">>, CliFailure> => {
  const stage = STAGE.exec(reference)?.[1]
  if (stage === undefined || studies.some(({ graph }) => graph.study === "stage")) return findNodes(studies, reference)
  const found = studies.flatMap((study) => study.graph.nodes.flatMap((node) => (node.stage === stage ? [{ study, node }] : [])))
  return found.length > 0 ? Effect.succeed(found) : Effect.fail(usage("unknown-stage", `no node is of a stage "${stage}"`, { argument: reference }))
}

/** `sediment accept NODE… --reason "…"`: keeps artifacts over a change of code that does not change what it makes. */
export const accept = (installation: Installation) =>
  Command.make(
    "accept",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node, or stage:NAME for all nodes of a stage"), Argument.variadic({ min: 1 })),
      reason: Flag.String("reason").pipe(
        Flag.withDescription("why the code makes what it made before; kept with the artifacts, and shown with them"),
        Flag.withDefault("")
      )
    },
    Effect.fn(function* (flags) {
      if (flags.reason.trim() === "") return yield* usage("reason", `say why with --reason "…": it is kept with the artifacts`)
      const workspace = yield* openWorkspace(flags, installation)
      const asked = (yield* allOf(flags.node, (reference) => nodesOf(workspace.studies, reference))).flat()
      const studies = new Set(asked.map(({ study }) => study))
      if (studies.size > 1) return yield* usage("study", "accept takes nodes of one study at a time")
      const study = asked[0]!.study
      const nameOf = (node: string) => referenceTo(workspace.studies, study.graph.study, node)
      const report = yield* Effect.gen(function* () {
        const command = ["sediment", ...process.argv.slice(2)]
        const nodes = asked.map(({ node }) => node)
        const toRun = (node: string) => toType("run", nameOf(node))
        return yield* acceptNodes({ run: workspace.run, command, reason: flags.reason.trim(), study, nodes, toRun }, yield* known).pipe(
          Effect.mapError(refused)
        )
      }).pipe(Effect.provide(storeOf(workspace)))
      workspace.remember()
      if (report.refused.length > 0)
        return yield* new CliFailure({
          exitCode: 2,
          errors: report.refused.map(({ code, message, node }) => ({ code, message, where: { study: study.graph.study, node } }))
        })
      if (report.accepted.length === 0)
        return yield* usage("nothing-to-accept", `${report.fresh.map(nameOf).join(", ")}: up to date already, so there is nothing to accept`)
      const accepted = report.accepted.map(({ acceptance, artifacts, node }) => ({ study: study.graph.study, node, artifacts, acceptance }))
      if (flags.json) return printDocument({ run: workspace.run, accepted, fresh: report.fresh })
      const names = accepted.map(({ node }) => nameOf(node))
      for (const name of names) process.stdout.write(`${name} keeps its artifacts\n`)
      if (report.fresh.length > 0) process.stdout.write(`up to date already: ${report.fresh.map(nameOf).join(", ")}\n`)
      process.stdout.write(`This rests on your word, which this proves: ${toType("verify", "--rerun", ...names)}\n`)
    })
  ).pipe(Command.withDescription("keep a node's artifacts over a change of its code that does not change what it makes"))
