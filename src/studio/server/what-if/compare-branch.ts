import { createHash } from "node:crypto"
import { Effect } from "effect"
import { isIntercept } from "../../../artifact/estimates.ts"
import type { Estimate } from "../../../engine/diff/compare-estimates.ts"
import { diffStates, type NodeDiff, type Side } from "../../../engine/diff/diff-runs.ts"
import { neededFor } from "../../../engine/plan.ts"
import type { Study } from "../../../engine/study.ts"
import { RunHistory, type StudyState } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { refused } from "../../../workspace/failure.ts"
import { outcomeOf } from "../../../workspace/outcome.ts"
import type { Comparison, MovedEstimate } from "../../messages/what-if.ts"
import { prominenceIn } from "../time/printed-models.ts"
import { readTable } from "../today/read-table.ts"
import { movedRanks } from "./moved-ranks.ts"
import { stateToday } from "./state-today.ts"

/** So many estimates are told by themselves. */
const ESTIMATES = 300

/** The nodes in which a branch and its study are compared: those that either is for today. A history has others too, of what was run of it besides, as by `sediment compare`. */
export const comparedNodes = (...studies: readonly [base: Study, branch: Study]): ReadonlySet<string> =>
  new Set(studies.flatMap((one) => neededFor(one, one.graph.targets).map(({ name }) => name)))

/** What stands for a study: the newest run of it. */
export const newestSide = (name: string) =>
  Effect.gen(function* () {
    const run = (yield* RunHistory).runs().find(({ studies }) => studies.some(({ study }) => study === name))
    return run === undefined ? undefined : ({ run, study: name } satisfies Side)
  })

/** An estimate as it is told. */
export const sideOf = (of: Estimate | null): MovedEstimate["before"] =>
  of && { estimate: of.estimate, error: of.std_error, low: of.conf_low, high: of.conf_high, p: of.p_value, stars: of.stars }

const estimatesOf = ({ node, outputs }: NodeDiff): ReadonlyArray<MovedEstimate> =>
  outputs.flatMap(({ estimates, output }) =>
    (estimates ?? []).map((one): MovedEstimate => {
      const { term, ...rest } = one.of
      const about = Object.values(rest).filter((value) => value !== null && value !== "")
      return {
        node,
        output,
        term: String(term ?? ""),
        of: about.map(String).join(", "),
        before: sideOf(one.before),
        after: sideOf(one.after),
        signFlipped: one.signFlipped,
        starsGained: one.starsGained,
        moved: one.moved
      }
    })
  )

/** What tells most first: of what is printed, then of the rest: signs that flipped where they mean something, stars, then how far it moved. */
const weight = ({ after, before, moved, signFlipped, starsGained }: MovedEstimate): number => {
  if (before === null || after === null) return 0
  const flipped = signFlipped && before.stars + after.stars > 0 ? 2e6 : 0
  return flipped + (starsGained === null ? 0 : Math.abs(starsGained) * 1e5) + Math.min(Math.abs(moved ?? 0), 1e4)
}

/** The columns by which a study's indices rank, by their nodes: what the parameter `index` of the stages that make one names. A map's many (of imputed data, say) are left to the artifacts. */
const indicesOf = ({ graph }: Study): ReadonlyMap<string, string> =>
  new Map(
    graph.nodes.flatMap(({ name, params, stage }) => {
      const { index } = JSON.parse(params) as { readonly index?: unknown }
      return /index$/.test(stage) && !name.includes("[") && typeof index === "string" ? [[name, index] as const] : []
    })
  )

/** How the ranks by the study's indices moved. */
const ranksOf = (nodes: ReadonlyArray<NodeDiff>, indices: ReadonlyMap<string, string>) =>
  Effect.gen(function* () {
    const found = yield* Effect.forEach(
      nodes.filter(({ change, node }) => change === "changed" && indices.has(node)),
      ({ node, outputs }) =>
        Effect.forEach(outputs, ({ after, before }) =>
          Effect.gen(function* () {
            if (before === null || after === null) return []
            const [was, is] = [yield* Effect.option(readTable(before)), yield* Effect.option(readTable(after))]
            const moved = was._tag === "Some" && is._tag === "Some" ? movedRanks(node, indices.get(node)!, was.value, is.value) : undefined
            return moved === undefined ? [] : [moved]
          })
        )
    )
    return found.flat(2)
  })

/** `all`: so many nodes have a state on either side. */
const countsOf = (nodes: ReadonlyArray<NodeDiff>, estimates: ReadonlyArray<MovedEstimate>, all: number): Comparison["counts"] => {
  const failed = nodes.filter(({ change }) => change === "failed" || change === "blocked" || change === "skipped").length
  const changed = nodes.filter(({ change }) => change !== "same").length - failed
  return {
    same: all - changed - failed,
    changed,
    failed,
    estimates: estimates.length,
    flipped: estimates.filter((one) => one.signFlipped).length,
    lost: estimates.filter(({ starsGained }) => (starsGained ?? 0) < 0).length,
    gained: estimates.filter(({ starsGained }) => (starsGained ?? 0) > 0).length
  }
}

/** What two studies have is not compared twice; the last few are remembered. */
const compared = new Map<string, Pick<Comparison, "counts" | "nodes" | "estimates" | "ranks" | "printed">>()
const REMEMBERED = 8

/** All that a comparison rests on, as one text. */
const restsOn = (states: ReadonlyArray<StudyState>, compares: ReadonlySet<string>, prominence: (node: string) => number): string =>
  createHash("sha256")
    .update(JSON.stringify([...compares].map((node) => [node, prominence(node), ...states.map(({ nodes }) => nodes.get(node)?.making)])))
    .digest("hex")

/** How what two studies have differs. */
const differencesOf = (base: Study, branch: Study, states: readonly [before: StudyState, after: StudyState]) =>
  Effect.gen(function* () {
    const compares = comparedNodes(base, branch)
    const prominence = yield* prominenceIn(base.graph.study)
    const key = restsOn(states, compares, prominence)
    const known = compared.get(key)
    if (known !== undefined) return known
    const { nodes: found } = yield* diffStates(yield* RunHistory, yield* TraceIndex, states, []).pipe(Effect.mapError(refused))
    const nodes = found.filter(({ node }) => compares.has(node))
    const all = [...compares].filter((node) => states.some((one) => one.nodes.has(node))).length
    const types = new Map(branch.graph.nodes.map((node) => [node.name, Object.values(node.outputs)]))
    const differing = nodes.filter(({ change }) => change !== "same")
    const rank = ({ node, term }: MovedEstimate) => (isIntercept(term) ? -1 : prominence(node))
    const estimates = nodes.flatMap(estimatesOf).sort((a, b) => rank(b) - rank(a) || weight(b) - weight(a))
    const differences = {
      counts: countsOf(nodes, estimates, all),
      nodes: differing.map(({ change, faults, node, outputs, stage }) => ({
        node,
        stage,
        change,
        columns: [...new Set(outputs.flatMap(({ columns }) => (columns === null ? [] : [...columns.changed, ...columns.added, ...columns.removed])))],
        faults: faults.map(({ message }) => message)
      })),
      estimates: estimates.slice(0, ESTIMATES),
      ranks: yield* ranksOf(nodes, indicesOf(branch)),
      printed: differing.flatMap(({ node }): Comparison["printed"] => {
        const of = types.get(node) ?? []
        return of.includes("PrintedTable") ? [{ node, kind: "table" }] : of.includes("Figure") ? [{ node, kind: "figure" }] : []
      })
    }
    compared.set(key, differences)
    for (const old of [...compared.keys()].slice(0, -REMEMBERED)) compared.delete(old)
    return differences
  })

/** A branch beside the study that it is of, both as they are today; what is due on either side is as its newest run left it, and counted. */
export const compareBranch = (base: Study, branch: Study) =>
  Effect.gen(function* () {
    const [before, after] = [yield* newestSide(base.graph.study), yield* newestSide(branch.graph.study)]
    if (before === undefined) return { lacks: "run-of-study" as const, comparison: null }
    if (after === undefined) return { lacks: "run-of-branch" as const, comparison: null }
    if (outcomeOf(after.run) === "running") return { lacks: "end-of-run" as const, comparison: null }
    const [was, is] = [yield* stateToday(base, before.run), yield* stateToday(branch, after.run)]
    const comparison: Comparison = {
      base: { study: base.graph.study, run: before.run.run, at: before.run.at, due: was.due },
      branch: { study: branch.graph.study, run: after.run.run, at: after.run.at, due: is.due },
      ...(yield* differencesOf(base, branch, [was.state, is.state]))
    }
    return { lacks: null, comparison }
  })
