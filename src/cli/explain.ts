import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import type { Link } from "../engine/chain.ts"
import { explainNode } from "../engine/explain.ts"
import { observed } from "../engine/observed.ts"
import { acceptanceSentence, failureSentence, sentence } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { duration, moment } from "../engine/wording.ts"
import { findNode } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { failureDocument } from "./failure-document.ts"

/** `sediment explain NODE`: why it would run, or why it last ran. */
export const explain = (installation: Installation) =>
  Command.make(
    "explain",
    { ...sharedFlags, node: Argument.String("node").pipe(Argument.withDescription("[study:]node")) },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const { study, node } = yield* findNode(workspace.studies, flags.node)
      const store = yield* known.pipe(Effect.provide(storeOf(workspace)))
      const explanation = explainNode(study, node, store)
      workspace.remember()
      if (flags.json)
        return printDocument({
          study: study.graph.study,
          node: node.name,
          stage: node.stage,
          ...explanation,
          failed: explanation.failed.map(failureDocument),
          lastRan: explanation.lastRan ?? null
        })
      const style = styleFor(process.stdout)
      const print = (text: string) => process.stdout.write(`${text}\n`)
      const printChain = (chain: ReadonlyArray<Link>) => {
        for (const { node: name, state, why } of chain) {
          for (const reason of why) print(`  ${style("bold", name)}: ${sentence(reason, Number.POSITIVE_INFINITY)}`)
          if (state === "fresh") print(`  ${style("bold", name)}: what it had been once before was found again`)
        }
      }
      const words = { fresh: "is up to date", stale: "would run", unknown: "may run: that is decided when its inputs have run" }
      const { lacking } = explanation
      const skipped = `would be skipped, since there is no program ${lacking.join(" and no program ")} here`
      print(`${style("bold", node.name)} (stage ${node.stage}) ${lacking.length > 0 ? skipped : words[explanation.state]}`)
      for (const { message } of explanation.cannotRun) print(`It cannot run: ${message}`)
      printChain(explanation.chain)
      for (const one of explanation.failed) print(`${one.node === node.name ? "It" : style("bold", one.node)} ${failureSentence(one)}`)
      if (explanation.lastRan !== undefined) {
        const { run, at, ms, from, chain } = explanation.lastRan
        print(
          `${explanation.state === "fresh" ? "What it is now was made" : "When it last came out well, that was made"} on ${moment(at)}, in ${duration(ms)} (run ${run})${from === undefined ? "" : `, on another machine: it came from the ${from}`}${chain.length === 0 ? "" : ", because:"}`
        )
        printChain(chain)
      }
      for (const one of explanation.accepted) print(`Its code has changed since: what it is was ${acceptanceSentence(one)}`)
      if (explanation.reads.length > 0) {
        print("What it read, and so what can make it run again (beside its code and its parameters):")
        for (const line of observed(explanation.reads)) print(`  ${line}`)
      }
    })
  ).pipe(Command.withDescription("tell in words why a node would run, or why it last ran: from the edit, over the columns, to the node"))
