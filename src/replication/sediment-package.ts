/** Sediment's own package, as a study outside its repository installs it. */
import { hash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { tarball } from "./tar.ts"

/** What npm puts into every package. */
const ALWAYS = ["package.json", "README.md", "LICENSE"]

const filesBelow = (folder: string, name: string): ReadonlyArray<string> =>
  statSync(join(folder, name)).isDirectory()
    ? readdirSync(join(folder, name))
        .sort()
        .flatMap((entry) => filesBelow(folder, `${name}/${entry}`))
    : [name]

export interface PackedSediment {
  readonly manifest: { readonly name: string; readonly version: string; readonly license: string; readonly dependencies: Readonly<Record<string, string>> }
  readonly file: string
  readonly bytes: Uint8Array
  /** Subresource integrity, as a lockfile has it. */
  readonly integrity: string
}

/** The files that its package.json names, with dist/ as it is built: what `npm pack` would give, except that its bytes are the same every time. */
export const packSediment = (folder: string): PackedSediment => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackedSediment["manifest"] & { readonly files: ReadonlyArray<string> }
  const names = [...ALWAYS.filter((name) => existsSync(join(folder, name))), ...manifest.files.flatMap((name) => filesBelow(folder, name))].filter(
    (name) => !name.split("/").some((part) => part.startsWith("."))
  )
  const files = new Map(names.map((name) => [`package/${name}`, readFileSync(join(folder, name))]))
  const bytes = tarball(files, (path) => path.startsWith("package/bin/"))
  const base = manifest.name.replace(/^@/, "").replace("/", "-")
  return { manifest, file: `${base}-${manifest.version}.tgz`, bytes, integrity: `sha512-${hash("sha512", bytes, "base64")}` }
}
