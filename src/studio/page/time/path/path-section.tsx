import type { RunDiff } from "../../../messages/time/run-diff.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { type Pair, pairQuery } from "../diff/pair.ts"
import { outputName } from "../words.ts"
import { PathDrawing } from "./path-drawing.tsx"

/** Estimates and nodes that may be chosen from. */
const ESTIMATES = 40
const NODES = 400

interface Target {
  readonly node: string
  readonly output?: string
  readonly of?: string
}

const targetIn = ({ node, of, output }: Readonly<Record<string, string>>): Target | undefined =>
  node === undefined ? undefined : { node, ...(output === undefined ? {} : { output }), ...(of === undefined ? {} : { of }) }

const labelOf = ({ node, of, output }: Target): string =>
  of === undefined ? node : `${of} in ${outputName(node, output === "coefficients" ? "output" : (output ?? "output"))}`

const PathTo = ({ pair, target }: { readonly pair: Pair; readonly target: Target }) => {
  const { answer, failure } = useAnswer("run-path", { ...pair, ...target }, ["store"])
  return (
    <>
      {answer === undefined || answer.leftOut === 0 ? null : <p class="soft">{answer.leftOut} nodes farther from it are left out.</p>}
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : <PathDrawing pair={pair} path={answer} target={target} />}
    </>
  )
}

interface Props {
  readonly pair: Pair
  readonly diff: RunDiff
  readonly query: Readonly<Record<string, string>>
}

/** The path from the edits over columns and nodes to a coefficient, or to any node. */
export const PathSection = ({ diff, pair, query }: Props) => {
  const { answer: found, failure } = useAnswer("run-diff-estimates", { ...pair, by: "importance", start: 0, count: ESTIMATES }, ["store"])
  const nodes = diff.nodes.filter(({ change }) => change !== "same" && change !== "removed")
  const first = found?.estimates[0]
  const asked = targetIn(query)
  const target =
    asked ??
    (found === undefined
      ? undefined
      : first === undefined
        ? nodes.at(-1) && { node: nodes.at(-1)!.node }
        : { node: first.node, output: first.output, of: first.of })
  if (nodes.length === 0) return null
  const targets: ReadonlyArray<Target> = [
    ...(found?.estimates.map(({ node, of, output }) => ({ node, output, of })) ?? []),
    ...nodes.slice(0, NODES).map(({ node }) => ({ node }))
  ]
  const keyOf = (one: Target) => JSON.stringify([one.node, one.output, one.of])
  const shown = target === undefined || targets.some((one) => keyOf(one) === keyOf(target)) ? targets : [target, ...targets]
  const choose = (key: string) => {
    const chosen = shown.find((one) => keyOf(one) === key)
    if (chosen !== undefined) goTo(addressOf(pair.study, "runs", [], { ...pairQuery(pair), ...chosen }))
  }
  return (
    <section class="time-path-section" aria-labelledby="time-path-title">
      <h2 id="time-path-title">From the edit to the result</h2>
      <p class="time-section-head">
        <label>
          Path to{" "}
          <select value={target === undefined ? "" : keyOf(target)} onChange={(event) => choose(event.currentTarget.value)}>
            {[
              { title: "estimates", own: shown.filter(({ of }) => of !== undefined) },
              { title: "nodes", own: shown.filter(({ of }) => of === undefined) }
            ].map(({ own, title }) =>
              own.length === 0 ? null : (
                <optgroup key={title} label={title}>
                  {own.map((one) => (
                    <option key={keyOf(one)} value={keyOf(one)}>
                      {labelOf(one)}
                    </option>
                  ))}
                </optgroup>
              )
            )}
          </select>
        </label>
      </p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {target === undefined ? null : <PathTo key={keyOf(target)} pair={pair} target={target} />}
    </section>
  )
}
