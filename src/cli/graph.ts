import { extname } from "node:path"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { neededFor } from "../engine/plan.ts"
import type { Installation, Study } from "../engine/study.ts"
import type { DrawnGraph } from "../render/graph/graph.ts"
import { grouped } from "../render/graph/grouped.ts"
import { neighbourhood } from "../render/graph/neighbourhood.ts"
import { RunHistory } from "../store/runs.ts"
import { usage } from "../workspace/failure.ts"
import { openHistory, runsOf } from "../workspace/history.ts"
import { findAllNodes } from "../workspace/node-reference.ts"
import { findRun } from "../workspace/run-reference.ts"
import { known, openWorkspace, type SharedFlags, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { plannedGraph } from "./graph/planned-graph.ts"
import { recordedGraph } from "./graph/recorded-graph.ts"
import { tellWritten, writeOutput } from "./output-file.ts"

/** The format that a file's name asks for. */
const ENDINGS = { ".svg": "svg", ".png": "png", ".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot" } as const
const FORMATS = ["svg", "png", "mermaid", "dot"] as const
type Format = (typeof FORMATS)[number]

/** From so many nodes on, those of a map are drawn as one. */
const GROUPED = 60

const nodesFlag = (name: string, what: string) => Flag.String(name).pipe(Flag.withMetavar("NODE"), Flag.withDescription(what), Flag.atLeast(0))

interface GraphFlags extends SharedFlags {
  readonly node: ReadonlyArray<string>
  readonly from: ReadonlyArray<string>
  readonly to: ReadonlyArray<string>
  readonly run: Option.Option<string>
}

/** A graph, and the nodes that references may name. */
interface Whole {
  readonly graph: DrawnGraph
  readonly nodes: ReadonlyArray<{ readonly name: string; readonly outputs: Readonly<Record<string, string>> }>
}

/** The part of the graph that is asked for. */
const asked = ({ graph, nodes }: Whole, flags: GraphFlags) =>
  Effect.gen(function* () {
    const find = (references: ReadonlyArray<string>) =>
      Effect.map(findAllNodes([{ graph: { study: graph.title, nodes } }], references), (found) => found.map(({ node }) => node.name))
    const [from, to] = [yield* find(flags.from), yield* find([...flags.node, ...flags.to])]
    return neighbourhood(graph, { from, to })
  })

/** The study that is drawn: the only one, or the one that every node is named with, `study@branch:node`. */
const drawnStudy = (studies: ReadonlyArray<Study>, references: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    if (studies.length === 1) return studies[0]!
    const named = new Set((yield* findAllNodes(studies, references)).map(({ study }) => study))
    const [study] = named
    if (study !== undefined && named.size === 1) return study
    const names = studies.map(({ graph }) => graph.study).join(", ")
    return yield* usage("study", `graph draws one study, and these are ${names}: give one --study and one file for each name, or name nodes of one of them`)
  })

const ofToday = (flags: GraphFlags, installation: Installation) =>
  Effect.gen(function* () {
    const workspace = yield* openWorkspace(flags, installation)
    const study = yield* drawnStudy(workspace.studies, [...flags.node, ...flags.from, ...flags.to])
    const store = yield* known.pipe(Effect.provide(storeOf(workspace)))
    const { nodes } = study.graph
    // What is asked for decides what has to be planned.
    const targets = yield* findAllNodes([study], [...flags.node, ...flags.to])
    // What the study does not return, a comparison for one, is drawn where it is asked for.
    const to = targets.length > 0 ? targets.map(({ node }) => node.name) : flags.from.length > 0 ? undefined : study.graph.targets
    const picture = plannedGraph(study, to === undefined ? nodes : neededFor(study, to), store)
    workspace.remember()
    return { graph: picture, nodes }
  })

const ofRun = (flags: GraphFlags, reference: string, installation: Installation) =>
  Effect.gen(function* () {
    const { isAsked, store } = yield* openHistory(flags, installation)
    return yield* Effect.gen(function* () {
      const history = yield* RunHistory
      const run = yield* findRun(reference, runsOf(history, isAsked))
      const studies = run.studies.filter(({ study }) => isAsked(study))
      if (studies.length > 1)
        return yield* usage("study", `run ${run.run} was of ${studies.map(({ study }) => study).join(" and ")}: give the --study of one of them`)
      const { study } = studies[0]!
      const nodes = [...history.stateOf(study, run.run).nodes].map(([name, { record }]) => ({ name, outputs: record().artifacts }))
      return { graph: recordedGraph(history, study, run), nodes }
    }).pipe(Effect.provide(store))
  })

const drawn = async (graph: DrawnGraph, format: Format): Promise<string | Uint8Array> => {
  if (format === "dot") return (await import("../render/graph/graph-dot.ts")).graphDot(graph)
  if (format === "mermaid") return (await import("../render/graph/graph-mermaid.ts")).graphMermaid(graph)
  const svg = (await import("../render/graph/graph-svg.ts")).graphSvg(graph)
  return format === "svg" ? svg : (await (await import("../render/png.ts")).pngOf(svg)).bytes
}

/** The format to draw in: what `--format` says, or the name of the file, or Mermaid; undefined where the name says nothing. */
const formatOf = (flag: Option.Option<Format>, output: string): Format | undefined =>
  Option.getOrElse(flag, () => (output === "" ? "mermaid" : ENDINGS[extname(output).toLowerCase() as keyof typeof ENDINGS]))

/** `sediment graph [NODE…]`: the DAG, or what the named nodes rest on, with the state of every node today, or with what a run did. */
export const graph = (installation: Installation) =>
  Command.make(
    "graph",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(
        Argument.withDescription("node; draws these and what they rest on; all that the study returns where none is given"),
        Argument.variadic()
      ),
      from: nodesFlag("from", "draw this node, what it reads and all that rests on it; may be given several times, and beside --to"),
      to: nodesFlag("to", "draw this node and all that it rests on (the same as naming it); may be given several times"),
      run: Flag.String("run").pipe(
        Flag.withMetavar("RUN"),
        Flag.withDescription("draw what this run did (name, part of it, tag, latest, latest~1): ran and how long, cut off, failed, blocked"),
        Flag.optional
      ),
      grouped: Flag.Boolean("grouped").pipe(
        Flag.withDescription(`draw the nodes of a map as one, with their number; the default of pictures from ${GROUPED} nodes on, --no-grouped draws each`),
        Flag.optional
      ),
      format: Flag.Literals("format", FORMATS).pipe(
        Flag.withDescription("svg, png, mermaid or dot (default: what the name of the file ends in: .svg, .png, .mmd, .dot; or mermaid)"),
        Flag.optional
      ),
      output: Flag.String("output").pipe(Flag.withAlias("o"), Flag.withMetavar("FILE"), Flag.withDescription("write to a file"), Flag.withDefault(""))
    },
    Effect.fn(function* (flags) {
      const format = formatOf(flags.format, flags.output)
      if (format === undefined)
        return yield* usage("format", `cannot write ${flags.output}: its name must end in ${Object.keys(ENDINGS).join(", ")}, or --format must say what it is`)
      if (format === "png" && flags.output === "") return yield* usage("format", "a PNG goes to a file: name it with -o")
      const whole = Option.isSome(flags.run) ? yield* ofRun(flags, flags.run.value, installation) : yield* ofToday(flags, installation)
      const part = yield* asked(whole, flags)
      const picture = (byDefault: boolean) => (Option.getOrElse(flags.grouped, () => byDefault) ? grouped(part) : part)
      const document = () => {
        const { edges, nodes } = picture(false)
        return printDocument({ study: part.title, nodes, edges })
      }
      if (flags.json && flags.output === "") return document()
      const content = yield* Effect.promise(() => drawn(picture(part.nodes.length >= GROUPED), format))
      if (flags.output === "") process.stdout.write(content)
      else yield* writeOutput(flags.output, content)
      if (flags.json) document()
      else if (flags.output !== "") tellWritten([flags.output])
    })
  ).pipe(Command.withDescription("draw the DAG with the state of every node, or with what a run did"))
