/** The package.json and package-lock.json of a replication package: Sediment from the archive inside of it, everything else from the registry, each as it was installed. */
import { existsSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { Schema } from "effect"

interface Entry {
  readonly name?: string
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly license?: string
  readonly bin?: unknown
  readonly engines?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}
type Packages = Readonly<Record<string, Entry>>

/** A package that a package-lock.json installs. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly optional: boolean
}

/** The versions that a study ran with cannot be written down. */
class NotLocked extends Schema.TaggedError<NotLocked>()("NotLocked", { reasons: Schema.Array(Schema.String) }) {
  override get message(): string {
    return this.reasons.join("\n")
  }
}

/** The nearest package-lock.json at or above the folder of a package. */
const lockfileAbove = (folder: string): { readonly folder: string; readonly packages: Packages } | undefined => {
  for (let at = folder; ; at = join(at, "..")) {
    const path = join(at, "package-lock.json")
    if (existsSync(path)) return { folder: at, packages: (JSON.parse(readFileSync(path, "utf8")) as { packages?: Packages }).packages ?? {} }
    if (join(at, "..") === at) return undefined
  }
}

/** The place of a package as Node finds it from another one's place. */
const placeOf = (packages: Packages, name: string, from: string): string | undefined => {
  for (let place = from; ; place = place.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    const candidate = `${place === "" ? "" : `${place}/`}node_modules/${name}`
    if (candidate in packages) return candidate
    if (place === "") return undefined
  }
}

const SEDIMENT = "node_modules/@sediment/sediment"

export interface Manifest {
  readonly name: string
  readonly description: string
  /** SPDX identifier of the study's code, if it is stated. */
  readonly licence: string | undefined
  /** Sediment: its own package.json, and the archive that it is installed from. */
  readonly sediment: { readonly manifest: Entry; readonly file: string; readonly integrity: string }
  /** Packages that the study's own code imports. */
  readonly imports: ReadonlyArray<string>
}

/**
 * The two files as text, and the packages that they install. Throws NotLocked where no lockfile knows the versions.
 * @param framework the folder of Sediment's package, which the lockfile above knows, or whose own it is
 */
export const lock = (
  framework: string,
  { description, imports, licence, name, sediment }: Manifest
): { readonly manifest: string; readonly lockfile: string; readonly packages: ReadonlyArray<LockedPackage> } => {
  const found = lockfileAbove(framework)
  if (found === undefined)
    throw new NotLocked({
      reasons: [`there is no package-lock.json at or above ${framework}, so the versions of packages are not known: "npm install" writes one`]
    })
  const { packages } = found
  const place = relative(found.folder, framework).split(sep).join("/")
  const kept = new Map<string, Entry>()
  const missing: Array<string> = []
  const visit = (dependency: string, from: string, needed: boolean) => {
    const at = placeOf(packages, dependency, from)
    if (at === undefined) {
      if (needed) missing.push(`${dependency} is not in ${join(found.folder, "package-lock.json")}: "npm install ${dependency}" there writes it down`)
      return
    }
    if (kept.has(at)) return
    const { dev: _, link, resolved: __, ...entry } = packages[at]!
    if (link === true) {
      missing.push(`${dependency} is a link to a folder, which a package cannot install from the registry`)
      return
    }
    kept.set(at, entry)
    for (const next of Object.keys(entry.dependencies ?? {})) visit(next, at, true)
    for (const next of Object.keys({ ...entry.optionalDependencies, ...entry.peerDependencies })) visit(next, at, false)
  }
  const { bin, dependencies = {}, engines, license = "", optionalDependencies = {}, version = "" } = sediment.manifest
  for (const next of Object.keys(dependencies)) visit(next, place, true)
  for (const next of Object.keys(optionalDependencies)) visit(next, place, false)
  for (const next of imports) visit(next, "", true)
  if (missing.length > 0) throw new NotLocked({ reasons: missing })

  const versionOf = (one: string) => kept.get(placeOf(packages, one, "")!)!.version!
  const root = {
    name,
    version: "1.0.0",
    description,
    private: true,
    ...(licence === undefined ? {} : { license: licence }),
    type: "module",
    engines: { node: ">=20" },
    scripts: { start: "node replicate.mjs" },
    dependencies: { "@sediment/sediment": `file:${sediment.file}`, ...Object.fromEntries([...imports].sort().map((one) => [one, versionOf(one)])) }
  }
  const { description: _, private: __, scripts: ___, type: ____, ...locked } = root
  const entries: Record<string, Entry> = {
    "": locked,
    [SEDIMENT]: { version, resolved: `file:${sediment.file}`, integrity: sediment.integrity, license, dependencies, bin, engines, optionalDependencies }
  }
  // What lies below Sediment's own folder stays below it.
  for (const [at, entry] of [...kept].sort(([a], [b]) => (a < b ? -1 : 1)))
    entries[place !== "" && place !== SEDIMENT && at.startsWith(`${place}/`) ? `${SEDIMENT}${at.slice(place.length)}` : at] = entry
  return {
    manifest: `${JSON.stringify(root, null, 2)}\n`,
    lockfile: `${JSON.stringify({ name, version: root.version, lockfileVersion: 3, requires: true, packages: entries }, null, 2)}\n`,
    packages: [...kept].map(([at, entry]) => ({
      name: at.slice(at.lastIndexOf("node_modules/") + "node_modules/".length),
      version: entry.version ?? "",
      optional: (entry as { readonly optional?: boolean }).optional === true
    }))
  }
}
