import type { RunDiff } from "../../../messages/time/run-diff.ts"
import { addressOf } from "../../route.ts"
import { count } from "../../wording.ts"
import { EditMark } from "./edit-mark.tsx"
import { type Pair, pairQuery } from "./pair.ts"

interface Props {
  readonly pair: Pair
  readonly diff: RunDiff
  /** The only one of which nodes and estimates are shown. */
  readonly edit: number | undefined
}

const KINDS = {
  file: "file",
  code: "code",
  parameter: "parameter",
  seed: "seed",
  program: "program",
  environment: "environment",
  wiring: "wiring",
  new: "new",
  lost: "lost"
} as const

const heading = ({ edits, nodes }: RunDiff): string => {
  if (edits.length > 0) return count(edits.length, "edit")
  if (nodes.some(({ change }) => change === "reached") && nodes.every(({ change }) => change === "same" || change === "reached"))
    return "No edit: the earlier run had not come to all nodes"
  return nodes.every(({ change }) => change === "same") ? "No edit changed a result" : "No edit that is recorded explains it"
}

/** What the differences come from; each may be looked at alone. */
export const EditList = ({ diff, edit, pair }: Props) => (
  <section aria-labelledby="time-edits-title">
    <h2 id="time-edits-title">{heading(diff)}</h2>
    <ol class="time-edit-list">
      {diff.edits.map((one, i) => (
        <li key={one.text} class={edit === i ? "time-edit-alone" : undefined}>
          <EditMark edit={i} />
          <span class="time-kind">{KINDS[one.kind]}</span>
          <span class="time-edit-text">
            {one.text}
            {one.cells === undefined ? "" : `: ${one.cells}`}
          </span>
          <span class="soft">
            touches {one.touches}; {count(one.disturbs, "node")} {one.disturbs === 1 ? "rests" : "rest"} on it
          </span>
          {diff.edits.length < 2 ? null : edit === i ? (
            <a href={addressOf(pair.study, "runs", [], pairQuery(pair))}>all edits</a>
          ) : (
            <a href={addressOf(pair.study, "runs", [], { ...pairQuery(pair), edit: String(i) })} aria-label={`only this: edit ${i + 1}`}>
              only this
            </a>
          )}
        </li>
      ))}
    </ol>
  </section>
)
