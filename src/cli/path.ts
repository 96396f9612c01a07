import { relative } from "node:path"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import type { Installation } from "../engine/study.ts"
import { findArtifact } from "./artifact.ts"
import { printDocument } from "./document.ts"
import { findOutput } from "./node-reference.ts"
import { openWorkspace, sharedFlags, storeOf } from "./workspace.ts"

/** `sediment path NODE`: where a node's artifact lies, checked against its hash. */
export const path = (installation: Installation) =>
  Command.make(
    "path",
    { ...sharedFlags, node: Argument.String("node").pipe(Argument.withDescription("[study:]node[.output]")) },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const reference = yield* findOutput(workspace.studies, flags.node)
      const found = yield* findArtifact(reference).pipe(Effect.provide(storeOf(workspace)))
      workspace.remember()
      const shown = relative(process.cwd(), found.path)
      if (found.stale !== undefined)
        process.stderr.write(`sediment: ${reference.node.name} is not up to date: ${found.stale}; this is its artifact of before\n`)
      if (flags.json)
        printDocument({
          study: reference.study.graph.study,
          node: reference.node.name,
          output: reference.output,
          artifact: found.artifact,
          path: shown,
          stale: found.stale !== undefined
        })
      else process.stdout.write(`${shown}\n`)
    })
  ).pipe(Command.withDescription("print the path of a node's Arrow artifact, verified"))
