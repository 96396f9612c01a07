import { randomBytes } from "node:crypto"
import { Clock, Effect, Layer } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import { Executor } from "../engine/executor.ts"
import { type NodePlan, neededFor, planStudy } from "../engine/plan.ts"
import { acceptanceSentence, inBrief } from "../engine/sentences.ts"
import type { Installation, Study } from "../engine/study.ts"
import { draw } from "../engine/verify/draw.ts"
import { provedTrace } from "../engine/verify/proof.ts"
import { type ColumnDifference, cameOutTheSame, type Rerun, rerun } from "../engine/verify/rerun.ts"
import { count, duration } from "../engine/wording.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { findAllNodes, referenceTo } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { known, openWorkspace, type SharedFlags, storeOf } from "../workspace/workspace.ts"
import { countLine } from "./count-line.ts"
import { printDocument } from "./document.ts"

const SHARE = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/

/** The share among the arguments, 1 where there is none, and the others. */
const shareAndNodes = (given: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const match = SHARE.exec(given[0] ?? "")
    if (match === null) return { share: 1, references: given }
    const share = Number(match[1]) / (match[2] === "%" ? 100 : 1)
    if (!(share > 0 && share <= 1)) return yield* usage("share", `--rerun takes a share of the nodes from 0 to 1, or up to 100%, and this is ${given[0]}`)
    return { share, references: given.slice(1) }
  })

const isSkipped = (study: Study, node: GraphNode, plans: ReadonlyMap<string, NodePlan>): boolean => {
  const plan = plans.get(node.name)
  return plan?.state === "fresh" && plan.lacks?.missing !== undefined && study.machine.isOptional(node.stage)
}

const inWords = ({ before, column, differs, now, output, row }: ColumnDifference): string => {
  const name = `${output === "output" ? "" : `${output}, `}column ${column}`
  if (differs !== "values") return `${name}: ${differs === "unit or description" ? "another unit or description" : differs}`
  return `${name}: ${row === undefined ? "" : `first differs in row ${row + 1}: `}${before} before, ${now} now`
}

/** `sediment verify --rerun [SHARE] [NODE…]`. */
export const verifyRerun = (
  flags: SharedFlags & { readonly argument: ReadonlyArray<string>; readonly seed: string; readonly jobs: number },
  installation: Installation
) =>
  Effect.gen(function* () {
    const { references, share } = yield* shareAndNodes(flags.argument)
    const workspace = yield* openWorkspace(flags, installation)
    const asked = yield* findAllNodes(workspace.studies, references)
    const seed = flags.seed || randomBytes(4).toString("hex")
    const program = Effect.gen(function* () {
      const store = yield* known
      const planned = workspace.studies.map((study) => ({ study, plans: planStudy(study, study.graph.nodes, store) }))
      const stale = asked.flatMap(({ node, study }) => {
        const plan = planned.find((one) => one.study === study)!.plans.get(node.name)!
        return plan.state === "fresh"
          ? []
          : [
              {
                code: "not-fresh",
                message: `${node.name} is not up to date (${inBrief(plan.why)}), so there is nothing to compare with: ${toType("run", referenceTo(workspace.studies, study.graph.study, node.name))}`
              }
            ]
      })
      if (stale.length > 0) return yield* new CliFailure({ exitCode: 2, errors: stale })
      const tasks = planned.flatMap(({ plans, study }) => {
        const fresh = study.graph.nodes.filter(({ name }) => plans.get(name)?.state === "fresh")
        // An optional command is skipped here as it is in a run, unless it is asked for by name.
        const startable = fresh.filter((node) => !isSkipped(study, node, plans))
        const named = new Set(asked.flatMap((one) => (one.study === study ? [one.node.name] : [])))
        const from = references.length === 0 ? startable : fresh.filter(({ name }) => named.has(name))
        return draw(from, share, seed).map((node) => ({ study, node, plans }))
      })
      // What the study does not return, and nobody has run, a comparison for one, is not waited for.
      const notFresh = planned.reduce(
        (sum, { plans, study }) => sum + neededFor(study, study.graph.targets).filter(({ name }) => plans.get(name)?.state !== "fresh").length,
        0
      )
      const skipped = planned.reduce((sum, { plans, study }) => sum + study.graph.nodes.filter((node) => isSkipped(study, node, plans)).length, 0)
      const progress = countLine("nodes executed")
      let done = 0
      const reruns = yield* Effect.forEach(
        tasks,
        ({ node, plans, study }) =>
          rerun(study, node, plans).pipe(
            Effect.map((result): Rerun & { readonly study: string } => ({ ...result, study: study.graph.study })),
            Effect.tap(() => Effect.sync(() => progress.show(++done, tasks.length)))
          ),
        { concurrency: 2 * flags.jobs }
      ).pipe(Effect.ensuring(Effect.sync(progress.end)))
      const now = yield* Clock.currentTimeMillis
      const proved = reruns.flatMap((one) => provedTrace(one, { run: workspace.run, at: now }) ?? [])
      for (const trace of proved) store.traces.add(trace)
      // What was found is told whether or not it can be kept.
      const kept = yield* Effect.result(proved.length === 0 ? Effect.void : store.traces.commit)
      return { reruns, notFresh, skipped, unkept: kept._tag === "Failure" ? kept.failure.message : undefined }
    })
    const { notFresh, reruns, skipped, unkept } = yield* program.pipe(
      Effect.provide(Layer.mergeAll(storeOf(workspace), Executor.threads(flags.jobs, installation.worker)))
    )
    workspace.remember()
    if (unkept !== undefined) process.stderr.write(`that acceptances were proved is not kept: ${unkept}\n`)
    const bad = reruns.filter((one) => !cameOutTheSame(one))
    if (flags.json)
      printDocument({
        ok: bad.length === 0,
        seed,
        share,
        nodes: reruns.map((one) => ({
          study: one.study,
          node: one.node,
          stage: one.stage,
          same: cameOutTheSame(one),
          differences: one.differences,
          warnings: one.warnings,
          newReads: one.newReads,
          errors: one.faults,
          accepted: one.trace.accepted ?? [],
          ms: one.ms
        }))
      })
    else {
      const style = styleFor(process.stdout)
      const print = (text: string) => process.stdout.write(`${text}\n`)
      for (const one of bad) {
        const name = referenceTo(workspace.studies, one.study, one.node)
        if (one.differences.length + one.warnings.before.length + one.warnings.now.length > 0)
          print(`${style("red", "✗")} ${name}: stage ${one.stage} did not come out the same from the same code, parameters, inputs and seed`)
        else print(`${style("red", "✗")} ${name} (stage ${one.stage})`)
        for (const difference of one.differences) print(`    ${inWords(difference)}`)
        for (const { message } of one.warnings.before) print(`    it no longer warns: ${message}`)
        for (const { message } of one.warnings.now) print(`    it did not warn before: ${message}`)
        for (const read of one.newReads) print(`    it read what it had not read before: ${read}`)
        for (const { message } of one.faults) print(`    ${message}`)
        for (const acceptance of one.trace.accepted ?? []) print(`    it was ${acceptanceSentence(acceptance)}`)
      }
      for (const one of reruns)
        if (one.trace.accepted !== undefined && cameOutTheSame(one))
          print(
            `${style("green", "✓")} ${referenceTo(workspace.studies, one.study, one.node)}, ${acceptanceSentence(one.trace.accepted.at(-1)!)}: proved, today's code makes the same`
          )
      const total = reruns.reduce((sum, { ms }) => sum + ms, 0)
      const drawn = share < 1 ? `, drawn with --seed ${seed}` : ""
      print(
        `${count(reruns.length, "fresh node")} executed once more (${duration(total)} of work${drawn}): ${bad.length === 0 ? style("green", "all came out the same") : style("red", `${bad.length} did not come out the same`)}`
      )
      if (references.length === 0 && notFresh > 0) print(`${count(notFresh, "node")} not up to date, and so not looked at`)
      if (references.length === 0 && skipped > 0)
        print(`${count(skipped, "optional command")} of which the program is not here, and so not executed: ${toType("status")} tells which`)
    }
    if (bad.length > 0) return yield* new CliFailure({ exitCode: 1, errors: [] })
  })
