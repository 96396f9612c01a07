import type { GraphNode } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { LastFailure } from "../engine/last-failure.ts"
import { namesTogether } from "../engine/names-together.ts"
import { type NodePlan, warningsIn } from "../engine/plan.ts"
import { acceptanceSentence, failureSentence, inBrief } from "../engine/sentences.ts"
import type { Style } from "../workspace/style.ts"
import { warningsOf } from "./warnings.ts"

/** What is told of one node. */
export interface StatusRow {
  readonly study: string
  readonly node: GraphNode
  readonly plan: NodePlan
  /** What it is expected to take; undefined where that is not known. */
  readonly ms: number | undefined
  /** How it failed when it was last executed, if it is not fresh now. */
  readonly failed: ReadonlyArray<LastFailure>
}

export const whyOf = (plan: NodePlan) => (plan.state === "fresh" ? [] : plan.why)
export const acceptedOf = (plan: NodePlan) => (plan.state === "fresh" && plan.trace.accepted) || []

const COLOUR = { fresh: "green", stale: "yellow", unknown: "dim" } as const
const stateOf = (state: NodePlan["state"], style: Style): string => style(COLOUR[state], state.padEnd(7))
const namesOf = (rows: ReadonlyArray<{ readonly node: { readonly name: string } }>): ReadonlyArray<string> => rows.map(({ node }) => node.name)

/** A line a node, with its reasons. */
const eachLine = (rows: ReadonlyArray<StatusRow>, style: Style): ReadonlyArray<string> =>
  rows.map(({ node, plan }) => `${stateOf(plan.state, style)}  ${node.name}${plan.state === "fresh" ? "" : `  ${style("dim", inBrief(whyOf(plan)))}`}`)

/** Stale nodes of one reason in a line, and all unknown ones in one: why they are unknown is told by the stale ones. */
const groupedLines = (rows: ReadonlyArray<StatusRow>, style: Style): ReadonlyArray<string> => {
  const of = (state: NodePlan["state"]) => rows.filter(({ plan }) => plan.state === state)
  const stale = [...Map.groupBy(of("stale"), ({ plan }) => inBrief(whyOf(plan)))]
  const unknown = of("unknown")
  return [
    ...stale.map(([reason, own]) => `${stateOf("stale", style)}  ${namesTogether(namesOf(own), false)}  ${style("dim", reason)}`),
    ...(unknown.length === 0 ? [] : [`${stateOf("unknown", style)}  ${namesTogether(namesOf(unknown), false)}`])
  ]
}

/** Warnings: each message with the nodes that gave it; unless the whole is asked for, of several of one kind the first, and which nodes have others. */
export const warningLines = (
  warned: ReadonlyArray<{ readonly node: string; readonly warnings: ReadonlyArray<Fault> }>,
  whole: boolean,
  style: Style
): ReadonlyArray<string> => {
  const all = warned.flatMap(({ node, warnings }) => warnings.map((warning) => ({ name: node, warnings: [warning], code: warning.code })))
  const kinds = [...Map.groupBy(all, ({ code }) => code).values()].map((own) => [...warningsOf(own)])
  return kinds.flatMap((kind) => {
    const told = whole || kind.length <= 2 ? kind : kind.slice(0, 1)
    const others = kind.slice(told.length)
    const names = [...new Set(others.flatMap(([, nodes]) => nodes))]
    const more = others.length === 0 ? [] : [`         ${style("dim", `and ${others.length} like this, of ${namesTogether(names, false)}: --all`)}`]
    return [...told.map(([message, nodes]) => `${style("yellow", "warning")}  ${nodes.join(", ")}: ${message}`), ...more]
  })
}

/** What is told of a study's nodes: each by itself if the `whole` is asked for, fresh ones only with `all`. */
export const statusLines = (
  rows: ReadonlyArray<StatusRow>,
  { all, style, whole }: { readonly all: boolean; readonly whole: boolean; readonly style: Style }
): ReadonlyArray<string> => {
  const due = rows.filter(({ plan }) => all || plan.state !== "fresh")
  const failed = rows.flatMap((row) => row.failed)
  const byWord = Map.groupBy(
    rows.filter(({ plan }) => acceptedOf(plan).length > 0),
    ({ plan }) => acceptanceSentence(acceptedOf(plan).at(-1)!)
  )
  return [
    ...warningLines(
      rows.map(({ node, plan }) => ({ node: node.name, warnings: warningsIn(plan) })),
      whole,
      style
    ),
    ...[...byWord].map(([sentence, own]) => `${style("cyan", "accepted")} ${namesTogether(namesOf(own), whole)}: ${sentence}`),
    ...(whole ? eachLine(due, style) : groupedLines(due, style)),
    // One mistake may fail many nodes of a run: it is told once.
    ...[...Map.groupBy(failed, ({ faults, run }) => JSON.stringify([run, faults.map(({ message }) => message)])).values()].map((own) => {
      const names = namesTogether(
        own.map(({ node }) => node),
        whole
      )
      return `${style("red", "failed ")}  ${names} ${failureSentence(own[0]!)}`
    })
  ]
}
