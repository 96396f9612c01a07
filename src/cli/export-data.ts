import { join } from "node:path"
import { Effect } from "effect"
import { readArrow } from "../artifact/read.ts"
import { dataFiles } from "../render/artifact/data-file.ts"
import { CliFailure } from "../workspace/failure.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { findArtifact } from "./artifact.ts"
import { countLine } from "./count-line.ts"
import { writeOutput } from "./output-file.ts"

/** An output of a node, and the base name of the files that it goes to. */
interface Reference {
  readonly reference: string
  readonly name: string
}
interface Exported {
  readonly written: ReadonlyArray<string>
  /** Names of artifacts that would be made anew. */
  readonly stale: ReadonlyArray<string>
  /** What became different by a format, or could not be written in one. */
  readonly told: ReadonlyArray<string>
}

/** Writes artifacts as the data that they are, a file each and format, one after another. Fails with all that are missing; those that are there are written. */
export const exportData = (
  workspace: Workspace,
  references: ReadonlyArray<Reference>,
  { folder, formats, run }: { readonly folder: string; readonly formats: ReadonlyArray<string>; readonly run: string }
) =>
  Effect.gen(function* () {
    const missing: Array<CliFailure["errors"][number]> = []
    const [written, stale, told]: [Array<string>, Array<string>, Array<string>] = [[], [], []]
    const progress = countLine("artifacts")
    for (const [i, { name, reference }] of references.entries()) {
      progress.show(i, references.length)
      const found = yield* Effect.result(findArtifact(workspace, reference, run))
      if (found._tag === "Failure") {
        missing.push(...found.failure.errors)
        continue
      }
      const { bytes } = found.success
      if (found.success.stale !== undefined) stale.push(name)
      const table = readArrow(bytes)
      for (const format of formats) {
        const file = join(folder, `${name}.${format}`)
        const made = yield* Effect.promise(async () => dataFiles(table, bytes, file))
        if (made === undefined || "why" in made) {
          told.push(`${file} is not written: ${made?.why ?? "there is no such format"}`)
          continue
        }
        for (const [path, content] of made.files) {
          yield* writeOutput(path, content)
          written.push(path)
        }
        told.push(...made.told.map((line) => `${file}: ${line}`))
      }
    }
    progress.end()
    if (missing.length > 0) return yield* new CliFailure({ exitCode: 1, errors: missing })
    return { written, stale, told } satisfies Exported
  })
