import { createHash, hash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { FRAMEWORK_PACKAGE, nearestWith } from "./package-folder.ts"
import type { PackageVersion } from "./study-bundle.ts"

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly integrity?: string
  /** In a lockfile: the entry stands for the folder in `resolved`. */
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}
/** A package at its place: in a lockfile (a path below the lockfile's folder) or on disk (an absolute folder). */
interface Installed {
  readonly place: string
  readonly lockfile: Lockfile | undefined
  readonly manifest: Manifest
}
interface Lockfile {
  readonly folder: string
  readonly packages: Readonly<Record<string, Manifest>>
}

/** Effect and the framework count by `frameworkIdentity`. */
const EXCLUDED = new Set(["effect", FRAMEWORK_PACKAGE])

/** What a module can be, or can import. */
const LOADED = /\.(?:[cm]?js|json|node|wasm)$/

/** The name of the package that a specifier imports from. */
export const packageName = (specifier: string): string => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"))

/**
 * The versions that packages and all they depend on have in the nearest package-lock.json (version 2 or 3), found as Node finds them: in the nearest
 * node_modules above. Optional and peer dependencies count where they are there. Of what no lockfile knows, version and files are those in node_modules.
 */
export class InstalledPackages {
  readonly #reading: (path: string) => void
  readonly #lockfiles = new Map<string, Lockfile | undefined>()

  /** Each file is told to `reading` before versions are read from it. */
  constructor(reading: (path: string) => void) {
    this.#reading = reading
  }

  /** The packages that an import of `specifier` in `importer` rests on. */
  closure(specifier: string, importer: string): ReadonlyArray<PackageVersion> {
    const folder = dirname(importer)
    const lockfile = this.#lockfileAbove(folder)
    const seen = new Map<string, PackageVersion>()
    const visit = (name: string, from: string, lock: Lockfile | undefined) => {
      if (EXCLUDED.has(name)) return
      const found = (lock && inLockfile(lock, name, from)) ?? this.#onDisk(name, lock ? resolve(lock.folder, from) : from)
      if (found === undefined) return
      const { place, manifest } = found
      const key = `${found.lockfile?.folder ?? ""}:${place}`
      if (seen.has(key)) return
      seen.set(key, { name: manifest.name ?? name, version: manifest.version ?? "", integrity: manifest.integrity ?? manifest.resolved ?? "" })
      const { dependencies, optionalDependencies, peerDependencies } = manifest
      for (const next of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) visit(next, place, found.lockfile)
    }
    visit(packageName(specifier), lockfile ? posix(relative(lockfile.folder, folder)) : folder, lockfile)
    return [...seen.values()]
  }

  #lockfileAbove(from: string): Lockfile | undefined {
    const folder = nearestWith("package-lock.json", from)
    if (folder === undefined) return undefined
    if (!this.#lockfiles.has(folder)) {
      const path = join(folder, "package-lock.json")
      this.#reading(path)
      const { packages } = readJson(path) as { packages?: Lockfile["packages"] }
      this.#lockfiles.set(folder, packages && { folder, packages })
    }
    return this.#lockfiles.get(folder)
  }

  #onDisk(name: string, from: string): Installed | undefined {
    const above = nearestWith(join("node_modules", name, "package.json"), from)
    if (above === undefined) return undefined
    const place = realpathSync(join(above, "node_modules", name))
    const path = join(place, "package.json")
    if (!existsSync(path)) return undefined
    this.#reading(path)
    return { place, lockfile: undefined, manifest: { ...(readJson(path) as Manifest), integrity: this.#contentOf(place) } }
  }

  /** SHA-256 (hex) of a package's own files by name: where no lockfile vouches for them, whoever edits one there edits the study. */
  #contentOf(place: string): string {
    const content = createHash("sha256")
    const walk = (folder: string) => {
      const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
      for (const entry of entries) {
        const path = join(folder, entry.name)
        if (entry.isDirectory() && entry.name !== "node_modules") walk(path)
        if (!entry.isFile() || !LOADED.test(entry.name)) continue
        this.#reading(path)
        content.update(`${posix(relative(place, path))} ${hash("sha256", readFileSync(path))}\n`)
      }
    }
    walk(place)
    return content.digest("hex")
  }
}

const posix = (path: string): string => path.replaceAll("\\", "/")

const inLockfile = (lockfile: Lockfile, name: string, from: string): Installed | undefined => {
  for (let place = from; ; place = place.includes("/") ? place.slice(0, place.lastIndexOf("/")) : "") {
    const candidate = `${place === "" ? "" : `${place}/`}node_modules/${name}`
    const manifest = lockfile.packages[candidate]
    if (manifest?.link && manifest.resolved !== undefined) {
      const target = lockfile.packages[manifest.resolved]
      if (target) return { place: manifest.resolved, lockfile, manifest: target }
    } else if (manifest) return { place: candidate, lockfile, manifest }
    if (place === "") return undefined
  }
}

/** One list of several closures: each package version once, sorted. */
export const unitePackages = (closures: ReadonlyArray<ReadonlyArray<PackageVersion>>): ReadonlyArray<PackageVersion> => {
  const byText = new Map(closures.flat().map((it) => [`${it.name} ${it.version} ${it.integrity}`, it]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, it]) => it)
}
