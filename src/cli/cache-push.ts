import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { neededFor, planStudy } from "../engine/plan.ts"
import type { Installation } from "../engine/study.ts"
import { count } from "../engine/wording.ts"
import { SharedStore } from "../store/shared/shared-store.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { findAllNodes } from "../workspace/node-reference.ts"
import { remoteFlags, remoteLayer, remoteOf } from "../workspace/remote.ts"
import { filesOf, indexes, known, openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"

/** It is done when all is there, or the store gives up: however long that takes. */
const PATIENT_MS = 7 * 24 * 60 * 60 * 1000

/** `sediment cache push [NODE…]`: sends what is up to date in the cache to the shared store. */
export const cachePush = (installation: Installation) =>
  Command.make(
    "push",
    {
      ...sharedFlags,
      remote: remoteFlags.remote,
      node: Argument.String("node").pipe(
        Argument.withDescription("[study:]node, with all that it rests on; all that the study returns where none is given"),
        Argument.variadic()
      )
    },
    Effect.fn(function* (flags) {
      const remote = yield* remoteOf({ remote: flags.remote, remoteWrite: false })
      if (remote === undefined) return yield* usage("remote", "push sends to a shared store: name it with --remote URL, such as http://cache.example.org:8080")
      const workspace = yield* openWorkspace(flags, installation)
      const asked = yield* findAllNodes(workspace.studies, flags.node)
      const messages: Array<string> = []
      const tell = (message: string) => {
        messages.push(message)
        if (!flags.json) process.stderr.write(`! ${message}\n`)
      }
      const program = Effect.gen(function* () {
        const store = yield* known
        const shared = yield* SharedStore
        let notFresh = 0
        for (const study of workspace.studies) {
          const targets = flags.node.length === 0 ? study.graph.targets : asked.flatMap((one) => (one.study === study ? [one.node.name] : []))
          for (const plan of planStudy(study, neededFor(study, targets), store).values())
            if (plan.state === "fresh") shared.keep(plan.trace)
            else notFresh++
        }
        workspace.remember()
        const { kept, left } = yield* shared.flush
        if (flags.json) printDocument({ ok: left === 0, address: shared.address, kept, left, notFresh, messages })
        else {
          const others =
            notFresh === 0 ? "" : `; ${count(notFresh, "node is", "nodes are")} not up to date, and not sent: ${toType("run", ...flags.node)} first`
          process.stderr.write(`kept in the shared store ${shared.address}: ${count(kept, "result")}${left === 0 ? "" : `, ${left} not`}${others}\n`)
        }
        if (left > 0) return yield* new CliFailure({ exitCode: 1, errors: [] })
      })
      yield* program.pipe(
        Effect.provide(indexes),
        Effect.provide(remoteLayer({ ...remote, write: true }, tell, { flushMs: PATIENT_MS })),
        Effect.provide(filesOf(workspace))
      )
    })
  ).pipe(Command.withDescription("send what is up to date in the cache to the shared store: what was made without it, or while it was out of reach"))
