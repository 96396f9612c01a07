import { existsSync, readdirSync, statSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { fileName } from "../engine/file-name.ts"
import type { Installation } from "../engine/study.ts"
import { size } from "../engine/wording.ts"
import { quoted, toType } from "../workspace/command-to-type.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { findNode, referenceTo } from "../workspace/node-reference.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { failureDocument } from "./failure-document.ts"

/** A path as it is typed from here: relative where it lies below. */
const fromHere = (path: string): string => {
  const below = relative(process.cwd(), path) || "."
  return below.startsWith("..") ? path : below
}

/** `sediment debug NODE`: a node with all that it runs on, written to a folder that runs alone. */
export const debug = (installation: Installation) =>
  Command.make(
    "debug",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node")),
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FOLDER"),
        Flag.withDescription("the folder to write (default: debug/<study>/<node>)"),
        Flag.withDefault("")
      ),
      force: Flag.Boolean("force").pipe(
        Flag.withDescription("write to a folder that is not empty: what a capsule has is replaced, other files stay"),
        Flag.withDefault(false)
      )
    },
    Effect.fn(function* (flags) {
      const { gather } = yield* Effect.promise(() => import("../engine/capsule/gather.ts"))
      const { writeCapsule } = yield* Effect.promise(() => import("../engine/capsule/write.ts"))
      const workspace = yield* openWorkspace(flags, installation)
      const { node, study } = yield* findNode(workspace.studies, flags.node)
      const folder = resolve(flags.output === "" ? join("debug", fileName(study.graph.study), fileName(node.name)) : flags.output)
      const shown = fromHere(folder)
      const there = statSync(folder, { throwIfNoEntry: false })
      if (there !== undefined && !there.isDirectory()) return yield* usage("output", `${shown} is a file; name a folder with -o FOLDER`)
      if (existsSync(folder) && readdirSync(folder).length > 0 && !flags.force)
        return yield* usage("output", `${shown} is not empty; name another folder with -o FOLDER, or say --force to replace the capsule in it`)

      const { gathered, last } = yield* Effect.gen(function* () {
        const store = yield* known
        const gathered = yield* gather(study, node, store, (command, name) => toType(command, referenceTo(workspace.studies, study.graph.study, name))).pipe(
          Effect.mapError((error) =>
            error._tag === "StoreFailure" ? refused(error) : new CliFailure({ exitCode: error.damaged ? 1 : 2, errors: error.faults })
          )
        )
        return { gathered, last: store.history.lastOf(study.graph.study, node.name, "any") }
      }).pipe(Effect.provide(storeOf(workspace)))
      workspace.remember()
      const failure = gathered.state !== "fresh" && last?.state === "failed" ? last : undefined
      yield* writeCapsule(folder, study, gathered, failure, installation).pipe(
        Effect.mapError((error) =>
          error._tag === "BundleFailure" ? new CliFailure({ exitCode: 2, errors: error.faults }) : usage("output", error.message, { path: shown })
        )
      )
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      if (flags.json) {
        return printDocument({
          study: study.graph.study,
          node: node.name,
          stage: node.stage,
          state: gathered.state,
          folder: shown,
          seed: gathered.capsule.seed,
          inputs: gathered.capsule.inputs,
          failed: failure === undefined ? [] : [failureDocument({ ...failure, faults: failure.faults ?? [] })]
        })
      }
      const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
      // The node on the path may be an older one.
      const runs = (flag: string) => `  ${quoted(fromHere(process.execPath))} ${flag}${quoted(fromHere(join(folder, "run.mjs")))}`
      process.stdout.write(
        `${node.name} and all that it runs on are in ${shown} (${size(bytes)})\n${runs("")}                 runs it alone\n${runs("--inspect-brk ")}   waits for a debugger\nREADME.md there tells more, also what may be private in it.\n`
      )
    })
  ).pipe(Command.withDescription("write a node's inputs, parameters, seed and code to a folder that runs alone, so that a debugger attaches"))
