/** Paths that decide, beside the files that go into a bundle, what its imports mean: were one to appear, change or vanish, an import might lead elsewhere. */
import { existsSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { packageName } from "./package-closure.ts"

const foldersUpFrom = (folder: string): ReadonlyArray<string> => {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersUpFrom(above)]
}

/** What tells a module's format, its side effects, and the versions of the packages that it imports. */
export const besideModule = (file: string): ReadonlyArray<string> =>
  foldersUpFrom(dirname(file)).flatMap((folder) => [join(folder, "package.json"), join(folder, "package-lock.json")])

// What esbuild tries where a relative import names no file as it stands.
const EXTENSIONS = [".tsx", ".ts", ".jsx", ".js", ".css", ".json"]

/** The places where an import by path may find its file: the one that is written, if it is a file, since that comes before all others. */
export const placesOfFile = (specifier: string, folder: string): ReadonlyArray<string> => {
  const written = resolve(folder, specifier)
  if (statSync(written, { throwIfNoEntry: false })?.isFile()) return [written]
  const asTypeScript = /\.[cm]?jsx?$/.test(written) ? [written.replace(/js(x?)$/, "ts$1"), written.replace(/jsx?$/, "tsx")] : []
  return [
    written,
    ...asTypeScript,
    ...EXTENSIONS.map((extension) => written + extension),
    join(written, "package.json"),
    ...EXTENSIONS.map((extension) => join(written, `index${extension}`))
  ]
}

/** The places where an import may find its package, from the nearest to the one where it is. */
export const placesOfPackage = (specifier: string, folder: string): ReadonlyArray<string> => {
  const places = foldersUpFrom(folder).map((above) => join(above, "node_modules", packageName(specifier), "package.json"))
  const found = places.findIndex((place) => existsSync(place))
  return found < 0 ? places : places.slice(0, found + 1)
}
