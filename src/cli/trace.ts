import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { type MadeNode, madeNodes } from "../engine/lineage/made-node.ts"
import type { Installation } from "../engine/study.ts"
import { findNode } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { traceRow } from "../workspace/traced-row.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { traceDocument, traceText } from "./trace-text.ts"
import { wholeNumber } from "./whole-number.ts"

/** `sediment trace NODE --entity … --year …`: from what a node took in back to the cells of the files. */
export const trace = (installation: Installation) =>
  Command.make(
    "trace",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node[.output]: a panel, or a model that read one")),
      entity: Flag.String("entity").pipe(Flag.withMetavar("NAME"), Flag.withDescription("as the study names it")),
      year: wholeNumber("year").pipe(Flag.withMetavar("YEAR"), Flag.withDescription("the data year")),
      column: Flag.String("column").pipe(
        Flag.withMetavar("NAME"),
        Flag.withDescription("only this column; may be given more than once (default: all)"),
        Flag.atLeast(0)
      ),
      depth: wholeNumber("depth").pipe(Flag.withMetavar("N"), Flag.withDescription("at most so many steps back"), Flag.optional)
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const one = yield* findNode(workspace.studies, flags.node)
      const { node, study } = one
      const output = one.output ?? Object.keys(node.outputs)[0]!
      const nodes = yield* Effect.flatMap(known, (store) => madeNodes(study, node.name, store)).pipe(Effect.provide(storeOf(workspace)))
      workspace.remember()
      const { isPanel, key, traced } = yield* traceRow(study, nodes, node, output, { entity: flags.entity, year: flags.year }, flags.column)
      const stale = study.graph.nodes.map(({ name }) => nodes(name)).filter((one): one is MadeNode => one !== undefined && !one.fresh)
      const depth = Option.getOrElse(flags.depth, () => Number.POSITIVE_INFINITY)
      if (flags.json)
        return printDocument({
          study: study.graph.study,
          node: node.name,
          output,
          ...key,
          stale: stale.map((one) => one.node.name),
          cells: traced.cells.map((cell) => traceDocument(cell, depth)),
          besides: traced.besides
        })
      if (stale.length > 0)
        process.stderr.write(`sediment: not up to date: ${stale.map((one) => one.node.name).join(", ")}; these are the artifacts of before\n`)
      process.stdout.write(traceText(isPanel ? undefined : node.name, key, traced, depth, styleFor(process.stdout)))
    })
  ).pipe(
    Command.withDescription(
      "follow an entity's year from a node back to the files: the cells that it is made of, how filled ones were filled, and the file, sheet and cell of each"
    )
  )
