import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect, Schema } from "effect"
import { CHECKSUMS_FILE, namesIn } from "./checksums.ts"

/** A package could not be written, or not without harm to what is there. */
export class PackageNotWritten extends Schema.TaggedError<PackageNotWritten>()("PackageNotWritten", { reason: Schema.String }) {
  override get message(): string {
    return this.reason
  }
}

export interface Places {
  readonly folder: string | undefined
  readonly zip: string | undefined
  /** The folder that an unpacked zip makes. */
  readonly name: string
  readonly force: boolean
}
export interface Written {
  readonly folder: string | undefined
  readonly zip: { readonly path: string; readonly bytes: number } | undefined
}

/** The files that an earlier package put into a folder; undefined where none is there. */
const earlier = (folder: string): ReadonlyArray<string> | undefined => {
  const list = join(folder, CHECKSUMS_FILE)
  return existsSync(list) ? namesIn(readFileSync(list, "utf8")) : undefined
}

/** Writes a package as a folder, as a zip, or both. A folder that is not empty is left alone unless `force` says otherwise. */
export const writePackage = (files: ReadonlyMap<string, Uint8Array>, { folder, force, name, zip }: Places): Effect.Effect<Written, PackageNotWritten> =>
  Effect.tryPromise({
    try: async () => {
      const refuse = (reason: string) => {
        throw new PackageNotWritten({ reason })
      }
      if (folder !== undefined) {
        const there = statSync(folder, { throwIfNoEntry: false })
        if (there !== undefined && !there.isDirectory()) refuse(`${folder} is a file; name a folder, or a file that ends in .zip, with -o`)
        const before = there === undefined ? undefined : earlier(folder)
        if (there !== undefined && readdirSync(folder).length > 0 && !force)
          refuse(
            before === undefined
              ? `${folder} is not empty, and no package is in it; name another folder with -o FOLDER`
              : `${folder} has an earlier package; name another folder with -o FOLDER, or say --force to replace it`
          )
        for (const path of before ?? []) if (!files.has(path)) rmSync(join(folder, path), { force: true })
        for (const [path, bytes] of files) {
          mkdirSync(dirname(join(folder, path)), { recursive: true })
          writeFileSync(join(folder, path), bytes)
        }
      }
      if (zip === undefined) return { folder, zip: undefined }
      const { zipped } = await import("./zip.ts")
      const bytes = zipped(new Map([...files].map(([path, content]) => [`${name}/${path}`, content])))
      mkdirSync(dirname(zip), { recursive: true })
      writeFileSync(zip, bytes)
      return { folder, zip: { path: zip, bytes: bytes.length } }
    },
    catch: (error) => (error instanceof PackageNotWritten ? error : new PackageNotWritten({ reason: `cannot write the package: ${(error as Error).message}` }))
  })
