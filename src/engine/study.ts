import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect, Schema } from "effect"
import { buildGraph } from "../dag/build-graph.ts"
import { type Dag, type Graph, GraphError } from "../dag/dag.ts"
import type { CodePart } from "../store/runs.ts"
import type { BundleFailure, StudyBundle } from "./code/study-bundle.ts"
import type { LoadedStages } from "./executor.ts"
import type { FileMemory } from "./file-memory.ts"

/** A study's dag.ts cannot be used: everything that is wrong with it, together. */
export class StudyFailure extends Schema.TaggedError<StudyFailure>()("StudyFailure", {
  file: Schema.String,
  faults: Schema.Array(Schema.Struct({ code: Schema.String, message: Schema.String, where: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)) }))
}) {
  override get message(): string {
    return this.faults.map((fault) => fault.message).join("\n")
  }
}

/** The built files that bundles of studies share with this process, and the worker's entry. */
export interface Installation {
  readonly effect: URL
  readonly framework: URL
  readonly worker: URL
}

/** A study, loaded: its graph as data, its code by fingerprint, its files by content. */
export interface Study {
  /** The path of its dag.ts. */
  readonly file: string
  readonly directory: string
  readonly graph: Graph
  readonly fingerprint: (stage: string) => string
  readonly declarations: (stage: string) => ReadonlyArray<CodePart>
  readonly source: (path: string) => { readonly sha256: string; readonly note: string | undefined }
  readonly readSource: (path: string) => Effect.Effect<{ readonly bytes: Uint8Array; readonly note: string | undefined }>
  /** Its stages, ready to run. */
  readonly load: Effect.Effect<LoadedStages>
}

export interface StudyOptions {
  readonly cache: string
  readonly installation: Installation
  readonly files: FileMemory
  /** `--with NAME=FILE`, absolute. */
  readonly replaced: ReadonlyMap<string, string>
}

/** What is remembered of a study: enough to plan it without evaluating dag.ts, as long as every file that it came from is the same. */
interface Remembered {
  readonly inputs: ReadonlyArray<readonly [path: string, sha256: string]>
  readonly graph: Graph
  readonly stages: Readonly<Record<string, { readonly fingerprint: string; readonly declarations: ReadonlyArray<CodePart> }>>
  /** The linked module's file name. */
  readonly module: string
}

const writeWhole = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}

const recall = (path: string, files: FileMemory): Remembered | undefined => {
  try {
    const remembered = JSON.parse(readFileSync(path, "utf8")) as Remembered
    return remembered.inputs.every(([file, sha256]) => (files.hash(file) ?? "absent") === sha256) ? remembered : undefined
  } catch {
    return undefined
  }
}

/** The files beside those of the bundle that decide what a study's graph is: the package and lock files above it, and the framework's own build. */
const surroundings = (directory: string, installation: Installation): ReadonlyArray<string> => {
  const files = [new URL(installation.framework).pathname]
  for (let folder = directory; ; folder = dirname(folder)) {
    files.push(join(folder, "package.json"), join(folder, "package-lock.json"), join(folder, "tsconfig.json"))
    if (dirname(folder) === folder) return files
  }
}

const isDag = (value: unknown): value is Dag =>
  typeof value === "object" && value !== null && "build" in value && typeof value.build === "function" && "name" in value

/** Loads a study, from memory where nothing that it came from has changed. */
export const loadStudy = (file: string, options: StudyOptions): Effect.Effect<Study, StudyFailure> =>
  Effect.gen(function* () {
    const entry = resolve(file)
    const directory = dirname(entry)
    const fail = (faults: ConstructorParameters<typeof StudyFailure>[0]["faults"]) => new StudyFailure({ file, faults })
    if (!existsSync(entry))
      return yield* fail([{ code: "missing-study", message: `there is no study at ${file}; name one with --study FILE, or go to a folder that has a dag.ts` }])
    const key = createHash("sha256")
      .update(JSON.stringify([entry, [...options.replaced].sort()]))
      .digest("hex")
      .slice(0, 16)
    const memory = join(options.cache, "remembered", "studies", `${key}.json`)
    const modules = join(options.cache, "remembered", "modules")

    const bundled = Effect.suspend(() => Effect.promise(() => import("./code/bundle.ts"))).pipe(Effect.flatMap(({ bundleStudy }) => bundleStudy(entry)))
    const importModule = (path: string) =>
      Effect.promise(() => import(pathToFileURL(path).href) as Promise<{ default?: unknown; stages: LoadedStages["stages"] }>)
    const link = (bundle: StudyBundle) =>
      Effect.gen(function* () {
        const { linkBundle } = yield* Effect.promise(() => import("./code/link.ts"))
        const text = linkBundle(bundle, { effect: options.installation.effect.href, framework: options.installation.framework.href })
        const path = join(modules, `${createHash("sha256").update(text).digest("hex")}.mjs`)
        if (!existsSync(path)) writeWhole(path, text)
        return path
      })

    const compute = Effect.gen(function* () {
      const bundle = yield* bundled
      const path = yield* link(bundle)
      const module = yield* importModule(path).pipe(
        Effect.catchDefect((defect) =>
          fail([
            { code: "study-broke", message: `${file}: evaluating it failed: ${defect instanceof Error ? `${defect.name}: ${defect.message}` : String(defect)}` }
          ])
        )
      )
      const dag = module.default
      if (!isDag(dag)) return yield* fail([{ code: "no-dag", message: `${file} has no default export made by Dag.make: write "export default Dag.make(…)"` }])
      const { graph } = yield* Effect.try({
        try: () => buildGraph(dag, { directory, replaced: options.replaced }),
        catch: (error) =>
          error instanceof GraphError
            ? fail(error.faults.map((fault) => ({ ...fault, message: `${file}: ${fault.message}` })))
            : fail([
                {
                  code: "study-broke",
                  message: `${file}: building the DAG failed: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
                }
              ])
      })
      const undeclared = [...new Set(graph.nodes.map((node) => node.stage))].filter((stage) => !bundle.stages.has(stage))
      if (undeclared.length > 0)
        return yield* fail(
          undeclared.map((stage) => ({
            code: "stage-not-found",
            message: `stage "${stage}" is not declared as a top-level "const x = Stage.make(${JSON.stringify(stage)}, …)", so its code cannot be fingerprinted`
          }))
        )
      const inputs = [...new Set([...bundle.inputs, ...graph.dataFiles, ...surroundings(directory, options.installation)])]
      const remembered: Remembered = {
        inputs: inputs.map((path_) => [path_, options.files.hash(path_) ?? "absent"] as const),
        graph,
        stages: Object.fromEntries(
          [...bundle.stages].map(([stage, code]) => [
            stage,
            { fingerprint: code.fingerprint, declarations: code.declarations.map(({ name, file: at, hash }) => ({ declaration: name, file: at, hash })) }
          ])
        ),
        module: basename(path)
      }
      writeWhole(memory, JSON.stringify(remembered))
      return remembered
    }).pipe(Effect.catchTag("BundleFailure", (error: BundleFailure) => fail(error.faults)))

    const known = recall(memory, options.files) ?? (yield* compute)
    const notes = new Map(known.graph.sources.map((source) => [source.path, source.note]))
    const hashes = new Map<string, string>()
    const load = Effect.gen(function* () {
      let path = join(modules, known.module)
      if (!existsSync(path)) path = yield* bundled.pipe(Effect.flatMap(link), Effect.orDie)
      const { stages } = yield* importModule(path)
      return { bundle: pathToFileURL(path).href, stages }
    })
    return {
      file: relative(process.cwd(), entry) || file,
      directory,
      graph: known.graph,
      fingerprint: (stage) => known.stages[stage]!.fingerprint,
      declarations: (stage) => known.stages[stage]!.declarations,
      source: (path) => {
        const at = resolve(directory, path)
        let sha256 = hashes.get(at)
        if (sha256 === undefined) hashes.set(at, (sha256 = options.files.hash(at) ?? "absent"))
        return { sha256, note: notes.get(path) }
      },
      readSource: (path) =>
        Effect.sync(() => {
          const at = resolve(directory, path)
          const bytes = readFileSync(at)
          // The file may have changed since it was hashed: what is recorded is what was read.
          hashes.set(at, createHash("sha256").update(bytes).digest("hex"))
          return { bytes, note: notes.get(path) }
        }),
      load: yield* Effect.cached(load)
    } satisfies Study
  })
