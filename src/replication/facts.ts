/** What Sediment knows of a study whose every node is up to date: sources, nodes and what they made, tables and figures. */
import { Effect } from "effect"
import type { ColumnSummary } from "../artifact/hash.ts"
import { readArrow } from "../artifact/read.ts"
import { type GraphNode, upstreamOf, wiresOf } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import { fileName } from "../engine/file-name.ts"
import type { NodePlan } from "../engine/plan.ts"
import { PROGRAM } from "../engine/reads.ts"
import { inResultOrder } from "../engine/result-order.ts"
import { type SourceContent, sizeOf } from "../engine/source-content.ts"
import type { Study } from "../engine/study.ts"
import type { Place } from "../engine/study-places.ts"
import { laidOut, renderArtifact } from "../render/render.ts"
import { textsOf } from "../render/stored.ts"
import type { ObjectDamaged, ObjectMissing, StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { Declared, SourceStatement } from "./declared.ts"
import { shapeOf, type TableShape } from "./source-shape.ts"
import { NotPortable, type StudyFiles } from "./study-files.ts"

export interface SourceFact {
  /** As dag.ts gives it, and in the package. */
  readonly path: string
  readonly file: string
  readonly note: string | undefined
  readonly content: SourceContent
  readonly size: number
  readonly sha256: string
  readonly table: TableShape | undefined
  readonly statement: SourceStatement | undefined
  readonly isProvided: boolean
  /** It is code: what a command is given to run. */
  readonly isScript: boolean
  /** The nodes that read it. */
  readonly readBy: ReadonlyArray<string>
}

interface OutputFact {
  readonly output: string
  readonly type: string
  readonly artifact: string
  readonly rows: number
  readonly columns: ReadonlyArray<ColumnSummary>
}

export interface NodeFact {
  readonly node: GraphNode
  readonly outputs: ReadonlyArray<OutputFact>
  /** What it read, as a trace records it: `panel column gov`. */
  readonly reads: ReadonlyArray<string>
  readonly seed: string | undefined
  /** Of a command, the version of its program. */
  readonly program: string | undefined
  /** How long it took, and when it had run (milliseconds since 1970). */
  readonly ms: number
  readonly at: number
  readonly run: string
  readonly warnings: ReadonlyArray<Fault>
  /** Whether other code made it, and somebody's word stands for this one. */
  readonly isAccepted: boolean
  /** Where dag.ts places it, and the file that declares its stage. */
  readonly place: Place | undefined
  readonly stageFile: string
}

/** A table or figure as it is printed. */
export interface PrintedFact {
  readonly node: string
  readonly output: string
  readonly kind: "table" | "figure"
  readonly title: string
  readonly artifact: string
  readonly bytes: Uint8Array
  /** The name of its files, without extension. */
  readonly name: string
  readonly rendered: Rendered
}
export interface Rendered {
  readonly extension: "md" | "svg"
  readonly text: string
}

/** A program of the system that steps are run by, with the version that made their results. */
export interface ProgramFact {
  readonly program: string
  readonly version: string
  readonly steps: ReadonlyArray<string>
  /** Without it its steps are skipped. */
  readonly isOptional: boolean
}

export interface Facts {
  readonly study: Study
  readonly files: StudyFiles
  readonly declared: Declared
  readonly sources: ReadonlyArray<SourceFact>
  readonly nodes: ReadonlyArray<NodeFact>
  readonly printed: ReadonlyArray<PrintedFact>
  readonly programs: ReadonlyArray<ProgramFact>
}

/** The nodes that rest on data that are not provided. */
export const restricted = ({ nodes, sources }: Pick<Facts, "nodes" | "sources">): ReadonlySet<string> => {
  const found = new Set(sources.filter(({ isProvided }) => !isProvided).flatMap(({ readBy }) => readBy))
  for (const { node } of nodes) if (upstreamOf(node).some((name) => found.has(name))) found.add(node.name)
  return found
}

/** A table is rendered as Markdown, a figure as SVG. */
export const render = (type: string, bytes: Uint8Array, name: string): Effect.Effect<Rendered> =>
  Effect.promise(async () => {
    const [format, extension] = type === "Figure" ? (["svg", "svg"] as const) : (["markdown", "md"] as const)
    return { extension, text: (await renderArtifact(type, readArrow(bytes), format, name)) as string }
  })

export const nameOfOutput = (node: string, output: string): string => fileName(output === "output" ? node : `${node}.${output}`)

const titleOf = (type: string, bytes: Uint8Array): string => {
  const table = readArrow(bytes)
  if (type === "Figure") return textsOf(table, "title")[0] ?? ""
  const texts = textsOf(table, "text")
  return texts[textsOf(table, "part").indexOf("title")] ?? ""
}

/** A file that a command is given, and that ends like this, is data; any other is code. */
const DATA_FILE = /\.(csv|tsv|txt|dat|json|geojson|ya?ml|xml|xlsx?|ods|parquet|arrow|feather|dta|sav|por|rds|rdata|sqlite|db|shp|gpkg|nc|gz|zip)$/i

/** The data files among the sources. */
export const dataSources = ({ sources }: Pick<Facts, "sources">): ReadonlyArray<SourceFact> => sources.filter(({ isScript }) => !isScript)

/** Gathers the facts. `plans` has the study's needed nodes, all of them fresh. */
export const gatherFacts = (
  study: Study,
  files: StudyFiles,
  declared: Declared,
  plans: ReadonlyMap<string, NodePlan>
): Effect.Effect<Facts, NotPortable | ObjectDamaged | ObjectMissing | StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const needed = study.graph.nodes.filter(({ name }) => plans.has(name))
    const statements = new Map(declared.sources.flatMap((statement) => statement.files.map((file) => [file, statement] as const)))
    const sources: Array<SourceFact> = []
    const commandsByNode = new Map(needed.flatMap(({ name, stage }) => (stage in study.graph.commands ? [[name, study.graph.commands[stage]!] as const] : [])))
    const isCommand = (name: string) => commandsByNode.has(name)
    for (const { note, path } of study.graph.sources) {
      const readers = needed.filter((node) => wiresOf(node).some(([, wire]) => "source" in wire && wire.source === path))
      const readBy = readers.map(({ name }) => name)
      if (readBy.length === 0) continue
      const hashed = study.source(path).sha256
      const read = yield* study.readSource(path)
      if (read === undefined || read.sha256 !== hashed)
        return yield* new NotPortable({ reasons: [`${path} changed while the package was made; call this again`] })
      const statement = statements.get(path)
      sources.push({
        path,
        file: files.inPackage(path),
        note,
        content: read.content,
        size: sizeOf(read.content),
        sha256: read.sha256,
        table: yield* shapeOf(path, read.content, readers),
        statement,
        isProvided: statement?.access !== "restricted",
        isScript: !DATA_FILE.test(path) && statement === undefined && readBy.every((name) => isCommand(name)),
        readBy
      })
    }
    const nodes: Array<NodeFact> = []
    const printed: Array<PrintedFact> = []
    for (const node of needed) {
      const plan = plans.get(node.name)!
      if (plan.state !== "fresh") continue
      const { trace } = plan
      const outputs = Object.entries(node.outputs).map(([output, type]): OutputFact => {
        const { artifact, summary } = trace.outputs[output]!
        return { output, type, artifact, rows: summary.rows, columns: summary.columns }
      })
      nodes.push({
        node,
        outputs,
        reads: trace.reads.map(({ read }) => read),
        seed: trace.reads.find(({ read }) => read === "seed")?.value,
        program: trace.reads.find(({ read }) => read === PROGRAM)?.value,
        ms: trace.ms,
        at: trace.at,
        run: trace.run,
        warnings: trace.warnings,
        isAccepted: (trace.accepted ?? []).some(({ proved }) => proved === undefined),
        place: files.placeOf(node.name),
        stageFile: files.named(study.declarations(node.stage)[0]!.file)
      })
      for (const { artifact, output, type } of outputs) {
        if (!laidOut.has(type)) continue
        const bytes = yield* objects.get(artifact)
        const name = nameOfOutput(node.name, output)
        printed.push({
          node: node.name,
          output,
          kind: type === "Figure" ? "figure" : "table",
          title: titleOf(type, bytes),
          artifact,
          bytes,
          name,
          rendered: yield* render(type, bytes, name)
        })
      }
    }
    const started = nodes.flatMap(({ node, program }) =>
      program === undefined ? [] : [{ ...commandsByNode.get(node.name)!, name: node.name, version: program }]
    )
    const programs = [...Map.groupBy(started, ({ optional, program, version }) => JSON.stringify([program, version, optional])).values()].map(
      (all): ProgramFact => ({ program: all[0]!.program, version: all[0]!.version, steps: all.map(({ name }) => name), isOptional: all[0]!.optional })
    )
    return { study, files, declared, sources, nodes, programs, printed: inResultOrder(study.graph.targets, printed, ({ node }) => node) }
  })
