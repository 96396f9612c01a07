import { extname } from "node:path"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { type GraphNode, wiresOf } from "../dag/dag.ts"
import { neededFor, planStudy } from "../engine/plan.ts"
import type { Installation, Study } from "../engine/study.ts"
import type { DrawnGraph } from "../render/graph/graph.ts"
import { printDocument } from "./document.ts"
import { usage } from "./failure.ts"
import { findAllNodes } from "./node-reference.ts"
import { writeOutput } from "./output-file.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "./workspace.ts"

/** The format that a file's name asks for. */
const ENDINGS: ReadonlyMap<string, "svg" | "dot"> = new Map([
  [".svg", "svg"],
  [".dot", "dot"],
  [".gv", "dot"]
])

/** What each node and file rests on: edges from what is read to what reads it. */
const drawn = (study: Study, nodes: ReadonlyArray<GraphNode>, states: ReadonlyMap<string, { readonly state: "fresh" | "stale" | "unknown" }>): DrawnGraph => {
  const edges = nodes.flatMap((node) => wiresOf(node).map(([, wire]) => ({ from: "source" in wire ? wire.source : wire.node, to: node.name })))
  const read = new Set(edges.map(({ from }) => from))
  return {
    title: study.graph.study,
    nodes: [
      ...study.graph.sources.filter(({ path }) => read.has(path)).map(({ path }) => ({ name: path, stage: "", state: "source" as const })),
      ...nodes.map((node) => ({ name: node.name, stage: node.stage, state: states.get(node.name)!.state }))
    ],
    edges
  }
}

/** `sediment graph [NODE…]`: the DAG, or what the named nodes rest on, with the state of every node. */
export const graph = (installation: Installation) =>
  Command.make(
    "graph",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("node; draws these and what they rest on; all where none is given"), Argument.variadic()),
      format: Flag.Literals("format", ["svg", "mermaid", "dot"]).pipe(
        Flag.withDescription("svg, mermaid or dot (default: what the name of the file ends in, or mermaid)"),
        Flag.optional
      ),
      output: Flag.String("output").pipe(Flag.withAlias("o"), Flag.withMetavar("FILE"), Flag.withDescription("write to a file"), Flag.withDefault(""))
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      if (workspace.studies.length > 1) return yield* usage("study", "graph draws one study: give one --study")
      const study = workspace.studies[0]!
      const store = yield* known.pipe(Effect.provide(storeOf(workspace)))
      const asked = yield* findAllNodes(workspace.studies, flags.node)
      const nodes = neededFor(study, flags.node.length === 0 ? study.graph.nodes.map((node) => node.name) : asked.map(({ node }) => node.name))
      const plans = planStudy(study, nodes, store)
      workspace.remember()
      const picture = drawn(study, nodes, plans)
      const document = () => printDocument({ study: study.graph.study, nodes: picture.nodes, edges: picture.edges })
      if (flags.json && flags.output === "") return document()
      const text = yield* Effect.promise(async () => {
        const format = Option.getOrElse(flags.format, () => ENDINGS.get(extname(flags.output).toLowerCase()) ?? "mermaid")
        if (format === "svg") return (await import("../render/graph/graph-svg.ts")).graphSvg(picture)
        if (format === "dot") return (await import("../render/graph/graph-dot.ts")).graphDot(picture)
        return (await import("../render/graph/graph-mermaid.ts")).graphMermaid(picture)
      })
      if (flags.output === "") process.stdout.write(text)
      else yield* writeOutput(flags.output, text)
      if (flags.json) document()
    })
  ).pipe(Command.withDescription("draw the DAG with the state of every node"))
