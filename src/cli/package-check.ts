import { existsSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { Effect } from "effect"
import { parseDataFile } from "../dag/data-file.ts"
import { decode } from "../dag/decode.ts"
import { neededFor, planStudy, skippedNodes } from "../engine/plan.ts"
import type { Installation } from "../engine/study.ts"
import { checkPrint, checkSources, type Found } from "../replication/compare.ts"
import { EXPECTED_FILE, Expected } from "../replication/expected.ts"
import { nameOfOutput, render } from "../replication/facts.ts"
import { ObjectStore } from "../store/objects.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { known, openWorkspace, type SharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { checkLines, dataLines, skippedLines, verdictOf } from "./package-lines.ts"

interface Flags extends SharedFlags {
  readonly folder: string
  /** Its data files alone. */
  readonly data: boolean
}

/** What is expected of nodes that are not skipped here. */
const made = <T extends { readonly node: string }>(all: ReadonlyArray<T>, skipped: ReadonlyMap<string, unknown>): ReadonlyArray<T> =>
  all.filter(({ node }) => !skipped.has(node))

/** `sediment package --check FOLDER`: what a run of the package in a folder came to, against what it expects. */
export const checkPackage = (flags: Flags, installation: Installation) =>
  Effect.gen(function* () {
    const { folder } = flags
    const file = join(folder, EXPECTED_FILE)
    if (!existsSync(file))
      return yield* usage("package", `${folder} has no ${EXPECTED_FILE}, so it is no replication package: name the folder of one after --check`)
    const decoded = yield* Effect.try({
      try: () => decode(Expected, parseDataFile(file, readFileSync(file, "utf8"))),
      catch: (error) => usage("package", `${file}: ${(error as Error).message}`)
    })
    if (decoded.value === undefined)
      return yield* new CliFailure({
        exitCode: 2,
        errors: decoded.faults.map(({ message, path }) => ({ code: "package", message: `${file}, ${path}: ${message}` }))
      })
    const expected = decoded.value
    const sources = checkSources(folder, expected)
    const asExpected = sources.every(({ state }) => state === "same")
    if (flags.data) {
      if (flags.json) printDocument({ ok: asExpected, sources: sources.map(({ source, state }) => ({ file: source.file, state })) })
      else for (const line of dataLines(sources)) process.stderr.write(`${line}\n`)
      if (!asExpected) return yield* new CliFailure({ exitCode: 1, errors: [] })
      return
    }
    const workspace = yield* openWorkspace(
      {
        ...flags,
        study: [join(folder, expected.entry)],
        cache: flags.cache || process.env["SEDIMENT_CACHE"] || join(folder, "cache"),
        with: Object.entries(expected.with).map(([name, path]) => `${name}=${join(folder, path)}`),
        indicators: [],
        set: [],
        as: ""
      },
      installation
    )
    const study = workspace.studies[0]!
    const { artifacts, prints, skipped } = yield* Effect.gen(function* () {
      const objects = yield* ObjectStore
      const needed = neededFor(study, study.graph.targets)
      const plans = planStudy(study, needed, yield* known)
      const skipped = skippedNodes(needed, plans)
      const artifactOf = (node: string, output: string) => {
        const plan = plans.get(node)
        return plan?.state === "fresh" ? plan.trace.outputs[output]?.artifact : undefined
      }
      const prints = yield* Effect.forEach(made(expected.printed, skipped), (print) =>
        Effect.gen(function* () {
          const artifact = artifactOf(print.node, print.output)
          if (artifact === undefined) return checkPrint(folder, print, undefined)
          const bytes = yield* objects
            .get(artifact)
            .pipe(Effect.mapError((error) => (error._tag === "StoreFailure" ? refused(error) : usage("object", error.message))))
          const type = print.kind === "figure" ? "Figure" : "PrintedTable"
          const { text } = yield* render(type, bytes, nameOfOutput(print.node, print.output))
          return checkPrint(folder, print, { artifact, bytes, text } satisfies Found)
        })
      )
      return { artifacts: made(expected.artifacts, skipped).map((one) => ({ ...one, found: artifactOf(one.node, one.output) })), prints, skipped }
    }).pipe(Effect.provide(storeOf(workspace)))
    workspace.remember()
    const verdict = verdictOf(expected, sources, prints, artifacts)
    if (flags.json)
      printDocument({
        ok: verdict.ok,
        verdict: verdict.sentence,
        sources: sources.map(({ source, state }) => ({ file: source.file, state })),
        printed: prints.map(({ difference, print, state }) => ({
          node: print.node,
          output: print.output,
          kind: print.kind,
          title: print.title,
          state,
          difference: difference ?? null
        })),
        skipped: [...skipped.keys()],
        artifacts: artifacts.map(({ found, node, output, sha256 }) => ({ node, output, expected: sha256, found: found ?? null }))
      })
    else {
      const last = styleFor(process.stdout)(verdict.ok ? "green" : "red", verdict.sentence)
      for (const line of [...dataLines(sources), ...skippedLines(skipped), ...checkLines(prints, relative(process.cwd(), folder) || "."), last])
        process.stdout.write(`${line}\n`)
    }
    if (!verdict.ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
  })
