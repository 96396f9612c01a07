import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { Effect, Schema } from "effect"
import { bundleStudy } from "../code/bundle.ts"
import { linkBundle } from "../code/link.ts"
import type { BundleFailure } from "../code/study-bundle.ts"
import { hashOfFile } from "../file-chunks.ts"
import type { LargeFile } from "../source-content.ts"
import type { Installation, Study } from "../study.ts"
import { CAPSULE } from "./capsule.ts"
import type { Gathered } from "./gather.ts"
import { readme, type Told } from "./readme.ts"
import { packagePlaces, writeRuntime } from "./runtime.ts"

const entry = (
  node: string,
  declaredIn: string
): string => `// Runs the node ${JSON.stringify(node)} alone: README.md tells how. Needs nothing but Node 22.19 or newer.
const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(\`this is Node \${process.versions.node}, and the capsule needs 22.19 or newer: nodejs.org has it\`)
  process.exit(2)
}
const { stages } = await import("./${CAPSULE.stages}")
const { runCapsule } = await import("./${CAPSULE.sediment}/capsule.mjs")
// A debugger stops here: set a breakpoint in ${declaredIn}, and go on.
debugger
process.exitCode = await runCapsule(import.meta.dirname, stages)
`

/** A capsule could not be written: the disk refuses, or a package of the study cannot be put into one file. */
export class CapsuleNotWritten extends Schema.TaggedError<CapsuleNotWritten>()("CapsuleNotWritten", { folder: Schema.String, reason: Schema.String }) {
  override get message(): string {
    return `cannot write the capsule to ${this.folder}: ${this.reason}`
  }
}

/** Writes a capsule to a folder, in the place of one that is there. Other files in it stay. */
export const writeCapsule = (
  folder: string,
  study: Study,
  gathered: Gathered,
  failure: Told["failure"],
  installation: Installation
): Effect.Effect<void, BundleFailure | CapsuleNotWritten> =>
  Effect.gen(function* () {
    const { capsule, files } = gathered
    const bundle = yield* bundleStudy(resolve(study.file), () => {})
    const notWritten = (cause: unknown) => new CapsuleNotWritten({ folder, reason: cause instanceof Error ? cause.message : String(cause) })
    if (bundle.stages.get(capsule.stage)?.fingerprint !== capsule.code) return yield* notWritten("the code was edited meanwhile; type it again")
    const packages = packagePlaces(bundle)
    const declaredIn = study.declarations(capsule.stage)[0]!.file
    const text = linkBundle(bundle, {
      effect: `./${CAPSULE.sediment}/effect.mjs`,
      framework: `./${CAPSULE.sediment}/framework.mjs`,
      packageAt: (file) => `./${packages.get(file)!}.mjs`
    })
    yield* Effect.tryPromise({
      try: async () => {
        if (existsSync(join(folder, CAPSULE.record)))
          for (const name of [CAPSULE.inputs, CAPSULE.command, CAPSULE.sediment, CAPSULE.packages]) rmSync(join(folder, name), { recursive: true, force: true })
        const write = (name: string, content: string | Uint8Array) => {
          mkdirSync(dirname(join(folder, name)), { recursive: true })
          writeFileSync(join(folder, name), content)
        }
        const copy = (name: string, { at, sha256 }: LargeFile) => {
          mkdirSync(dirname(join(folder, name)), { recursive: true })
          copyFileSync(at, join(folder, name))
          if (hashOfFile(join(folder, name)) !== sha256) throw new Error(`${at} changed while it was copied; type it again`)
        }
        for (const [name, content] of files)
          if ("bytes" in content) write(name, content.bytes)
          else copy(name, content.large)
        write(CAPSULE.stages, `${text}//# sourceMappingURL=${CAPSULE.stages}.map\n`)
        write(`${CAPSULE.stages}.map`, JSON.stringify(bundle.map))
        write(CAPSULE.record, `${JSON.stringify(capsule, null, 2)}\n`)
        write("README.md", readme(gathered, { declaredIn, failure, command: study.graph.commands[capsule.stage] }))
        write("run.mjs", entry(capsule.node, declaredIn))
        await writeRuntime(folder, packages, installation)
      },
      catch: notWritten
    })
  })
