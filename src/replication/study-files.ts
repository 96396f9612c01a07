/** Which files a study is made of, and where each stands in its replication package. */
import { existsSync, realpathSync } from "node:fs"
import { dirname, isAbsolute, relative, resolve, sep } from "node:path"
import { Effect, Schema } from "effect"
import { compile } from "../engine/code/compile.ts"
import { packageName } from "../engine/code/package-closure.ts"
import { FRAMEWORK_PACKAGE } from "../engine/code/package-folder.ts"
import type { BundleFailure } from "../engine/code/study-bundle.ts"
import type { Study } from "../engine/study.ts"
import { type Place, studyPlaces } from "../engine/study-places.ts"
import { withTypeImports } from "./type-imports.ts"

export interface StudyFiles {
  /** Sediment's own package. */
  readonly framework: string
  /** The path of dag.ts in the package. */
  readonly entry: string
  /** Its own code: path in the package to absolute path. */
  readonly code: ReadonlyMap<string, string>
  /** Files that dag.ts reads with `dag.data`: the same. */
  readonly data: ReadonlyMap<string, string>
  /** Packages that its code imports, beside Effect and Sediment. */
  readonly imports: ReadonlyArray<string>
  /** Where a node is placed in the DAG; the file by its path in the package. */
  readonly placeOf: (node: string) => Place | undefined
  /** The path in the package of a file that stands at this path from dag.ts. */
  readonly inPackage: (path: string) => string
  /** How a file is called in the package that messages and records call so. */
  readonly named: (displayed: string) => string
}

/** A file of the study that cannot have its place in a package. */
export class NotPortable extends Schema.TaggedError<NotPortable>()("NotPortable", { reasons: Schema.Array(Schema.String) }) {
  override get message(): string {
    return this.reasons.join("\n")
  }
}

/** The deepest folder that all of these are in. */
const commonFolder = (folders: ReadonlyArray<string>): string =>
  folders.reduce((common, folder) => {
    let at = common
    while (folder !== at && !folder.startsWith(at.endsWith(sep) ? at : at + sep)) at = dirname(at)
    return at
  })

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

/** Finds the files of a study from what its bundle reads; the folder that all of them have in common becomes the package's. */
export const studyFiles = (study: Study): Effect.Effect<StudyFiles, BundleFailure | NotPortable> =>
  Effect.gen(function* () {
    const directory = real(study.directory)
    const compiled = yield* compile(resolve(study.file), () => {})
    const { dataFiles, nodes: placed } = yield* studyPlaces(study)
    const read = dataFiles.map(({ file }) => real(file))
    const absolute = study.graph.sources.flatMap(({ path }) => (isAbsolute(path) ? [path] : []))
    if (absolute.length > 0)
      return yield* new NotPortable({
        reasons: absolute.map((path) => `${path} is an absolute path, at which a package cannot put a file: give dag.source its path from dag.ts`)
      })
    const own = withTypeImports(compiled.own.map(real))
    const sources = study.graph.sources.map(({ path }) => resolve(directory, path))
    const base = commonFolder([directory, ...[...own, ...read, ...sources].map((path) => dirname(path))])
    if (dirname(base) === base)
      return yield* new NotPortable({ reasons: [`the files of the study have no folder in common: move what it reads to below ${directory}`] })
    const inside = (path: string) => relative(base, path).replaceAll(sep, "/")
    const root = real(compiled.root)
    const framework = real(compiled.framework)
    const ownFiles = new Set(own)
    /** A stage that is imported by Sediment's name is Sediment's, also where the study lies in its repository. */
    const named = (displayed: string): string => {
      if (displayed.startsWith(`${FRAMEWORK_PACKAGE}/`)) return displayed
      const path = resolve(root, displayed)
      return !ownFiles.has(path) && path.startsWith(framework + sep) ? `${FRAMEWORK_PACKAGE}/${relative(framework, path).replaceAll(sep, "/")}` : inside(path)
    }
    return {
      framework: compiled.framework,
      entry: inside(real(resolve(study.file))),
      code: new Map(own.map((path) => [inside(path), path])),
      data: new Map(read.map((path) => [inside(path), path])),
      imports: [
        ...new Set(
          [...compiled.external.values()].flatMap(({ file, importer, specifier }) =>
            file === undefined || !ownFiles.has(real(importer)) ? [] : [packageName(specifier)]
          )
        )
      ],
      placeOf: (node) => {
        const place = placed.get(node)
        return place && { ...place, file: named(place.file) }
      },
      inPackage: (path) => inside(resolve(directory, path)),
      named
    }
  })
