import { dirname, resolve } from "node:path"
import { Effect } from "effect"
import type { BuildFailure, Message, Metafile, Plugin } from "esbuild"
import { type ExternalPackage, moduleResolution } from "./module-resolution.ts"
import { FRAMEWORK_PACKAGE, frameworkFolder, nearestWith } from "./package-folder.ts"
import { BundleFailure, type CodeFault } from "./study-bundle.ts"

/** What esbuild makes of a study. */
export interface CompiledStudy {
  readonly code: string
  /** Source map v3, as JSON. */
  readonly map: string
  /** Files that went in, relative to `root` with forward slashes, as the comments in the code name them. */
  readonly files: ReadonlyArray<string>
  /** Those of them that are the study's own, absolute: what dag.ts reaches without an import of a stage that comes with the framework. */
  readonly own: ReadonlyArray<string>
  /** The folder of the nearest package.json above the entry. */
  readonly root: string
  /** The folder of the framework's package. */
  readonly framework: string
  readonly external: ReadonlyMap<string, ExternalPackage>
}

const toFault = ({ text, location }: Message): CodeFault => {
  if (location === null) return { code: "compile", message: text }
  const { file, line, lineText } = location
  const column = location.column + 1
  return { code: "compile", message: `${file}:${line}:${column}: ${text}`, where: { file, line, column, text: lineText } }
}
/** The inputs that the first one reaches, imports of the framework's stages by the package's name left out. */
const reachedByPath = (inputs: Metafile["inputs"], entry: string): ReadonlyArray<string> => {
  const found = new Set([entry])
  for (const file of found)
    for (const { external, original, path } of inputs[file]?.imports ?? [])
      if (!external && path in inputs && !original?.startsWith(`${FRAMEWORK_PACKAGE}/`)) found.add(path)
  return [...found]
}

const isBuildFailure = (cause: unknown): cause is BuildFailure => cause instanceof Error && Array.isArray((cause as Partial<BuildFailure>).errors)

/** Texts in the place of files. */
const standingIn = (texts: ReadonlyMap<string, string>): Plugin => ({
  name: "texts",
  setup(build) {
    if (texts.size === 0) return
    build.onLoad({ filter: /./ }, ({ path }) => {
      const contents = texts.get(path)
      return contents === undefined ? undefined : { contents, loader: path.endsWith(".ts") ? "ts" : "js" }
    })
  }
})

/** Bundles a study and its stages to one module; `texts` stand in the place of files, by their absolute paths. What TypeScript's compiler options would change is left out: `tsconfig.json` is not read. */
export const compile = (
  entry: string,
  reading: (path: string) => void,
  texts: ReadonlyMap<string, string> = new Map()
): Effect.Effect<CompiledStudy, BundleFailure> =>
  Effect.tryPromise({
    try: async () => {
      const esbuild = await import("esbuild")
      const framework = frameworkFolder()
      const root = nearestWith("package.json", dirname(entry)) ?? dirname(entry)
      const external = new Map<string, ExternalPackage>()
      const { outputFiles, metafile } = await esbuild.build({
        entryPoints: [entry],
        absWorkingDir: root,
        outfile: resolve(root, "study.mjs"),
        write: false,
        bundle: true,
        treeShaking: true,
        format: "esm",
        platform: "node",
        target: "esnext",
        // acorn reads no decorators
        supported: { decorators: false },
        // as Node resolves: without "module", which only bundlers know
        conditions: [],
        mainFields: ["main"],
        tsconfigRaw: {},
        charset: "utf8",
        legalComments: "none",
        sourcemap: "external",
        metafile: true,
        logLevel: "silent",
        plugins: [moduleResolution(framework, external, reading), standingIn(texts)]
      })
      const output = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))!.text
      const start = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined)!.entryPoint!
      const own = reachedByPath(metafile.inputs, start).map((file) => resolve(root, file))
      return { code: output(".mjs"), map: output(".map"), files: Object.keys(metafile.inputs), own, root, framework, external }
    },
    catch: (cause) => {
      const faults = isBuildFailure(cause) ? cause.errors.map(toFault) : []
      const [first = { code: "compile", message: `${entry}: ${cause instanceof Error ? cause.message : String(cause)}` }, ...others] = faults
      return new BundleFailure({ faults: [first, ...others] })
    }
  })
