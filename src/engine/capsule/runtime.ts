/** The part of Sediment, and of installed packages, that a capsule runs on. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import type { StudyBundle } from "../code/study-bundle.ts"
import type { Installation } from "../study.ts"
import { CAPSULE } from "./capsule.ts"

/** Where each package that the bundle imports stands in a capsule, by the file that it resolves to. */
export const packagePlaces = ({ imports }: Pick<StudyBundle, "imports">): ReadonlyMap<string, string> => {
  const files = [...new Set(imports.flatMap(({ file }) => (file === undefined ? [] : [file])))]
  return new Map(files.map((file, i) => [file, `${CAPSULE.packages}/${i}-${basename(file).replace(/\.[cm]?js$/, "")}`]))
}

/** A module that exports by name what a package does, as Node sees it: a bundler cannot tell the names that a CommonJS module exports. */
const facade = async (file: string): Promise<string> => {
  const names = Object.keys(await import(pathToFileURL(file).href)).filter((name) => /^[\w$]+$/.test(name))
  return `export { ${names.join(", ")} } from ${JSON.stringify(file)}\n`
}

/** Writes `sediment/` and `packages/` below `folder`, which need nothing but Node. */
export const writeRuntime = async (folder: string, packages: ReadonlyMap<string, string>, installation: Installation): Promise<void> => {
  const { build } = await import("esbuild")
  const facades = mkdtempSync(join(tmpdir(), "sediment-capsule-"))
  try {
    const entryPoints: Record<string, string> = {
      [`${CAPSULE.sediment}/capsule`]: fileURLToPath(new URL("capsule.mjs", installation.cli)),
      [`${CAPSULE.sediment}/effect`]: fileURLToPath(installation.effect),
      [`${CAPSULE.sediment}/framework`]: fileURLToPath(installation.framework)
    }
    for (const [file, place] of packages) {
      const entry = join(facades, `${basename(place)}.mjs`)
      writeFileSync(entry, await facade(file))
      entryPoints[place] = entry
    }
    await build({
      entryPoints,
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      chunkNames: `${CAPSULE.sediment}/chunks/[name]-[hash]`,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node22",
      charset: "utf8",
      // Comments would tell where things lie on this machine.
      minifyWhitespace: true,
      logLevel: "silent",
      // For packages in CommonJS. By another name than in dist/, whose files have the like.
      banner: { js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);' }
    })
  } finally {
    rmSync(facades, { recursive: true, force: true })
  }
}
