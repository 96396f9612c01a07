import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect, Schema } from "effect"
import { makeFolder } from "../store/folder.ts"
import { replaceFile } from "../store/replace-file.ts"
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

/** A folder of these files where there is none: all of them or none. */
const writeFolder = (folder: string, files: ReadonlyMap<string, Uint8Array>): void => {
  const temporary = `${folder}.${randomBytes(6).toString("hex")}.tmp`
  makeFolder(dirname(folder))
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(temporary, path)), { recursive: true })
      writeFileSync(join(temporary, path), bytes)
    }
    renameSync(temporary, folder)
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true })
    throw cause
  }
}

/** These files into a folder that is there, in the place of an earlier package's; the list of checksums last, so that what was broken off does not pass for whole. */
const replaceFolder = (folder: string, files: ReadonlyMap<string, Uint8Array>, before: ReadonlyArray<string>): void => {
  for (const [path, bytes] of files) if (path !== CHECKSUMS_FILE) replaceFile(join(folder, path), bytes)
  for (const path of before) if (!files.has(path)) rmSync(join(folder, path), { force: true })
  replaceFile(join(folder, CHECKSUMS_FILE), files.get(CHECKSUMS_FILE)!)
}

/** Writes a package as a folder, as a zip, or both. A folder that is not empty is left alone unless `force` says otherwise. */
export const writePackage = (files: ReadonlyMap<string, Uint8Array>, { folder, force, name, zip }: Places): Effect.Effect<Written, PackageNotWritten> =>
  Effect.tryPromise({
    try: async () => {
      const refuse = (reason: string) => {
        throw new PackageNotWritten({ reason })
      }
      const archive =
        zip === undefined ? undefined : (await import("./zip.ts")).zipped(new Map([...files].map(([path, content]) => [`${name}/${path}`, content])))
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
        if (there === undefined) writeFolder(folder, files)
        else replaceFolder(folder, files, before ?? [])
      }
      if (zip === undefined || archive === undefined) return { folder, zip: undefined }
      replaceFile(zip, archive)
      return { folder, zip: { path: zip, bytes: archive.length } }
    },
    catch: (error) => (error instanceof PackageNotWritten ? error : new PackageNotWritten({ reason: `cannot write the package: ${(error as Error).message}` }))
  })
