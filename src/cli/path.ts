import { relative } from "node:path"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import type { Installation } from "../engine/study.ts"
import { openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { ageOf, findArtifact, runFlag } from "./artifact.ts"
import { printDocument } from "./document.ts"

/** `sediment path NODE`: where a node's artifact lies, checked against its hash. */
export const path = (installation: Installation) =>
  Command.make(
    "path",
    { ...sharedFlags, run: runFlag, node: Argument.String("node").pipe(Argument.withDescription("[study:]node[.output]")) },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const found = yield* findArtifact(workspace, flags.node, flags.run)
      const shown = relative(process.cwd(), found.path)
      if (found.stale !== undefined) process.stderr.write(`sediment: ${found.node} is not up to date: ${found.stale}; this is its artifact of before\n`)
      if (flags.json)
        return printDocument({
          study: found.study,
          node: found.node,
          output: found.output,
          artifact: found.artifact,
          path: shown,
          stale: found.stale !== undefined,
          ...found.past
        })
      if (found.past !== undefined) process.stderr.write(`${ageOf(found)}\n`)
      process.stdout.write(`${shown}\n`)
    })
  ).pipe(Command.withDescription("print the path of a node's Arrow artifact, verified"))
