/** A study's linked module, without the places at which this machine has Effect and the framework; and back. */
import { hash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import type { Installation } from "../engine/study.ts"
import type { PortableModule } from "./message.ts"

const EFFECT = "sediment:effect"
const FRAMEWORK = "sediment:framework"

type Replaced = (specifier: string) => string

interface Place {
  readonly start: number
  readonly end: number
  readonly specifier: string
}

/** Where a module says what it imports. */
const importsIn = async (text: string): Promise<ReadonlyArray<Place>> => {
  const { parse } = await import("acorn")
  const { body } = parse(text, { ecmaVersion: "latest", sourceType: "module" })
  return body.flatMap((statement): ReadonlyArray<Place> => {
    if (statement.type !== "ImportDeclaration" && statement.type !== "ExportNamedDeclaration" && statement.type !== "ExportAllDeclaration") return []
    const { source } = statement
    return source == null || typeof source.value !== "string" ? [] : [{ start: source.start, end: source.end, specifier: source.value }]
  })
}

const withImports = async (text: string, replaced: Replaced): Promise<string> => {
  let out = ""
  let from = 0
  for (const { end, specifier, start } of await importsIn(text)) {
    out += text.slice(from, start) + JSON.stringify(replaced(specifier))
    from = end
  }
  return out + text.slice(from)
}

/** Packages that a study imports from this machine are put into its module. */
const withPackages = async (path: string, own: ReadonlySet<string>): Promise<string> => {
  const { build } = await import("esbuild")
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    write: false,
    external: [...own],
    logLevel: "silent",
    // Packages in CommonJS ask for what Node has by this name, which a module does not have.
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
    plugins: [
      {
        name: "packages by address",
        setup: (esbuild) => {
          esbuild.onResolve({ filter: /^file:/ }, ({ path: address }) =>
            own.has(address) ? { path: address, external: true } : { path: fileURLToPath(address) }
          )
        }
      }
    ]
  })
  return outputFiles[0]!.text
}

/** The module of a bundle that was linked for this machine, as any machine can link it. Rejects where it has a package that no module can hold: native code, say. */
export const portableModule = async (bundle: string, { effect, framework }: Installation): Promise<{ readonly sha256: string; readonly text: string }> => {
  const path = fileURLToPath(bundle)
  const own = new Map([
    [effect.href, EFFECT],
    [framework.href, FRAMEWORK]
  ])
  const linked = readFileSync(path, "utf8")
  const hasPackages = (await importsIn(linked)).some(({ specifier }) => specifier.startsWith("file:") && !own.has(specifier))
  const whole = hasPackages ? await withPackages(path, new Set(own.keys())) : linked
  // The lines of a module with packages are not those that its map tells of.
  const map = hasPackages ? "{}" : readMap(path)
  const text = JSON.stringify({ text: await withImports(whole, (specifier) => own.get(specifier) ?? specifier), map } satisfies PortableModule)
  return { sha256: hash("sha256", text), text }
}

const readMap = (path: string): string => {
  try {
    return readFileSync(`${path}.map`, "utf8")
  } catch {
    return "{}"
  }
}

/** The module as this machine can import it. */
export const linkedHere = ({ text }: PortableModule, { effect, framework }: Installation): Effect.Effect<string> => {
  const own = new Map([
    [EFFECT, effect.href],
    [FRAMEWORK, framework.href]
  ])
  return Effect.promise(() => withImports(text, (specifier) => own.get(specifier) ?? specifier))
}
