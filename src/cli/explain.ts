import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { readableInput } from "../dag/dag.ts"
import type { Link } from "../engine/chain.ts"
import { explainNode } from "../engine/explain.ts"
import { isOfMachine, variableIn } from "../engine/reads.ts"
import { acceptanceSentence, failureSentence, sentence } from "../engine/sentences.ts"
import type { Installation } from "../engine/study.ts"
import { duration, moment } from "../engine/wording.ts"
import { findNode } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { failureDocument } from "./failure-document.ts"

/** What a node observed, gathered by input: `panel: gov, year, number of rows`. */
const observed = (reads: ReadonlyArray<string>): ReadonlyArray<string> => {
  const inputs = new Map<string, Array<string>>()
  const all = new Set(reads)
  for (const read of reads) {
    // Whoever read a column knows that it is there.
    if (all.has(read.replace(/ has (.*)$/, " column $1")) && / has /.test(read)) continue
    if (isOfMachine(read)) {
      const variable = variableIn(read)
      inputs.set(variable === undefined ? "the version of its program" : `the environment variable ${variable}`, [""])
      continue
    }
    const space = read.indexOf(" ")
    const input = space === -1 ? read : readableInput(read.slice(0, space))
    const what = space === -1 ? "" : read.slice(space + 1)
    if (what === "notes") continue
    const word = what
      .replace(/^column /, "")
      .replace(/^metadata (.*)$/, "$1 (unit or description)")
      .replace(/^has (.*)$/, "whether there is $1")
      .replace(/^names$/, "which columns there are")
      .replace(/^rows$/, "how many rows")
      .replace(/^count$/, "how many tables")
      .replace(/^files$/, "which files there are")
      .replace(/^bytes$/, "the whole file")
      .replace(/^ending$/, "how its name ends")
    inputs.set(input, [...(inputs.get(input) ?? []), word])
  }
  return [...inputs].map(([input, words]) => (words.every((word) => word === "") ? input : `${input}: ${words.join(", ")}`))
}

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
      printChain(explanation.chain)
      for (const one of explanation.failed) print(`${one.node === node.name ? "It" : style("bold", one.node)} ${failureSentence(one)}`)
      if (explanation.lastRan !== undefined) {
        const { run, at, ms, chain } = explanation.lastRan
        print(
          `${explanation.state === "fresh" ? "What it is now was made" : "It last came out well"} on ${moment(at)}, in ${duration(ms)} (run ${run}), because:`
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
