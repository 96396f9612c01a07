import { existsSync } from "node:fs"
import { isBuiltin } from "node:module"
import { isAbsolute, join, sep } from "node:path"
import type { Plugin } from "esbuild"
import { besideModule, placesOfFile, placesOfPackage } from "./deciding-files.ts"
import { FRAMEWORK_PACKAGE } from "./package-folder.ts"

/** A package that stays outside the bundle. */
export interface ExternalPackage {
  /** As the source writes it. */
  readonly specifier: string
  /** Where the import stands: its version is looked up from there. */
  readonly importer: string
  /** The file it resolves to; undefined for Node's own modules, `effect` and the framework. */
  readonly file: string | undefined
}

const STAGES = `${FRAMEWORK_PACKAGE}/stages/`

/**
 * Decides what goes into a study's bundle: its own files, those of linked packages of the same repository, and the framework's stages. Installed packages stay
 * outside and are recorded in `external` under the specifier that the bundle's text uses: where two folders resolve one specifier to different files, the second
 * gets a mark (`yaml#1`). Each file is told to `reading` before it is read, and so is each path that decides where an import leads.
 */
export const moduleResolution = (framework: string, external: Map<string, ExternalPackage>, reading: (path: string) => void): Plugin => ({
  name: "sediment",
  setup(build) {
    const outside = (specifier: string, importer: string, file: string | undefined, sideEffects: boolean) => {
      let path = specifier
      for (let i = 1; external.has(path) && external.get(path)?.file !== file; i++) path = `${specifier}#${i}`
      if (!external.has(path)) external.set(path, { specifier, importer, file })
      return { path, external: true, sideEffects }
    }
    const resolving = Symbol("resolving")
    build.onLoad({ filter: /./ }, ({ path }) => {
      for (const one of [path, ...besideModule(path)]) reading(one)
      return undefined
    })
    build.onResolve({ filter: /^[./]/ }, ({ path, resolveDir }) => {
      for (const one of placesOfFile(path, resolveDir)) reading(one)
      return undefined
    })
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData, with: attributes }) => {
      if (kind === "entry-point" || pluginData === resolving || isAbsolute(path)) return undefined
      if (path === "effect" || path === FRAMEWORK_PACKAGE || isBuiltin(path)) return outside(path, importer, undefined, false)
      if (path.startsWith("effect/"))
        return { errors: [{ text: `"${path}": a study imports Effect from "effect" alone, so that it shares the framework's Effect` }] }
      if (path.startsWith(STAGES)) {
        const file = join(framework, "stages", path.slice(STAGES.length))
        return existsSync(file) ? { path: file } : { errors: [{ text: `"${path}": Sediment has no such stage file (${file})` }] }
      }
      if (path.startsWith(`${FRAMEWORK_PACKAGE}/`))
        return { errors: [{ text: `"${path}": a study imports "${FRAMEWORK_PACKAGE}" or "${STAGES}…", nothing below` }] }
      for (const one of placesOfPackage(path, resolveDir)) reading(one)
      const found = await build.resolve(path, { kind, importer, resolveDir, with: attributes, pluginData: resolving })
      const installed = found.errors.length === 0 && found.path.includes(`${sep}node_modules${sep}`)
      return installed ? outside(path, importer, found.path, found.sideEffects) : found
    })
  }
})
