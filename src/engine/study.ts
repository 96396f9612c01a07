import { createHash } from "node:crypto"
import { statSync } from "node:fs"
import { basename, dirname, extname, join, relative, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { Effect, Schema } from "effect"
import { buildGraph } from "../dag/build-graph.ts"
import { type Dag, type Graph, GraphError } from "../dag/dag.ts"
import { type ParamEdit, writeParamEdit } from "../dag/param-edits.ts"
import type { CodePart } from "../store/runs.ts"
import { stackPlace } from "./code/stack-place.ts"
import type { BundleFailure, StudyBundle } from "./code/study-bundle.ts"
import { Machine } from "./command/machine.ts"
import type { FileMemory } from "./file-memory.ts"
import { fillFolders } from "./folders.ts"
import { keeperOf, writeModule } from "./linked-module.ts"
import type { LoadedStages } from "./loaded-stages.ts"
import { readContent, type SourceContent } from "./source-content.ts"
import { type EvaluatedStudy, StudyMemory } from "./study-memory.ts"

/** Everything that is wrong, together: each with what is told of it and where it is. */
export const Faults = Schema.Array(
  Schema.Struct({ code: Schema.String, message: Schema.String, where: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)) })
)

/** A study's dag.ts cannot be used: everything that is wrong with it, together. */
export class StudyFailure extends Schema.TaggedError<StudyFailure>()("StudyFailure", {
  file: Schema.String,
  faults: Faults
}) {
  override get message(): string {
    return this.faults.map((fault) => fault.message).join("\n")
  }
}

/** This build of Sediment: the command line (whose parts are named by their content), the files that bundles of studies share with it, and the worker's entry. */
export interface Installation {
  readonly cli: URL
  readonly effect: URL
  readonly framework: URL
  readonly worker: URL
}

/** What a node that reads a source is compared by. */
export interface SourceIdentity {
  readonly sha256: string
  readonly note: string | undefined
}

/** A source that was read. */
export type ReadSource = SourceIdentity & { readonly content: SourceContent }

/** A study, loaded: its graph as data, its code by fingerprint, its files by content. */
export interface Study {
  /** The path of its dag.ts. */
  readonly file: string
  readonly directory: string
  /** Its name is that of dag.ts; or `study@branch`, where a call plans it several times. */
  readonly graph: Graph
  /** A name for its graph, its code and all that decided them, this build of Sediment included: while it is the same, they are. */
  readonly identity: string
  /** What `--with` put in the place of its data files, those aside that its branch is named by, and what `--set` says: `indicators=reduced`, or nothing. */
  readonly variant: string
  /** The folder of its results: its name, and the data files that it does not tell. */
  readonly folder: string
  /** What `--with` put in the place of its data files, as absolute paths by the name of the data file. */
  readonly replaced: ReadonlyMap<string, string>
  /** The parameters that are other than dag.ts says. */
  readonly set: ReadonlyArray<ParamEdit>
  readonly fingerprint: (stage: string) => string
  readonly declarations: (stage: string) => ReadonlyArray<CodePart>
  /** A source as it is known today; its hash is "absent" where there is no file that can be read. */
  readonly source: (path: string) => SourceIdentity
  /** Reads a source, and gives the identity of what was read: the file may have changed since it was hashed. */
  readonly readSource: (path: string) => Effect.Effect<ReadSource | undefined>
  /** Each source that was asked for so far with its content; undefined where one was not the same each time. */
  readonly steadySources: () => ReadonlyArray<readonly [path: string, sha256: string]> | undefined
  /** What those of its stages that are commands read of this machine. */
  readonly machine: Machine
  /** Its stages, ready to run. */
  readonly load: Effect.Effect<LoadedStages>
}

export interface StudyOptions {
  readonly cache: string
  readonly installation: Installation
  readonly files: FileMemory
  /** `--with NAME=FILE`, absolute. */
  readonly replaced: ReadonlyMap<string, string>
  /** `--set NODE.path=VALUE`. */
  readonly set?: ReadonlyArray<ParamEdit>
  /** Where it is a branch: what that is called, the names of the data files that tell it from others, and whether somebody has named it, whatever it is made of. */
  readonly branch?: { readonly name: string; readonly by: ReadonlySet<string>; readonly named: boolean }
  /** It is looked at while it is being written: nothing is remembered of it, and these data files are not written yet. */
  readonly draft?: { readonly texts: ReadonlyMap<string, string> }
}

/** A graph as one branch of the study has it; its nodes are read when they are asked for. */
const branchOf = (graph: Graph, branch: string): Graph => ({
  study: branch === "" ? graph.study : `${graph.study}@${branch}`,
  seed: graph.seed,
  sources: graph.sources,
  folders: graph.folders,
  commands: graph.commands,
  targets: graph.targets,
  get nodes() {
    return graph.nodes
  }
})

/** What was thrown, and where. */
const inWords = (thrown: unknown): string => {
  const place = thrown instanceof Error ? stackPlace(thrown) : undefined
  return `${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)}${place === undefined ? "" : ` (${place})`}`
}

const isDag = (value: unknown): value is Dag =>
  typeof value === "object" && value !== null && "build" in value && typeof value.build === "function" && "name" in value

/** How often modules have built a graph in this thread, by their paths. */
const built = new Map<string, number>()

/** Loads a study, from memory where nothing that it came from has changed. */
export const loadStudy = (file: string, options: StudyOptions): Effect.Effect<Study, StudyFailure> =>
  Effect.gen(function* () {
    const entry = resolve(file)
    const directory = dirname(entry)
    const fail = (faults: typeof Faults.Type) => new StudyFailure({ file, faults })
    const stat = statSync(entry, { throwIfNoEntry: false })
    if (!stat?.isFile())
      return yield* fail([
        {
          code: "missing-study",
          message: `${stat === undefined ? `there is no study at ${file}` : `${file} is not a file`}; name a study's dag.ts with --study FILE, or go to a folder that has a dag.ts`
        }
      ])
    const { branch = { name: "", by: new Set<string>(), named: false }, files, installation, replaced, set = [] } = options
    // What is remembered links to the files of one installation: another one that shares the cache would mix two copies of Effect.
    const installed = Object.values<URL>({ ...installation }).map((url) => url.href)
    const memoryOf = (with_: StudyOptions["replaced"], edits: ReadonlyArray<ParamEdit>) => {
      const key = createHash("sha256").update(JSON.stringify([entry, [...with_].sort(), edits, installed]))
      return new StudyMemory(options.cache, key.digest("hex").slice(0, 16), files)
    }
    const memory = memoryOf(replaced, set)
    const importModule = (path: string, query = "") =>
      Effect.promise(() => import(`${pathToFileURL(path).href}${query}`) as Promise<{ default?: unknown; stages: LoadedStages["stages"] }>)
    /** One of its own for each graph: what a module keeps to itself may be other once it has built one. */
    const importAnew = (path: string) => {
      const times = (built.get(path) ?? 0) + 1
      built.set(path, times)
      return importModule(path, times === 1 ? "" : `?${times}`)
    }
    /** Where its module is, if not in the cache. */
    let elsewhere: string | undefined
    const link = (bundle: StudyBundle) =>
      Effect.gen(function* () {
        const { linkBundle } = yield* Effect.promise(() => import("./code/link.ts"))
        const text = linkBundle(bundle, { effect: installation.effect.href, framework: installation.framework.href })
        const module = createHash("sha256").update(text).digest("hex")
        const { sourcesContent: _, ...map } = bundle.map
        const path = memory.modulePath(module)
        const written = yield* Effect.try({
          try: () => writeModule(path, text, map),
          catch: (error) =>
            fail([
              {
                code: "cache",
                message: `cannot write ${path}: ${error instanceof Error ? error.message : String(error)}; name a folder that can be written to with --cache DIR`,
                where: { file: path }
              }
            ])
        })
        if (written !== path) elsewhere = written
        return { module, text }
      })

    const build = (dag: Dag, hasStage: (name: string) => boolean, reading: (path: string) => void) =>
      Effect.gen(function* () {
        const graph = yield* Effect.try({
          try: () => buildGraph(dag, { directory, replaced, set, texts: options.draft?.texts ?? new Map(), reading }).graph,
          catch: (error) =>
            error instanceof GraphError
              ? fail(error.faults.map((fault) => ({ ...fault, message: `${file}: ${fault.message}` })))
              : fail([{ code: "study-broke", message: `${file}: building the DAG failed: ${inWords(error)}` }])
        })
        const undeclared = [...new Set(graph.nodes.map((node) => node.stage))].filter((stage) => !hasStage(stage))
        if (undeclared.length > 0)
          return yield* fail(
            undeclared.map((stage) => ({
              code: "stage-not-found",
              message: `stage "${stage}" is not declared as a top-level "const x = Stage.make(${JSON.stringify(stage)}, …)", so its code cannot be fingerprinted`
            }))
          )
        return graph
      })
    const remember = (study: Omit<EvaluatedStudy, "identity" | "inputs">, inputs: ReadonlyMap<string, string>) =>
      memory.remember(study, inputs, { keep: options.draft === undefined })

    /** Other data, and other parameters, make another graph of the same code: that which the study had before, or has without them. */
    const derive = Effect.gen(function* () {
      const before = memory.recallCode()
      const own = before ?? (replaced.size + set.length === 0 ? undefined : memoryOf(new Map(), []).recallCode())
      if (own === undefined) return undefined
      const path = memory.useModule(own.module)
      // Branches are many, and are built from one.
      const { default: dag } = yield* before === undefined ? importModule(path) : importAnew(path)
      if (!isDag(dag)) return undefined
      const inputs = new Map(own.inputs)
      const ofCode = inputs.size
      const hasStage = (name: string) => Object.hasOwn(own.stages, name)
      const graph = yield* build(dag, hasStage, (path) => inputs.set(path, files.identity(path)))
      return remember({ ...own, graph, ofCode }, inputs)
    })

    const evaluate = Effect.gen(function* () {
      const inputs = new Map<string, string>()
      const reading = (path: string) => {
        if (!inputs.has(path)) inputs.set(path, files.identity(path))
      }
      for (const path of [entry, ...installed.map((url) => fileURLToPath(url))]) reading(path)
      const { bundleStudy } = yield* Effect.promise(() => import("./code/bundle.ts"))
      const bundle = yield* bundleStudy(entry, reading)
      const { module, text: moduleText } = yield* link(bundle)
      const { default: dag } = yield* importAnew(elsewhere ?? memory.modulePath(module)).pipe(
        Effect.catchDefect((defect) => fail([{ code: "study-broke", message: `${file}: evaluating it failed: ${inWords(defect)}` }]))
      )
      if (!isDag(dag)) return yield* fail([{ code: "no-dag", message: `${file} has no default export made by Dag.make: write "export default Dag.make(…)"` }])
      const ofCode = inputs.size
      const graph = yield* build(dag, (name) => bundle.stages.has(name), reading)
      const stages = Object.fromEntries(
        [...bundle.stages].map(([stage, code]) => [
          stage,
          { fingerprint: code.fingerprint, declarations: code.declarations.map(({ name, file: at, hash }) => ({ declaration: name, file: at, hash })) }
        ])
      )
      return remember({ graph, stages, module, moduleText, ofCode }, inputs)
    }).pipe(Effect.catchTag("BundleFailure", (error: BundleFailure) => fail(error.faults)))

    const known = memory.recall() ?? (yield* derive) ?? (yield* evaluate)
    const { faults: ofFolders, graph, identity: inFolders } = fillFolders(known.graph, directory, files)
    if (ofFolders.length > 0) return yield* fail(ofFolders.map((fault) => ({ ...fault, message: `${file}: ${fault.message}` })))
    const notes = new Map(graph.sources.map((source) => [source.path, source.note]))
    const hashes = new Map<string, string>()
    const seen = new Map<string, string>()
    let steady = true
    const saw = (path: string, sha256: string) => {
      steady &&= (seen.get(path) ?? sha256) === sha256
      seen.set(path, sha256)
      return { sha256, note: notes.get(path) }
    }
    const load = Effect.gen(function* () {
      const path = elsewhere ?? memory.useModule(known.module)
      const keep = keeperOf(path, known.moduleText)
      yield* Effect.ignore(Effect.try(keep))
      const { stages } = yield* importModule(path)
      return { bundle: pathToFileURL(path).href, stages, keep }
    })
    const filesOf = (told: (name: string) => boolean) =>
      [...replaced]
        .flatMap(([name, path]) => (told(name) ? [`${name}=${basename(path, extname(path))}`] : []))
        .sort()
        .join("+")
    const named = branchOf(graph, branch.name)
    const beside = filesOf((name) => !branch.by.has(name))
    return {
      file: relative(process.cwd(), entry) || file,
      directory,
      graph: named,
      identity: `${known.identity}${inFolders}`,
      variant: [branch.named ? filesOf(() => true) : beside, ...set.map(writeParamEdit)].filter((one) => one !== "").join(", "),
      folder: beside === "" || branch.named ? named.study : `${named.study}+${beside}`,
      replaced,
      set,
      fingerprint: (stage) => known.stages[stage]!.fingerprint,
      declarations: (stage) => known.stages[stage]!.declarations,
      source: (path) => {
        const at = resolve(directory, path)
        let sha256 = hashes.get(at)
        if (sha256 === undefined) hashes.set(at, (sha256 = files.hash(at) ?? "absent"))
        return saw(path, sha256)
      },
      readSource: (path) =>
        Effect.sync(() => {
          const at = resolve(directory, path)
          try {
            // Of a large file what is remembered will do: the stage reads it, and finds then whether it is that.
            const { content, sha256 } = readContent(at, (large) => files.hash(large) ?? "absent")
            hashes.set(at, sha256)
            files.found(at, sha256)
            return { content, ...saw(path, sha256) }
          } catch {
            files.found(at, undefined)
            return undefined
          }
        }),
      machine: new Machine(graph.commands, join(options.cache, "remembered", "programs.json")),
      steadySources: () => (steady ? [...seen] : undefined),
      load: yield* Effect.cached(load)
    } satisfies Study
  })
